import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import test from 'ava';
import {toFile} from '../../lib/sinks/file.js';
import type {CommandFunction} from '../../lib/transcode/command.js';
import {transcode} from '../../lib/transcode/transcode.js';
import {collect, until} from '../helpers/streams.js';
import {decode, endlessSpeech, speechOf, sweep, temporaryFolder} from '../helpers/transcoding.js';

const sampleRate = 24_000;
const pcm = sweep(0.5, sampleRate);

test('a function adds filters and chooses the format', async t => {
	const file = join(await temporaryFolder(t), 'x.flac');
	await pipeline(
		speechOf(pcm, {sampleRate}),
		transcode(command => command.audioFilters('volume=0').audioFrequency(48_000).format('flac')),
		toFile(file),
	);
	const decoded = await decode(file, 48_000);
	t.is(decoded.length, pcm.length * 2);
	t.true(decoded.every(byte => byte === 0));
});

test('without a format, the name of the file decides', async t => {
	const file = join(await temporaryFolder(t), 'x.flac');
	await pipeline(
		speechOf(pcm, {sampleRate}),
		transcode(() => {}),
		toFile(file),
	);
	t.deepEqual(await decode(file, sampleRate), pcm);
});

test('without a format and a name, ffmpeg says what is missing', async t => {
	const run = pipeline(
		speechOf(pcm, {sampleRate}),
		transcode(() => {}),
		collect,
	);
	await t.throwsAsync(run, {code: 'FFMPEG_FAILED', message: /output format/});
});

test('a file may be mixed in', async t => {
	const folder = await temporaryFolder(t);
	const music = join(folder, 'music.wav');
	await pipeline(speechOf(Buffer.alloc(pcm.length), {sampleRate}), transcode('wav'), toFile(music));
	const mixed = await pipeline(
		speechOf(pcm, {sampleRate}),
		transcode(command => command.input(music).complexFilter('amix=inputs=2:duration=first').format('s16le')),
		collect,
	);
	t.is(mixed.length, pcm.length);
});

test('an output that ends before the input is a success, and the rest of the input is dropped', async t => {
	const speech = endlessSpeech(sampleRate);
	const out = transcode(command => command.duration(0.25).format('s16le'));
	let bytes = 0;
	speech.pipe(out).on('data', chunk => {
		bytes += chunk.length;
	});
	await once(out, 'end');
	t.is(bytes, 12_000);
	const {given} = speech;
	await until(() => speech.given > given + 1_000_000);
	speech.destroy();
	out.destroy();
});

const refuses = test.macro({
	title: (_, what: string) => `${what} is refused`,
	exec(t, _: string, add: CommandFunction, message: RegExp) {
		t.throws(() => transcode(add), {code: 'OPTION_INVALID', message});
	},
});
test(refuses, 'an output', command => command.output('x.mp3'), /must not add an output/);
test(
	refuses,
	'a second output',
	command => command.output('x.mp3').output('y.mp3'),
	/must not add an output/,
);
test(
	refuses,
	'a stream as an output',
	command => command.output(new PassThrough()),
	/must not add an output/,
);
test(refuses, 'a stream as an input', command => command.input(new PassThrough()), /must not add a pipe/);
test(refuses, 'a pipe as an input', command => command.input('pipe:3'), /must not add a pipe/);
test(refuses, 'standard input once more', command => command.input('-'), /must not add a pipe/);
test(refuses, 'the same pipe once more', command => command.input('pipe:0'), /must not add a pipe/);
test(
	refuses,
	'a pipe among the options',
	command => command.outputOptions('-f', 'mp3', 'pipe:1'),
	/must not add a pipe/,
);
test(refuses, 'to run the command', command => command.run(), /must not run/);
test(refuses, 'to save', command => command.save('x.mp3'), /must not run/);
test(refuses, 'to pipe', command => command.pipe(new PassThrough()), /must not run/);
test(refuses, 'an async function', async command => command.format('mp3'), /must not be async/);

test('a bitrate belongs to a named target', t => {
	t.throws(() => transcode(command => command.format('mp3'), {bitrate: 64_000}), {
		code: 'OPTION_INVALID',
		message: /audioBitrate/,
	});
});

test('what the function throws is thrown', t => {
	const error = new Error('mine');
	const thrown = t.throws(() =>
		transcode(() => {
			throw error;
		}),
	);
	t.is(thrown, error);
});

test('a name that looks like an option or a protocol is a file', async t => {
	const folder = await temporaryFolder(t);
	for (const name of ['-y.mp3', 'http:x.mp3', 'a %d b.mp3', "it's.mp3"]) {
		const file = join(folder, name);
		await writeFile(file, 'old');
		await pipeline(speechOf(pcm, {sampleRate}), transcode('mp3'), toFile(file));
		t.is((await decode(`file:${file}`, sampleRate)).length, pcm.length, name);
	}
});
