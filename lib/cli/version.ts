import {createRequire} from 'node:module';

// The same file from lib/cli and from dist/cli; what it holds is ours.
const packageJson = createRequire(import.meta.url)('../../package.json') as {version: string};

export const version = packageJson.version;
