import {createRequire} from 'node:module';

// The same file from lib and from dist; what it holds is ours.
const packageJson = createRequire(import.meta.url)('../package.json') as {version: string};

/** Of this package. */
export const version = packageJson.version;
