import {readdirSync} from 'node:fs';
import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {hasTerminal, runInTerminal} from '../helpers/cli.js';
import {goOnIf} from '../helpers/shared.js';
import {temporaryFolder} from '../helpers/transcoding.js';

const reason = 'util-linux’s script is not here to make a terminal';

/** What stood on the lines of the terminal one after the other: each time the line was cleared counts. */
function pictures(shown: Buffer): string[] {
	return shown
		.toString()
		.split(/\r?\n|\r\x1b\[K/)
		.map(line => stripVTControlCharacters(line).trimEnd())
		.filter(line => line !== '');
}

test.serial('audio is not thrown at a terminal', async t => {
	if (!goOnIf(t, hasTerminal, reason)) return;
	const {code, stdout} = await runInTerminal(t, ['say', 'Hello.']);
	t.is(code, 2);
	t.regex(
		stdout.toString(),
		/^speechpipe: The audio would go to the terminal: name a file \(-o hello\.mp3\)[^\n]*\n$/,
	);
});

test.serial('the live line shows words, seconds, first chunk and real-time factor', async t => {
	if (!goOnIf(t, hasTerminal, reason)) return;
	const cwd = await temporaryFolder(t);
	const text = 'One two three, as it comes. '.repeat(8);
	const {code, stdout} = await runInTerminal(t, ['say', text, '-o', 'a.wav'], {cwd});
	t.is(code, 0);
	const shown = pictures(stdout);
	t.true(shown.length > 1);
	t.regex(shown[0] ?? '', /^\d+\.\d s · first chunk \d+ ms · real-time factor [\d.]+ {2}.*One/);
	t.regex(shown.at(-1) ?? '', /^1\d\.\d s · first chunk \d+ ms · real-time factor [\d.]+ {2}.*as it comes$/);
	for (const line of shown) t.true(line.length < 80, line);
	t.true(stdout.toString().endsWith('\n'));
});

test.serial('typed text gets a hint, and the facts at the end', async t => {
	if (!goOnIf(t, hasTerminal, reason)) return;
	const cwd = await temporaryFolder(t);
	const {code, stdout} = await runInTerminal(t, ['say', '-o', 'a.wav'], {cwd, input: 'Hello there.\n'});
	t.is(code, 0);
	const [first = '', ...rest] = pictures(stdout).filter(line => line !== 'Hello there.');
	t.regex(first, /Ctrl\+D ends it/);
	t.is(rest.length, 1);
	t.regex(rest[0] ?? '', /^\d\.\d s .*Hello there$/);
});

test.serial('an error takes the line’s place', async t => {
	if (!goOnIf(t, hasTerminal, reason)) return;
	const cwd = await temporaryFolder(t);
	const {code, stdout} = await runInTerminal(t, ['say', 'Hello there.', '-o', '/dev/full'], {cwd});
	t.is(code, 1);
	t.regex(pictures(stdout).at(-1) ?? '', /^speechpipe: \/dev\/full could not be written/);
});

test.serial('a terminal is told what was not spoken', async t => {
	if (!goOnIf(t, hasTerminal, reason)) return;
	const cwd = await temporaryFolder(t);
	const {code, stdout} = await runInTerminal(t, ['say', 'Hello. Привет. Hello.', '-o', 'a.wav'], {cwd});
	t.is(code, 0);
	t.regex(
		pictures(stdout).at(-1) ?? '',
		/^1 piece of the text could not be spoken, first at character \d: .*Cyrillic/,
	);
	t.deepEqual(readdirSync(cwd), ['a.wav']);
});
