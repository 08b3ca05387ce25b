import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {pipeline} from 'node:stream/promises';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {FfmpegPool, type FfmpegPoolOptions} from '../../lib/transcode/pool.js';
import {ffmpegProcesses} from '../../lib/transcode/process.js';
import {transcode} from '../../lib/transcode/transcode.js';
import {collect, settle, until} from '../helpers/streams.js';
import {endlessSpeech, ffmpegChildren, speechOf, sweep} from '../helpers/transcoding.js';

const sampleRate = 24_000;
const input = {sampleRate};
const pcm = sweep(0.5, sampleRate);

/** Whatever a test does, nothing may be left when its pool is closed. */
test.afterEach.always(t => {
	t.deepEqual(ffmpegChildren(), []);
	t.is(ffmpegProcesses(), 0);
});

/** A pool that is closed with its test. */
function poolFor(t: ExecutionContext, options: FfmpegPoolOptions = {}): FfmpegPool {
	const pool = new FfmpegPool(options);
	t.teardown(async () => {
		await pool.close();
	});
	return pool;
}

/** Waits until so many processes wait, started. */
async function waiting(count: number): Promise<void> {
	while (ffmpegChildren().length !== count) await new Promise(resolve => setTimeout(resolve, 10));
}

test.serial('nothing runs until it is asked for', async t => {
	poolFor(t);
	await settle();
	t.deepEqual(ffmpegChildren(), []);
});

test.serial('a warm process is taken, gives the same bytes, and another takes its place', async t => {
	const pool = poolFor(t, {size: 2});
	const alone = await pipeline(speechOf(pcm, input), transcode('mp3'), collect);
	await pool.warm('mp3', input);
	t.is(pool.ready, 2);
	const [one, two] = ffmpegChildren();
	const speech = endlessSpeech();
	const out = transcode('mp3', {pool});
	speech.pipe(out);
	await once(out, 'data');
	await waiting(3);
	t.true([one, two].every(pid => ffmpegChildren().includes(pid ?? 0)));
	out.destroy();
	await once(out, 'close');
	speech.destroy();
	await waiting(2);

	t.true(alone.equals(await pipeline(speechOf(pcm, input), transcode('mp3', {pool}), collect)));
	await waiting(2);
});

test.serial('a format that was asked for once gets one process, then more', async t => {
	const pool = poolFor(t, {size: 2});
	const speak = () => pipeline(speechOf(pcm, input), transcode('opus', {pool}), collect);
	await speak();
	await waiting(1);
	await new Promise(resolve => setTimeout(resolve, 300));
	await waiting(1);
	await speak();
	await until(() => pool.ready === 2);
	await waiting(2);
	t.is(pool.ready, 2);
});

test.serial('what was given nothing goes back, and is as good as new', async t => {
	const pool = poolFor(t, {size: 1});
	await pool.warm('mp3', input);
	const seen = new Set(ffmpegChildren());
	for (let times = 0; times < 20; times++) {
		const out = transcode('mp3', {input, pool}).resume();
		await settle();
		out.destroy();
		await once(out, 'close');
		for (const pid of ffmpegChildren()) seen.add(pid);
	}
	// One, unless the machine was slow and another was started meanwhile.
	t.true(seen.size < 10);
	const empty = transcode('mp3', {input, pool});
	empty.end();
	await t.throwsAsync(pipeline(empty, collect), {code: 'AUDIO_INVALID'});
	await waiting(1);
	const [pid] = ffmpegChildren();
	const bytes = await pipeline(speechOf(pcm, input), transcode('mp3', {pool}), collect);
	t.true(bytes.length > 1000);
	await waiting(1);
	t.false(ffmpegChildren().includes(pid ?? 0));
});

test.serial('more at once than wait get their own', async t => {
	const pool = poolFor(t, {size: 1});
	await pool.warm('flac', input);
	const all = await Promise.all(
		Array.from({length: 5}, () => pipeline(speechOf(pcm, input), transcode('flac', {pool}), collect)),
	);
	t.true(all.every(bytes => bytes.equals(all[0] ?? Buffer.alloc(0))));
	await waiting(1);
});

test.serial('idle ones are ended', async t => {
	const pool = poolFor(t, {size: 2, idle: 50});
	await pool.warm('mp3', input);
	await waiting(0);
	t.is(pool.ready, 0);
});

test.serial('the kind longest not asked for gives way', async t => {
	const pool = poolFor(t, {size: 1, kinds: 2});
	await pool.warm('mp3', input);
	const [oldest] = ffmpegChildren();
	await pool.warm('opus', input);
	await pool.warm('mp3', {sampleRate: 22_050});
	await waiting(2);
	t.false(ffmpegChildren().includes(oldest ?? 0));
	t.is(pool.ready, 2);
});

test.serial('one that dies while it waits is not taken', async t => {
	const pool = poolFor(t, {size: 1});
	await pool.warm('mp3', input);
	for (const pid of ffmpegChildren()) process.kill(pid, 'SIGKILL');
	await until(() => pool.ready === 0);
	const bytes = await pipeline(speechOf(pcm, input), transcode('mp3', {pool}), collect);
	t.true(bytes.length > 1000);
});

test.serial('a warm one that dies at work fails its stream', async t => {
	const pool = poolFor(t, {size: 1, idle: 60_000});
	await pool.warm('mp3', input);
	const [pid = 0] = ffmpegChildren();
	const out = transcode('mp3', {pool});
	const run = pipeline(endlessSpeech(), out, collect);
	await once(out, 'data');
	process.kill(pid, 'SIGKILL');
	await t.throwsAsync(run, {code: 'FFMPEG_FAILED', message: /SIGKILL/});
});

test.serial('a closed pool keeps nothing, and transcodes go on', async t => {
	const pool = poolFor(t, {size: 2});
	await pool.warm('mp3', input);
	const out = transcode('mp3', {pool});
	const run = pipeline(speechOf(pcm, input), out, collect);
	await once(out, 'readable');
	await pool.close();
	await pool.close();
	t.true((await run).length > 1000);
	await waiting(0);
	t.true((await pipeline(speechOf(pcm, input), transcode('mp3', {pool}), collect)).length > 1000);
	await pool.warm('mp3', input);
	t.deepEqual(ffmpegChildren(), []);
});

test.serial('size 0: no process waits', async t => {
	const pool = poolFor(t, {size: 0});
	await pipeline(speechOf(pcm, input), transcode('mp3', {pool}), collect);
	await new Promise(resolve => setTimeout(resolve, 200));
	t.deepEqual(ffmpegChildren(), []);
});

test.serial('without an ffmpeg, warming up fails nobody; a transcode says why', async t => {
	const pool = poolFor(t);
	process.env['FFMPEG_PATH'] = '/nowhere/ffmpeg';
	t.teardown(() => delete process.env['FFMPEG_PATH']);
	await pool.warm('mp3', input);
	t.is(pool.ready, 0);
	await t.throwsAsync(pipeline(speechOf(pcm, input), transcode('mp3', {pool}), collect), {
		code: 'FFMPEG_MISSING',
	});
});

for (const how of ['end', 'exit', 'kill']) {
	test.serial(`warm processes end with the process that has them: ${how}`, async t => {
		const program = fileURLToPath(new URL('./pool-exit.js', import.meta.url));
		const child = execFile(process.execPath, [...process.execArgv, program, how], {timeout: 60_000});
		let said = '';
		child.stdout?.on('data', more => {
			said += more;
		});
		await once(child, 'close');
		const pids = said.trim().split(' ').map(Number);
		t.is(pids.length, 2);
		await until(() => !pids.some(isRunning));
		t.pass();
	});
}

test('options out of range are refused', async t => {
	for (const options of [{size: -1}, {size: 65}, {size: 1.5}, {kinds: 0}, {idle: 0}, {idle: 2 ** 31}])
		t.throws(() => new FfmpegPool(options), {code: 'OPTION_INVALID'});
	t.throws(() => new FfmpegPool({size: '2' as unknown as number}), {
		code: 'OPTION_INVALID',
		message: /size is "2"/,
	});
	await t.throwsAsync(new FfmpegPool().warm('mp3', {sampleRate: 1}), {code: 'OPTION_INVALID'});
});

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
