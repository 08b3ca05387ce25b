import {execFileSync} from 'node:child_process';
import {createReadStream} from 'node:fs';
import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import test from 'ava';
import type {AudioFormat} from '../../lib/audio/formats.js';
import {toFile} from '../../lib/sinks/file.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {collect} from '../helpers/streams.js';
import {ToneSynthesizer} from '../helpers/tone.js';
import {speechOf, sweep, temporaryFolder} from '../helpers/transcoding.js';

const sampleRate = 24_000;
const pcm = sweep(0.1, sampleRate);

const encoded = ['mp3', 'opus', 'ogg', 'oga', 'aac', 'm4a', 'mp4', 'flac', 'webm'];

/** Pipes speech of a format into a file of that name; gives the file's size. */
async function write(path: string, format: AudioFormat): Promise<number> {
	await pipeline(speechOf(pcm, {sampleRate, format}), toFile(path));
	return (await stat(path)).size;
}

for (const [format, extensions, message] of [
	['pcm_s16le', ['wav', 'wave', 'WAV'], /raw PCM .* \.wave?: .*format: 'wav'.* \.pcm\.$/i],
	['mulaw', encoded, /raw PCM .*transcode\('\w+'\).* \.pcm\.$/],
	['wav', encoded, /a WAV.*transcode\('\w+'\).* \.wav\.$/],
	['wav:pcm_f32le', ['MP3'], /transcode\('mp3'\)/],
] as const) {
	test(`${format} is refused as ${extensions.join(', ')}, and nothing is left`, async t => {
		const folder = await temporaryFolder(t);
		for (const extension of extensions)
			await t.throwsAsync(write(join(folder, `x.${extension}`), format), {code: 'OPTION_INVALID', message});
		t.deepEqual(await readdir(folder), []);
	});
}

test('the targets named are those that make the file', async t => {
	const folder = await temporaryFolder(t);
	await t.throwsAsync(write(join(folder, 'x.mp4'), 'wav'), {message: /transcode\('m4a'\)/});
	await t.throwsAsync(write(join(folder, 'x.oga'), 'wav'), {message: /transcode\('ogg'\)/});
});

test('a TTSTransform is such a stream, also without pipeline', async t => {
	const folder = await temporaryFolder(t);
	const speech = () => {
		const stream = new TTSTransform({synthesizer: new ToneSynthesizer()});
		stream.end('Hello.');
		return stream;
	};
	await t.throwsAsync(pipeline(speech(), toFile(join(folder, 'x.mp3'))), {code: 'OPTION_INVALID'});
	const piped = speech();
	const sink = piped.pipe(toFile(join(folder, 'x.mp3')));
	const error = await new Promise(resolve => sink.once('error', resolve));
	t.like(error, {code: 'OPTION_INVALID'});
	piped.destroy();
	t.deepEqual(await readdir(folder), []);
});

test('what fits, and extensions that promise nothing, are written', async t => {
	const folder = await temporaryFolder(t);
	for (const name of ['x.pcm', 'x.raw', 'x', 'x.mp3.part', '.mp3'])
		t.is(await write(join(folder, name), 'pcm_s16le'), pcm.length, name);
	for (const name of ['x.wav', 'x.WAVE', 'y', 'y.bin', 'y.pcm'])
		t.true((await write(join(folder, name), 'wav')) > pcm.length, name);
	t.true((await write(join(folder, 'z.wav'), 'wav:mulaw')) > pcm.length / 2);
});

test('a stream that tells no format, or one unknown here, is written under any name', async t => {
	const path = join(await temporaryFolder(t), 'x.mp3');
	const bytes = () => Readable.from([pcm], {objectMode: false});
	for (const source of [
		bytes(),
		Object.assign(bytes(), {format: 'mp3'}),
		Object.assign(bytes(), {format: 1}),
	]) {
		await pipeline(source, toFile(path));
		t.deepEqual(await readFile(path), pcm);
	}
});

if (process.platform !== 'win32') {
	test('the name of a FIFO promises nothing', async t => {
		const path = join(await temporaryFolder(t), 'x.mp3');
		execFileSync('mkfifo', [path]);
		const [read] = await Promise.all([
			collect(createReadStream(path)),
			pipeline(speechOf(pcm, {sampleRate}), toFile(path)),
		]);
		t.deepEqual(read, pcm);
	});
}
