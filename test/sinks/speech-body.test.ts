import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {parseWavHeader} from '../../lib/audio/wav.js';
import {bodyKind} from '../../lib/sinks/body-format.js';
import {type SpeechBodyOptions, speechBody} from '../../lib/sinks/speech-body.js';
import {flush} from '../../lib/synthesizer.js';
import {FfmpegPool} from '../../lib/transcode/pool.js';
import {ffmpegProcesses} from '../../lib/transcode/process.js';
import {collect, until} from '../helpers/streams.js';
import {endlessText, failingText, still} from '../helpers/texts.js';
import {spelled, ToneSynthesizer, unit} from '../helpers/tone.js';
import {decode, temporaryFolder} from '../helpers/transcoding.js';

const text = 'Streams can talk. They do it well.';

/** A body of the tone voice, which spells its text. */
function toneBody(options: Partial<SpeechBodyOptions> = {}) {
	return speechBody({synthesizer: new ToneSynthesizer(), text, format: 'pcm_s16le', ...options});
}

async function* tokens(...pieces: readonly string[]) {
	for (const piece of pieces) yield piece;
}

test('the bytes are the samples, and the promises tell how it went', async t => {
	const body = toneBody();
	t.is(body.contentType, 'audio/pcm; rate=16000');
	t.is(body.sampleRate, 16_000);
	await body.ready;
	t.is(spelled(await collect(body.stream)), text);
	const {audioSeconds, firstChunkMs} = await body.timeline;
	t.true(audioSeconds > (text.length * unit) / 16_000);
	t.true((firstChunkMs ?? -1) >= 0);
});

test('a WAV has its header with the first samples', async t => {
	const body = toneBody({format: 'wav', sampleRate: 8000});
	await body.ready;
	t.true(body.stream.readableLength > 44);
	const wav = await collect(body.stream);
	const header = parseWavHeader(wav);
	t.like(header, {sampleRate: 8000, encoding: 'pcm_s16le', channels: 1, dataBytes: undefined});
	t.is(spelled(wav.subarray(header?.dataOffset)), text);
	t.is(body.contentType, 'audio/wav');
});

for (const [format, contentType, sampleRate] of [
	['mp3', 'audio/mpeg', 24_000],
	['opus', 'audio/ogg; codecs=opus', 48_000],
	['aac', 'audio/aac', 24_000],
	['flac', 'audio/flac', 24_000],
	['mulaw', 'audio/PCMU; rate=24000', 24_000],
	['wav:mulaw', 'audio/wav', 24_000],
	['m4a', 'audio/mp4', 24_000],
	['webm', 'audio/webm; codecs=opus', 48_000],
] as const) {
	test.serial(`${format} is made while it is spoken, and can be played`, async t => {
		const body = speechBody({text: 'Streams can talk.', format, key: 'somebody'});
		t.is(body.contentType, contentType);
		t.is(body.sampleRate, sampleRate);
		await body.ready;
		const bytes = await collect(body.stream);
		const {audioSeconds} = await body.timeline;
		if (format === 'mulaw') {
			t.is(bytes.length, Math.round(audioSeconds * sampleRate));
			return;
		}
		const file = join(await temporaryFolder(t), 'speech');
		await writeFile(file, bytes);
		const seconds = (await decode(file, 24_000)).length / 2 / 24_000;
		t.true(seconds >= audioSeconds - 0.01 && seconds < audioSeconds + 0.15, `${seconds} s`);
	});
}

test('µ-law at 8 kHz is audio/basic', t => {
	t.is(bodyKind('mulaw', 8000).contentType, 'audio/basic');
	t.is(bodyKind('alaw', 8000).contentType, 'audio/PCMA; rate=8000');
	t.throws(() => bodyKind('mp4' as 'mp3', 8000), {code: 'OPTION_INVALID', message: /mp3, opus/});
});

test('the tokens of a model are spoken as they come, a flush too', async t => {
	const body = toneBody({text: tokens('Strea', 'ms can', '', ' talk. ', 'Well.')});
	t.is(spelled(await collect(body.stream)), 'Streams can talk. Well.');

	let goOn = () => {};
	const flushed = async function* () {
		yield 'not a sentence';
		yield flush;
		await new Promise<void>(resolve => {
			goOn = resolve;
		});
		yield ' but two';
	};
	const waiting = toneBody({text: flushed()});
	await waiting.ready;
	goOn();
	t.is(spelled(await collect(waiting.stream)), 'not a sentence but two');
});

test('the text is taken no faster than it is heard', async t => {
	const {text, taken} = endlessText();
	const body = toneBody({text});
	await body.ready;
	t.true((await still(taken)) < 2000);
	body.stream.destroy();
});

test('what goes wrong before the first byte rejects ready, whatever the format', async t => {
	for (const format of ['pcm_s16le', 'wav', 'mp3'] as const) {
		const speak = (options: Partial<SpeechBodyOptions>) => speechBody({text, format, ...options}).ready;
		await t.throwsAsync(speak({voiceId: 'hart'}), {code: 'VOICE_UNKNOWN'});
		await t.throwsAsync(speak({pitch: 2}), {code: 'VOICE_LACKS'});
		await t.throwsAsync(speak({speed: 3}), {code: 'OPTION_INVALID'});
		await t.throwsAsync(speak({text: ' \n'}), {code: 'TEXT_NOT_SPEAKABLE', message: /blank/});
		await t.throwsAsync(speak({text: ''}), {code: 'TEXT_NOT_SPEAKABLE'});
		await t.throwsAsync(speak({text: tokens()}), {code: 'TEXT_NOT_SPEAKABLE'});
		await t.throwsAsync(speak({text: '漢字'}), {code: 'TEXT_NOT_SPEAKABLE'});
		const failing = async function* () {
			yield 'Well';
			throw new Error('the model is gone');
		};
		await t.throwsAsync(speak({text: failing()}), {message: 'the model is gone'});
		// A model's chunks instead of the text in them.
		const chunks = async function* () {
			yield {delta: 'x'} as unknown as string;
		};
		await t.throwsAsync(speak({text: chunks()}), {code: 'TEXT_INVALID'});
	}
});

test('options that cannot be are refused at once', t => {
	for (const options of [
		{text: 5},
		{text: null},
		{text: []},
		{text: ['a', 'b']},
		{text, format: 'mp4'},
		{text, format: 'toString'},
		{text, format: 'wav', bitrate: 64_000},
		{text, format: 'mp3', bitrate: 1},
		{text, format: 'mp3', sampleRate: 7999},
		{text, voice: 'heart'},
	]) {
		t.throws(() => speechBody(options as unknown as SpeechBodyOptions), {code: 'OPTION_INVALID'});
	}
});

test.serial('whoever goes away stops the work: ffmpeg, the engine and the text', async t => {
	const {text: endless, left} = endlessText();
	const leaving = new AbortController();
	const pool = new FfmpegPool({size: 0});
	const body = speechBody({text: endless, format: 'mp3', pool, signal: leaving.signal});
	await body.ready;
	const running = ffmpegProcesses();
	leaving.abort();
	await t.throwsAsync(once(body.stream, 'close'), {name: 'AbortError'});
	t.is(ffmpegProcesses(), running - 1);
	t.true(body.speech.destroyed);
	await until(left);
	await t.throwsAsync(body.timeline);

	const early = speechBody({text, format: 'mp3', signal: AbortSignal.abort()});
	await t.throwsAsync(early.ready, {name: 'AbortError'});
	const destroyed = toneBody();
	destroyed.stream.destroy();
	await t.throwsAsync(destroyed.ready, {name: 'AbortError'});
});

test('a failure after the first byte destroys the stream', async t => {
	const {text, fail} = failingText();
	const body = toneBody({text});
	await body.ready;
	fail();
	await t.throwsAsync(collect(body.stream), {message: 'the model is gone'});
	await t.throwsAsync(body.timeline, {message: 'the model is gone'});
});
