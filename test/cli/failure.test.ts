import {execFileSync} from 'node:child_process';
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {type CliOptions, childrenOf, runCli, runShell, startCli} from '../helpers/cli.js';
import {goOnIf} from '../helpers/shared.js';
import {temporaryFolder} from '../helpers/transcoding.js';

const both = ['-o', 'a.wav', '--captions', 'a.srt'];

const fails = test.macro({
	title: (what = '') => `exit 1 and no file: ${what}`,
	async exec(t, args: readonly string[], says: RegExp, options: CliOptions = {}) {
		const cwd = await temporaryFolder(t);
		mkdirSync(join(cwd, 'folder.wav'));
		writeFileSync(join(cwd, 'latin1.txt'), Buffer.from('Only a caf\xe9.', 'latin1'));
		writeFileSync(join(cwd, 'cut.txt'), Buffer.from('Only a café').subarray(0, -1));
		const {code, stderr} = await runCli(t, args, {...options, cwd});
		t.is(code, 1, stderr);
		t.regex(stderr, /^speechpipe: [^\n]+\n$/);
		t.regex(stderr, says);
		t.deepEqual(readdirSync(cwd).sort(), ['cut.txt', 'folder.wav', 'latin1.txt']);
		t.deepEqual(readdirSync(join(cwd, 'folder.wav')), []);
	},
});

test.serial(
	'text in a script that the voice does not read',
	fails,
	['say', 'Привет, мир.', ...both],
	/Cyrillic.*TEXT_NOT_SPEAKABLE/,
);
test.serial(
	'text without a word',
	fails,
	['say', '…', '-o', 'a.mp3'],
	/nothing to say here.*TEXT_NOT_SPEAKABLE/,
);
test.serial(
	'a file that is not UTF-8',
	fails,
	['say', '-f', 'latin1.txt', ...both],
	/byte 10 .*TEXT_INVALID_UTF8/,
);
test.serial(
	'a file that ends within a character',
	fails,
	['say', '-f', 'cut.txt', ...both],
	/TEXT_INVALID_UTF8/,
);
test.serial(
	'a missing input file',
	fails,
	['say', '-f', 'no.txt', ...both],
	/no\.txt cannot be read: no such file or directory\. \[FILE_FAILED/,
);
test.serial('a folder as input', fails, ['say', '-f', 'folder.wav', ...both], /folder\.wav cannot be read/);
test.serial(
	'a missing folder, though no text has come',
	fails,
	['say', '-o', 'no/a.mp3'],
	/folder .*no does not exist.*FILE_FAILED/,
	{input: 'open'},
);
test.serial('a folder as output', fails, ['say', 'Hi.', '-o', 'folder.wav'], /it is a folder/);
test.serial(
	'a missing folder for the captions',
	fails,
	['say', 'Hi.', '-o', 'a.wav', '--captions', 'no/a.srt'],
	/a\.srt could not be written/,
);
test.serial(
	'no ffmpeg where FFMPEG_PATH says',
	fails,
	['say', 'Hi.', '-o', 'a.mp3'],
	/FFMPEG_PATH.*FFMPEG_MISSING/,
	{env: {FFMPEG_PATH: '/nowhere/ffmpeg'}},
);

test.serial('what was there stays as it was', async t => {
	const cwd = await temporaryFolder(t);
	for (const name of ['a.wav', 'a.srt']) writeFileSync(join(cwd, name), 'old');
	t.is((await runCli(t, ['say', '…', ...both], {cwd})).code, 1);
	for (const name of ['a.wav', 'a.srt']) t.is(readFileSync(join(cwd, name), 'utf8'), 'old');
});

test.serial('a device that is full', async t => {
	const cwd = await temporaryFolder(t);
	const {code, stderr} = await runCli(t, ['say', 'Hi.', '-o', '/dev/full', '--captions', 'a.srt'], {cwd});
	t.is(code, 1);
	t.regex(stderr, /^speechpipe: \/dev\/full could not be written: the disk is full[^\n]+\n$/);
	t.deepEqual(readdirSync(cwd), []);
});

test.serial('a full device as standard output', async t => {
	const cwd = await temporaryFolder(t);
	const {code, stderr} = await runShell(t, 'speechpipe say Hi. --captions a.srt > /dev/full', {cwd});
	t.is(code, 1);
	t.regex(
		stderr,
		/^speechpipe: Standard output could not be written: no space left on device\. \[FILE_FAILED\]\n$/,
	);
	t.deepEqual(readdirSync(cwd), []);
});

/** Whether a file system of our own can be mounted. */
const mountable = ((): boolean => {
	try {
		execFileSync('unshare', ['--mount', '--map-root-user', 'true'], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
})();

for (const [what, args] of [
	['audio', ['-o', 'full/a.wav', '--captions', 'a.srt']],
	['audio that ffmpeg writes', ['-o', 'full/a.flac', '--captions', 'a.srt']],
	['captions', ['-o', 'a.wav', '--captions', 'full/a.json']],
] as const) {
	test.serial(`a disk full of ${what} leaves neither audio nor captions`, async t => {
		if (!goOnIf(t, mountable, 'no file system can be mounted here')) return;
		const cwd = await temporaryFolder(t);
		mkdirSync(join(cwd, 'full'));
		const line = [
			'mount -t tmpfs -o size=16k tmpfs full',
			`"\${command[@]}" say "$(printf 'This will be too much. %.0s' {1..40})" ${args.join(' ')}`,
			'status=$?; ls -A full . ; exit $status',
		].join('\n');
		const inNamespace = `export -f inner; exec unshare --mount --map-root-user bash -c 'command=("$@"); inner' bash "\${command[@]}"`;
		const {code, stdout, stderr} = await runShell(t, `inner() {\n${line}\n}\n${inNamespace}`, {cwd});
		t.is(code, 1, stderr);
		t.regex(stderr, /^speechpipe: [^\n]*\n?/);
		t.regex(stderr, /disk is full|No space left/);
		t.is(stdout.toString(), '.:\nfull\n\nfull:\n');
	});
}

test.serial('ffmpeg killed in the middle', async t => {
	const cwd = await temporaryFolder(t);
	const {child, ended} = startCli(t, ['say', '-o', 'a.mp3', '--captions', 'a.srt'], {cwd, input: 'open'});
	child.stdin?.write('Hello there.\n');
	let killed: number[] = [];
	while (killed.length === 0) {
		await new Promise(resolve => setTimeout(resolve, 20));
		killed = childrenOf(child.pid, 'ffmpeg');
	}
	for (const pid of killed) process.kill(pid, 'SIGKILL');
	const {code, stderr} = await ended;
	t.is(code, 1);
	t.is(stderr, 'speechpipe: ffmpeg was killed by SIGKILL. [FFMPEG_FAILED]\n');
	t.deepEqual(readdirSync(cwd), []);
});
