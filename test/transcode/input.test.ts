import {join} from 'node:path';
import {PassThrough, Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import test from 'ava';
import type {AudioFormat} from '../../lib/audio/formats.js';
import {wavHeader} from '../../lib/audio/wav.js';
import {toFile} from '../../lib/sinks/file.js';
import {transcode} from '../../lib/transcode/transcode.js';
import {collect} from '../helpers/streams.js';
import {decode, speechOf, sweep, temporaryFolder} from '../helpers/transcoding.js';

const sampleRate = 16_000;
const pcm = sweep(0.4, sampleRate);

const takes = test.macro({
	title: (_, format: AudioFormat) => `${format} is taken, in pieces of any size`,
	async exec(t, format: AudioFormat) {
		const file = join(await temporaryFolder(t), 'x.wav');
		const results: Buffer[] = [];
		for (const chunk of [7, 4096, 1_000_000]) {
			await pipeline(speechOf(pcm, {sampleRate, format, chunk}), transcode('wav'), toFile(file));
			results.push(await decode(file, sampleRate));
		}
		for (const result of results) t.deepEqual(result, results[0]);
		t.is(results[0]?.length, pcm.length);
		if (format.endsWith('pcm_s16le') || format === 'wav') t.deepEqual(results[0], pcm);
	},
});
for (const format of [
	'pcm_s16le',
	'pcm_f32le',
	'mulaw',
	'alaw',
	'wav',
	'wav:pcm_f32le',
	'wav:mulaw',
	'wav:alaw',
] as const) {
	test(takes, format);
}

test('of a WAV with sizes, what follows the samples is left out', async t => {
	const wav = Buffer.concat([
		wavHeader({encoding: 'pcm_s16le', sampleRate, dataBytes: pcm.length}),
		pcm,
		Buffer.from('LIST\x04\0\0\0abcd'),
	]);
	const file = join(await temporaryFolder(t), 'x.flac');
	await pipeline(
		Readable.from([wav], {objectMode: false}),
		transcode('flac', {input: {sampleRate, format: 'wav'}}),
		toFile(file),
	);
	t.deepEqual(await decode(file, sampleRate), pcm);
});

test('a WAV that is not as declared is refused', async t => {
	const stereo = wavHeader({encoding: 'pcm_s16le', sampleRate});
	stereo.writeUInt16LE(2, 22);
	for (const header of [
		wavHeader({encoding: 'mulaw', sampleRate}),
		wavHeader({encoding: 'pcm_s16le', sampleRate: 8000}),
		stereo,
	]) {
		const run = pipeline(
			Readable.from([header], {objectMode: false}),
			transcode('mp3', {input: {sampleRate, format: 'wav'}}),
			collect,
		);
		await t.throwsAsync(run, {
			code: 'OPTION_INVALID',
			message: /but pcm_s16le at 16000 Hz, mono, was declared/,
		});
	}
});

test('a WAV that ends within its header, or is none, is refused', async t => {
	const input = {sampleRate, format: 'wav'} as const;
	for (const bytes of [
		wavHeader({encoding: 'pcm_s16le', sampleRate}).subarray(0, 30),
		Buffer.from('this is text, not sound'),
	]) {
		const run = pipeline(Readable.from([bytes], {objectMode: false}), transcode('mp3', {input}), collect);
		await t.throwsAsync(run, {code: 'AUDIO_INVALID'});
	}
});

test('without a format, the first write is refused, and what to do is said', async t => {
	const run = pipeline(Readable.from([pcm], {objectMode: false}), transcode('mp3'), collect);
	await t.throwsAsync(run, {
		code: 'OPTION_INVALID',
		message: /tells its sampleRate and format, or give .* input: {sampleRate, format}/,
	});
});

test('what stands between hides the format; the option tells it', async t => {
	const hidden = () => speechOf(pcm, {sampleRate}).pipe(new PassThrough());
	await t.throwsAsync(pipeline(hidden(), transcode('wav'), collect), {code: 'OPTION_INVALID'});
	const wav = await pipeline(hidden(), transcode('wav', {input: {sampleRate}}), collect);
	t.deepEqual(wav.subarray(-pcm.length), pcm);
});

test('the option wins over what the stream tells', async t => {
	const file = join(await temporaryFolder(t), 'x.wav');
	await pipeline(speechOf(pcm, {sampleRate}), transcode('wav', {input: {sampleRate: 8000}}), toFile(file));
	t.deepEqual(await decode(file, 8000), pcm);
});

test('a stream that tells nonsense is refused', async t => {
	for (const told of [
		{sampleRate: 1, format: 'pcm_s16le'},
		{sampleRate: '16000', format: 'pcm_s16le'},
		{sampleRate, format: 'mp3'},
	]) {
		const source = Object.assign(Readable.from([pcm], {objectMode: false}), told);
		await t.throwsAsync(pipeline(source, transcode('mp3'), collect), {code: 'OPTION_INVALID'});
	}
});

test('the option is checked at once', t => {
	t.throws(() => transcode('mp3', {input: {sampleRate: 1}}), {
		code: 'OPTION_INVALID',
		message: /sampleRate is 1/,
	});
	// @ts-expect-error no such format
	t.throws(() => transcode('mp3', {input: {sampleRate, format: 'mp3'}}), {
		code: 'OPTION_INVALID',
		message: /format is "mp3"/,
	});
});

test('streams of one format can follow each other, of another can not', async t => {
	const out = transcode('wav');
	const result = collect(out);
	await pipeline(speechOf(pcm, {sampleRate}), out, {end: false});
	await pipeline(speechOf(pcm, {sampleRate}), out);
	t.deepEqual((await result).subarray(-2 * pcm.length), Buffer.concat([pcm, pcm]));

	const refusing = transcode('wav');
	const refused = t.throwsAsync(collect(refusing), {code: 'OPTION_INVALID', message: /another format/});
	await pipeline(speechOf(pcm, {sampleRate}), refusing, {end: false});
	await t.throwsAsync(pipeline(speechOf(pcm, {sampleRate: 8000}), refusing), {code: 'OPTION_INVALID'});
	await refused;
});

test('a last sample that is not whole is an error', async t => {
	const cut = Readable.from([pcm.subarray(0, 1001)], {objectMode: false});
	await t.throwsAsync(pipeline(cut, transcode('mp3', {input: {sampleRate}}), collect), {
		code: 'FFMPEG_FAILED',
	});
});
