import {readFileSync} from 'node:fs';

const {ava} = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
const {extensions: _, nodeArguments: __, ...settings} = ava;

/** The tests compiled beside their sources, by test/helpers/compiled.sh: nothing has to be transformed while they run. */
export default {...settings, files: ['test/**/*.test.js']};
