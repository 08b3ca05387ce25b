import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';

const script = fileURLToPath(new URL('./idle.js', import.meta.url));

const exits = test.macro(async (t, engine: string) => {
	// The same flags as the tests themselves: tsx, here and in workers.
	const {stdout} = await promisify(execFile)(process.execPath, [...process.execArgv, script, engine], {
		timeout: 60_000,
	});
	t.is(stdout, 'spoke');
});

test('a process with idle workers of heart ends by itself', exits, 'heart');
test('a process with idle workers of eSpeak ends by itself', exits, 'espeak');
