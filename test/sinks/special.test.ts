import {execFile, execFileSync, spawn} from 'node:child_process';
import {createReadStream} from 'node:fs';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {toFile} from '../../lib/sinks/file.js';
import {transcode} from '../../lib/transcode/transcode.js';
import {goOnIf} from '../helpers/shared.js';
import {collect, settle} from '../helpers/streams.js';
import {decode, endlessSpeech, speechOf, sweep, temporaryFolder} from '../helpers/transcoding.js';

const sampleRate = 24_000;
const pcm = sweep(0.5, sampleRate);
const isPosix = process.platform !== 'win32';

async function fifo(t: ExecutionContext): Promise<string> {
	const path = join(await temporaryFolder(t), 'fifo');
	execFileSync('mkfifo', [path]);
	return path;
}

test('a full device is an error with its cause', async t => {
	if (!goOnIf(t, process.platform === 'linux', 'there is no /dev/full')) return;
	const error = await t.throwsAsync(pipeline(endlessSpeech(), toFile('/dev/full')), {
		code: 'FILE_FAILED',
		message: /full/,
	});
	t.like(error?.cause, {code: 'ENOSPC'});
	await t.throwsAsync(pipeline(endlessSpeech(), transcode('mp3'), toFile('/dev/full')), {
		code: 'FILE_FAILED',
	});
	t.false((await readdir('/dev')).some(name => name.startsWith('.speechpipe')));
});

test('a device takes what comes and stays a device', async t => {
	if (!goOnIf(t, isPosix, 'there is no /dev/null')) return;
	await pipeline(speechOf(pcm, {sampleRate}), transcode('mp3'), toFile('/dev/null'));
	t.true((await readFile('/dev/null')).length === 0);
	t.false((await readdir('/dev')).some(name => name.startsWith('.speechpipe')));
});

test('a FIFO is written once it has a reader', async t => {
	if (!goOnIf(t, isPosix, 'there are no FIFOs')) return;
	const path = await fifo(t);
	const long = sweep(10, sampleRate);
	const written = pipeline(speechOf(long, {sampleRate, format: 'wav'}), toFile(path));
	await settle();
	const read = await collect(createReadStream(path));
	await written;
	t.deepEqual(read.subarray(44), long);
	t.is(read.readUInt32LE(40), 0xff_ff_ff_ff);
});

test('ffmpeg writes to a FIFO as to a pipe', async t => {
	if (!goOnIf(t, isPosix, 'there are no FIFOs')) return;
	const path = await fifo(t);
	const written = pipeline(speechOf(pcm, {sampleRate}), transcode('flac'), toFile(path));
	const flac = await collect(createReadStream(path));
	await written;
	const copy = `${path}.flac`;
	await writeFile(copy, flac);
	t.deepEqual(await decode(copy, sampleRate), pcm);
});

test('a FIFO that nobody reads can be given up', async t => {
	if (!goOnIf(t, isPosix, 'there are no FIFOs')) return;
	const path = await fifo(t);
	const controller = new AbortController();
	const run = pipeline(endlessSpeech(), transcode('mp3'), toFile(path), {signal: controller.signal});
	await settle();
	controller.abort();
	await t.throwsAsync(run, {name: 'AbortError'});
	const unused = toFile(path);
	unused.destroy();
	await new Promise(resolve => unused.once('close', resolve));
});

test('a reader that leaves a FIFO is an error', async t => {
	if (!goOnIf(t, isPosix, 'there are no FIFOs')) return;
	const path = await fifo(t);
	const run = pipeline(endlessSpeech(), toFile(path));
	const reader = spawn('head', ['-c', '100000', path], {stdio: 'ignore'});
	await t.throwsAsync(run, {code: 'FILE_FAILED', message: /reader has gone/});
	t.truthy(reader.pid);
});

test('/dev/stdout is what the shell made of it, even a regular file', async t => {
	if (!goOnIf(t, isPosix, 'there is no /dev/stdout')) return;
	const folder = await temporaryFolder(t);
	const script = join(folder, 'program.mjs');
	await writeFile(
		script,
		`import {toFile} from ${JSON.stringify(new URL('../../lib/sinks/file.js', import.meta.url).href)};
		toFile('/dev/stdout').end('speech');`,
	);
	const out = join(folder, 'out');
	const run = (command: string) =>
		promisify(execFile)('sh', ['-c', command, 'sh', out, process.execPath, ...process.execArgv, script], {
			encoding: 'utf8',
		});
	await run('out=$1; shift; "$@" > "$out"; ls -i "$out" | cut -d" " -f1 >> "$out"');
	t.regex(await readFile(out, 'utf8'), /^speech\d+\n$/);
	t.is((await run('shift; "$@" | cat')).stdout, 'speech');
	t.deepEqual((await readdir(folder)).sort(), ['out', 'program.mjs']);
});
