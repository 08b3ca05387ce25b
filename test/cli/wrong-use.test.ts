import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {type CliOptions, runCli, runShell} from '../helpers/cli.js';
import {temporaryFolder} from '../helpers/transcoding.js';

const rejected = test.macro({
	title: (what = '') => `exit 2 and no file: ${what}`,
	async exec(t, args: readonly string[], says: RegExp, options: CliOptions = {}) {
		const cwd = await temporaryFolder(t);
		writeFileSync(join(cwd, 'text.srt'), 'Text.');
		writeFileSync(join(cwd, 'blank.txt'), '\uFEFF \n\t\u00a0\u3000\r\n');
		const {code, stdout, stderr} = await runCli(t, args, {...options, cwd});
		t.is(code, 2, stderr);
		t.regex(stderr, /^speechpipe: [^\n]+\n$/);
		t.regex(stderr, says);
		t.is(stdout.length, 0);
		t.deepEqual(readdirSync(cwd).sort(), ['blank.txt', 'text.srt']);
	},
});

const noText = /no text to say/;
const files = ['-o', 'a.wav', '--captions', 'a.srt'];
test.serial('no text on stdin', rejected, ['say', ...files], noText);
test.serial('no text, for stdout', rejected, ['say'], noText);
test.serial('blank text in the arguments', rejected, ['say', '', ' ', ...files], noText);
test.serial('blank text on stdin', rejected, ['say', '-o', 'a.mp3'], noText, {input: '\n \n'});
test.serial('a blank file', rejected, ['say', '-f', 'blank.txt', ...files], noText);
test.serial(
	'text twice',
	rejected,
	['say', 'Text.', '-f', 'text.srt', ...files],
	/arguments or with -f, not both/,
);

test.serial(
	'an unknown voice',
	rejected,
	['say', 'Hi.', ...files, '--voice', 'hart'],
	/nearest: heart, .*VOICE_UNKNOWN/,
);
test.serial(
	'an unknown language',
	rejected,
	['say', 'Hi.', ...files, '--language', 'xx'],
	/"xx".*VOICE_UNKNOWN/,
);
test.serial(
	'a rate too low',
	rejected,
	['say', 'Hi.', ...files, '--rate', '7999'],
	/--rate is 7999.*8000 to 48000/,
);
test.serial(
	'a rate that is no integer',
	rejected,
	['say', 'Hi.', ...files, '--rate', '8000.5'],
	/--rate is 8000\.5/,
);
test.serial(
	'a rate that is no number',
	rejected,
	['say', 'Hi.', ...files, '--rate=fast'],
	/--rate takes a number, not "fast"/,
);
test.serial(
	'a speed out of the voice’s range',
	rejected,
	['say', 'Hi.', ...files, '--speed', '9'],
	/--speed of the voice heart must be from 0\.5 to 2, not 9/,
);
test.serial('a speed of nothing', rejected, ['say', 'Hi.', ...files, '--speed', '0'], /--speed is 0/);
test.serial(
	'an unknown format',
	rejected,
	['say', 'Hi.', ...files, '--format', 'mp4'],
	/no format "mp4".*wav, mp3/,
);
test.serial(
	'an extension that is no format',
	rejected,
	['say', 'Hi.', '-o', 'a.mp4'],
	/a\.mp4 ends in \.mp4.*--format/,
);
test.serial(
	'a captions file that is none, before any text is read',
	rejected,
	['say', '-o', 'a.wav', '--captions', 'a.txt'],
	/a\.txt must end in one of \.srt/,
	{input: 'open'},
);
test.serial(
	'audio and captions in one file',
	rejected,
	['say', 'Hi.', '-o', 'a.srt', '--format', 'wav', '--captions', './a.srt'],
	/-o and --captions name the same file/,
);
test.serial(
	'captions over the text',
	rejected,
	['say', '-f', 'text.srt', '--captions', 'text.srt'],
	/-f and --captions name the same file/,
);

test.serial(
	'an unknown option',
	rejected,
	['say', 'Hi.', ...files, '--colour', 'blue'],
	/unknown option '--colour'.*speechpipe say --help/,
);
test.serial(
	'an option without its value',
	rejected,
	['say', 'Hi.', '-o'],
	/'-o, --output <file>' argument missing/,
);
test.serial('an unknown command', rejected, ['sya', 'Hi.'], /unknown command 'sya' \(Did you mean say\?\)/);

test.serial('no command at all shows the help, on stderr', async t => {
	const {code, stdout, stderr} = await runCli(t, []);
	t.deepEqual([code, stdout.length], [2, 0]);
	t.regex(stderr, /Usage: speechpipe/);
});

test.serial('help and version are no errors', async t => {
	const help = await runCli(t, ['say', '--help']);
	t.deepEqual([help.code, help.stderr], [0, '']);
	for (const option of [
		'--file',
		'--output',
		'--voice',
		'--language',
		'--rate, --sample-rate',
		'--speed',
		'--pitch',
		'--format',
		'--captions',
		'--json',
	])
		t.true(help.stdout.includes(option), option);
	const version = await runCli(t, ['--version']);
	t.deepEqual([version.code, version.stderr], [0, '']);
	t.regex(version.stdout.toString(), /^\d+\.\d+\.\d+\n$/);
});

test.serial(
	'no such command of voices',
	rejected,
	['voices', 'ad', 'emma'],
	/There is no speechpipe voices ad: it is add, remove, path, verify/,
);

test.serial(
	'every help fits 80 columns, shows lines to type, and names options that the docs tell',
	async t => {
		const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
		const commands = [
			'say',
			'phonemes',
			'book',
			'cache',
			'voices',
			'voices add',
			'voices remove',
			'voices path',
		];
		for (const command of [...commands, 'voices verify', 'serve', 'worker', '']) {
			const {stdout} = await runCli(t, [...command.split(' ').filter(Boolean), '--help']);
			const [, examples] = stdout.toString().split('Examples:');
			t.regex(examples ?? '', /^ {2}\$ speechpipe /m, command);
			for (const [, option = ''] of stdout.toString().matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm))
				if (!['--help', '--version'].includes(option))
					t.true(page.includes(`\`${option}`) || page.includes(`, ${option} `), option);
			for (const line of stdout.toString().split('\n')) t.true(line.length <= 80, `${command}: ${line}`);
		}
	},
);

test.serial('stdin closed at once is no text', async t => {
	const cwd = await temporaryFolder(t);
	mkdirSync(join(cwd, 'out'));
	const {code, stderr} = await runShell(t, 'speechpipe say -o out/a.wav <&-', {cwd});
	t.is(code, 2);
	t.regex(stderr, noText);
	t.deepEqual(readdirSync(join(cwd, 'out')), []);
});
