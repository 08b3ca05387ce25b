import {execFileSync} from 'node:child_process';
import {readdirSync, writeFileSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {childrenOf, runCli, runShell, startCli} from '../helpers/cli.js';
import {temporaryFolder} from '../helpers/transcoding.js';

/** Minutes of speech. */
const long = 'It will go on for quite a while, as such stories do. '.repeat(200);

/** Waits until the file that is being made, under its hidden name, is there. */
async function begun(folder: string): Promise<void> {
	while (!(await readdir(folder)).some(name => name.startsWith('.speechpipe'))) await sleep(20);
}

for (const [signal, status] of [
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const) {
	test.serial(`${signal} in the middle leaves nothing, and ${status}`, async t => {
		const cwd = await temporaryFolder(t);
		const args = ['say', '-o', 'a.mp3', '--captions', 'a.srt'];
		const {child, ended} = startCli(t, args, {cwd, input: 'open'});
		child.stdin?.write(long);
		let ffmpegs: number[] = [];
		while (ffmpegs.length === 0) {
			await sleep(20);
			ffmpegs = childrenOf(child.pid, 'ffmpeg');
		}
		child.kill(signal);
		const {code, stdout, stderr} = await ended;
		t.deepEqual([code, stdout.length, stderr], [status, 0, '']);
		t.deepEqual(readdirSync(cwd), []);
		for (const pid of ffmpegs) t.throws(() => process.kill(pid, 0), {code: 'ESRCH'});
	});
}

test.serial('a second SIGINT ends it too, and leaves nothing', async t => {
	const cwd = await temporaryFolder(t);
	const {child, ended} = startCli(t, ['say', '-o', 'a.wav', '--captions', 'a.srt'], {cwd, input: 'open'});
	child.stdin?.write(long);
	await begun(cwd);
	child.kill('SIGINT');
	await sleep(1);
	child.kill('SIGINT');
	const {code, stderr} = await ended;
	t.deepEqual([code, stderr], [130, '']);
	t.deepEqual(readdirSync(cwd), []);
});

test.serial('SIGINT while no text comes', async t => {
	const cwd = await temporaryFolder(t);
	const {child, ended} = startCli(t, ['say', '-o', 'a.wav'], {cwd, input: 'open'});
	await begun(cwd);
	child.kill('SIGINT');
	t.is((await ended).code, 130);
	t.deepEqual(readdirSync(cwd), []);
});

test.serial('SIGINT while a FIFO has no writer', async t => {
	const cwd = await temporaryFolder(t);
	execFileSync('mkfifo', [join(cwd, 'text')]);
	const {child, ended} = startCli(t, ['say', '-f', 'text', '-o', 'a.wav'], {cwd});
	await begun(cwd);
	child.kill('SIGINT');
	t.is((await ended).code, 130);
	t.deepEqual(readdirSync(cwd), ['text']);
});

test.serial('SIGINT while nobody reads stdout', async t => {
	const {child, ended, heard} = startCli(t, ['say', long]);
	await heard(1);
	child.stdout?.pause();
	// Until the pipe is full: what it takes differs from system to system.
	await sleep(1000);
	child.kill('SIGINT');
	await new Promise(resolve => child.once('exit', resolve));
	child.stdout?.resume();
	t.is((await ended).code, 130);
});

test.serial('text from a FIFO, when its writer comes', async t => {
	const cwd = await temporaryFolder(t);
	execFileSync('mkfifo', [join(cwd, 'text')]);
	const {ended} = startCli(t, ['say', '-f', 'text', '-o', 'a.wav'], {cwd});
	await begun(cwd);
	writeFileSync(join(cwd, 'text'), 'Hello there.');
	const {code, stderr} = await ended;
	t.deepEqual([code, stderr], [0, '']);
	t.deepEqual(readdirSync(cwd), ['a.wav', 'text']);
});

for (const [what, args] of [
	['WAV', ''],
	['MP3', '--format mp3'],
	['a substitution', '-o >(head -c 1000; sleep 1) --format wav'],
] as const) {
	test.serial(`a reader that has had enough ends it quietly: ${what}`, async t => {
		const cwd = await temporaryFolder(t);
		writeFileSync(join(cwd, 'long.txt'), long);
		const line = `speechpipe say -f long.txt --captions a.srt ${args} | head -c 1000; exit \${PIPESTATUS[0]}`;
		const {code, stdout, stderr} = await runShell(t, line, {cwd});
		t.deepEqual([code, stdout.length, stderr], [0, 1000, '']);
		t.deepEqual(readdirSync(cwd), ['long.txt']);
	});
}

test.serial('a reader that wants none of the JSON, the voices or the help ends it quietly', async t => {
	for (const args of ['voices', 'say --help', 'say Hi. -o /dev/null --json']) {
		const {code, stderr} = await runShell(t, `speechpipe ${args} | true; exit \${PIPESTATUS[0]}`);
		t.deepEqual([code, stderr], [0, ''], args);
	}
});

test.serial('text that follows too late for a failed run does not hold it', async t => {
	const {code} = await runCli(t, ['say', '--voice', 'hart'], {input: 'open'});
	t.is(code, 2);
});
