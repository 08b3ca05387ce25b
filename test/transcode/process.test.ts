import {type EventEmitter, once} from 'node:events';
import {createWriteStream} from 'node:fs';
import {readdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {pipeline as corePipeline, finished, PassThrough, Readable, Writable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import {toFile} from '../../lib/sinks/file.js';
import {pipeline as ownPipeline} from '../../lib/streams.js';
import {transcode} from '../../lib/transcode/transcode.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {collect, settle, until} from '../helpers/streams.js';
import {ToneSynthesizer} from '../helpers/tone.js';
import {
	decode,
	endlessSpeech,
	ffmpegChildren,
	speechOf,
	sweep,
	temporaryFolder,
} from '../helpers/transcoding.js';

const sampleRate = 24_000;
const input = {sampleRate};
const pcm = sweep(0.5, sampleRate);

/** Whatever a test does, no process may be left when its streams are closed. */
test.afterEach.always(t => {
	t.deepEqual(ffmpegChildren(), []);
	delete process.env['FFMPEG_PATH'];
});

/** Waits for a stream's end, however it ended. */
async function closed(stream: EventEmitter & {readonly closed: boolean}): Promise<void> {
	if (!stream.closed) await new Promise(resolve => stream.once('close', resolve));
}

/** ffmpeg as a shell script. */
async function script(t: ExecutionContext, lines: string): Promise<string> {
	const path = join(await temporaryFolder(t), 'ffmpeg');
	await writeFile(path, `#!/bin/sh\n${lines}\n`, {mode: 0o755});
	return path;
}

test.serial('ffmpeg starts before the first chunk is written', async t => {
	const out = transcode('mp3', {input});
	t.deepEqual(ffmpegChildren(), []);
	out.resume();
	await until(() => ffmpegChildren().length === 1);
	out.destroy();
	await once(out, 'close');
});

test.serial('ffmpeg killed in the middle fails the pipeline', async t => {
	const file = join(await temporaryFolder(t), 'x.mp3');
	const out = transcode('mp3');
	const run = pipeline(endlessSpeech(), out, createWriteStream(file));
	await once(out, 'data');
	for (const pid of ffmpegChildren()) process.kill(pid, 'SIGKILL');
	await t.throwsAsync(run, {code: 'FFMPEG_FAILED', message: /killed by SIGKILL/});
});

test.serial('ffmpeg told to stop in the middle is no success either', async t => {
	const out = transcode('mp3');
	const run = pipeline(endlessSpeech(), out, new PassThrough().resume());
	await once(out, 'data');
	for (const pid of ffmpegChildren()) process.kill(pid, 'SIGTERM');
	await t.throwsAsync(run, {code: 'FFMPEG_FAILED'});
});

test.serial('ffmpeg killed while it writes the file leaves no file', async t => {
	const folder = await temporaryFolder(t);
	const speech = endlessSpeech();
	const run = pipeline(speech, transcode('mp3'), toFile(join(folder, 'x.mp3')));
	await until(() => ffmpegChildren().length === 1 && speech.given > 300_000);
	for (const pid of ffmpegChildren()) process.kill(pid, 'SIGKILL');
	await t.throwsAsync(run, {code: 'FFMPEG_FAILED', message: /killed by SIGKILL/});
	t.deepEqual(await readdir(folder), []);
});

test.serial('the error has the last words of ffmpeg', async t => {
	process.env['FFMPEG_PATH'] = await script(
		t,
		'cat >/dev/null; seq 1 20 >&2; echo "no such thing" >&2; exit 3',
	);
	await t.throwsAsync(pipeline(speechOf(pcm, input), transcode('mp3'), collect), {
		code: 'FFMPEG_FAILED',
		message: 'ffmpeg ended with status 3: 16\n17\n18\n19\n20\nno such thing',
	});
});

test.serial('ffmpeg that ends without reading is an error with its words, not a broken pipe', async t => {
	process.env['FFMPEG_PATH'] = await script(t, 'echo sorry >&2; exit 1');
	await t.throwsAsync(pipeline(endlessSpeech(), transcode('mp3'), collect), {
		code: 'FFMPEG_FAILED',
		message: /sorry/,
	});
});

test.serial('ffmpeg that can not be started is an error with its cause', async t => {
	process.env['FFMPEG_PATH'] = join(await temporaryFolder(t), 'ffmpeg');
	await writeFile(process.env['FFMPEG_PATH'], '#!/nowhere/sh\n', {mode: 0o755});
	const error = await t.throwsAsync(pipeline(speechOf(pcm, input), transcode('mp3'), collect), {
		code: 'FFMPEG_FAILED',
	});
	t.truthy(error?.cause);
	process.env['FFMPEG_PATH'] = '/nowhere/ffmpeg';
	await t.throwsAsync(pipeline(speechOf(pcm, input), transcode('mp3'), collect), {code: 'FFMPEG_MISSING'});
});

test.serial('a wrapper script does not hold up a destroy', async t => {
	process.env['FFMPEG_PATH'] = await script(t, 'sleep 30 | cat\nexit 0');
	const out = transcode('mp3', {input}).resume();
	await until(() => ffmpegChildren().length === 1);
	out.destroy();
	await once(out, 'close');
	t.pass();
});

test.serial('destroyed before anything, nothing is started', async t => {
	const out = transcode('mp3', {input});
	out.destroy();
	await once(out, 'close');
	const early = transcode('mp3', {input}).resume();
	early.write(pcm);
	early.destroy();
	await once(early, 'close');
	t.pass();
});

test.serial('destroyed with an error in the middle, it closes with that error', async t => {
	const error = new Error('mine');
	const out = transcode('opus');
	const run = pipeline(endlessSpeech(), out, new PassThrough().resume());
	await once(out, 'data');
	out.destroy(error);
	t.is(await t.throwsAsync(run), error);
	await closed(out);
});

test.serial('destroyed after the end, it is only closed', async t => {
	const out = transcode('flac');
	await pipeline(speechOf(pcm, input), out, new PassThrough().resume());
	out.destroy();
	await closed(out);
	t.is(out.errored, null);
});

test.serial('a reader that goes away ends ffmpeg', async t => {
	const reader = new PassThrough();
	const out = transcode('mp3');
	const run = pipeline(endlessSpeech(), out, reader);
	await once(reader, 'data');
	reader.destroy();
	await t.throwsAsync(run, {code: 'ERR_STREAM_PREMATURE_CLOSE'});
	await closed(out);
});

test.serial('a source that fails ends ffmpeg', async t => {
	const error = new Error('the engine died');
	const speech = endlessSpeech();
	const out = transcode('mp3');
	out.once('data', () => speech.destroy(error));
	t.is(await t.throwsAsync(pipeline(speech, out, new PassThrough().resume())), error);
	await closed(out);
});

test.serial('an abort ends it at each stage', async t => {
	const before = AbortSignal.abort();
	await t.throwsAsync(pipeline(speechOf(pcm, input), transcode('mp3', {signal: before}), collect), {
		name: 'AbortError',
	});

	const starting = new AbortController();
	const waits = transcode('mp3', {input, signal: starting.signal}).resume();
	setImmediate(() => starting.abort());
	await t.throwsAsync(promisify(finished)(waits), {name: 'AbortError'});
	await closed(waits);

	const running = new AbortController();
	const out = transcode('mp3', {signal: running.signal});
	out.once('data', () => running.abort());
	await t.throwsAsync(pipeline(endlessSpeech(), out, new PassThrough().resume()), {name: 'AbortError'});
	await closed(out);

	const after = new AbortController();
	await pipeline(speechOf(pcm, input), transcode('mp3', {signal: after.signal}), new PassThrough().resume());
	after.abort();
	await settle();
	t.pass();
});

test.serial('a slow reader holds back the source', async t => {
	const speech = endlessSpeech();
	const out = transcode('wav');
	const reader = new Writable({highWaterMark: 1, write() {}});
	const run = t.throwsAsync(pipeline(speech, out, reader));
	let given = -1;
	// All buffers on the way are full when nothing moves for a good while.
	while (speech.given !== given) {
		given = speech.given;
		await new Promise(resolve => setTimeout(resolve, 300));
	}
	t.true(given < 2 * 1024 * 1024, `${given} bytes were taken`);
	reader.destroy();
	await run;
	await closed(out);
});

test.serial('all of a long output arrives, however slowly it is read', async t => {
	const long = sweep(20, sampleRate);
	const chunks: Buffer[] = [];
	const slow = new Writable({
		highWaterMark: 1,
		write(chunk, _, callback) {
			chunks.push(chunk);
			setImmediate(callback);
		},
	});
	await pipeline(speechOf(long, {sampleRate, chunk: 100_000}), transcode('wav'), slow);
	t.deepEqual(Buffer.concat(chunks).subarray(-long.length), long);
});

test.serial('an input without a sample is an error, and leaves no file', async t => {
	const folder = await temporaryFolder(t);
	const blank = () => {
		const speech = new TTSTransform({synthesizer: new ToneSynthesizer(), sampleRate});
		speech.end(' \n ');
		return speech;
	};
	const onlyHeader = () => speechOf(Buffer.alloc(0), {sampleRate, format: 'wav'});
	const halfSample = Readable.from([Buffer.alloc(1)], {objectMode: false});
	const expected = {code: 'AUDIO_INVALID', message: /^No audio came to be encoded/};
	for (const source of [blank, onlyHeader]) {
		for (const target of ['mp3', 'wav', 'm4a'] as const) {
			await t.throwsAsync(pipeline(source(), transcode(target), collect), expected);
			const file = toFile(join(folder, `x.${target}`));
			await t.throwsAsync(pipeline(source(), transcode(target), file), expected);
			await closed(file);
		}
	}
	await t.throwsAsync(pipeline(halfSample, transcode('mp3', {input}), collect), expected);
	t.deepEqual(await readdir(folder), []);
});

test.serial('core and own pipeline and pipe all let ffmpeg write the file', async t => {
	const folder = await temporaryFolder(t);
	const lengths: number[] = [];
	const check = async (name: string, run: (path: string) => Promise<unknown>) => {
		const path = join(folder, name);
		await run(path);
		lengths.push((await decode(path, sampleRate)).length);
	};
	const speech = () => speechOf(pcm, input);
	await check('core.mp3', path => promisify(corePipeline)(speech(), transcode('mp3'), toFile(path)));
	await check('own.mp3', path => promisify(ownPipeline)(speech(), transcode('mp3'), toFile(path)));
	await check('pipe.mp3', path => once(speech().pipe(transcode('mp3')).pipe(toFile(path)), 'finish'));
	t.deepEqual(lengths, [pcm.length, pcm.length, pcm.length]);
});

test.serial('with a second reader, both get the bytes', async t => {
	const folder = await temporaryFolder(t);
	const out = speechOf(pcm, input).pipe(transcode('mp3'));
	const [file, other] = [toFile(join(folder, 'x.mp3')), toFile(join(folder, 'y.mp3'))];
	out.pipe(other);
	const bytes = collect(out.pipe(new PassThrough()));
	out.pipe(file);
	await Promise.all([once(file, 'finish'), once(other, 'finish')]);
	t.true((await bytes).length > 1000);
	t.is(
		(await decode(join(folder, 'x.mp3'), sampleRate)).length,
		(await decode(join(folder, 'y.mp3'), sampleRate)).length,
	);
});

test.serial('a file sink that is piped away again before anything was read is not written', async t => {
	const folder = await temporaryFolder(t);
	const file = toFile(join(folder, 'x.mp3'));
	const out = transcode('mp3');
	out.pipe(file);
	out.unpipe(file);
	t.true((await pipeline(speechOf(pcm, input), out, collect)).length > 1000);
	file.destroy();
	await once(file, 'close');
	t.deepEqual(await readdir(folder), []);
});

test.serial('a file sink that loses its ffmpeg in the middle fails', async t => {
	for (const lose of ['unpipe', 'end', 'destroy source', 'destroy sink'] as const) {
		const folder = await temporaryFolder(t);
		const speech = endlessSpeech();
		const file = toFile(join(folder, 'x.mp3'));
		const out = speech.pipe(transcode('mp3'));
		out.pipe(file);
		const failed =
			lose === 'destroy sink' ? once(file, 'close') : once(file, 'error').then(([error]) => error.code);
		await until(() => speech.given > 300_000);
		if (lose === 'unpipe') out.unpipe(file);
		if (lose === 'end') file.end();
		if (lose === 'destroy source') out.destroy();
		if (lose === 'destroy sink') file.destroy();
		t.is(await failed.then(code => (lose === 'destroy sink' ? 'FILE_FAILED' : code)), 'FILE_FAILED', lose);
		await closed(out);
		await closed(file);
		speech.destroy();
		t.deepEqual(await readdir(folder), [], lose);
	}
});
