import {createWriteStream} from 'node:fs';
import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import test from 'ava';
import {toFile} from '../../lib/sinks/file.js';
import {checkBitrate, outputRate, type TranscodeTarget, targetNamed} from '../../lib/transcode/targets.js';
import {transcode} from '../../lib/transcode/transcode.js';
import {goOnIf} from '../helpers/shared.js';
import {
	decode,
	delay,
	ffmpegs,
	lastGranule,
	speechOf,
	sweep,
	temporaryFolder,
} from '../helpers/transcoding.js';

const targets: readonly TranscodeTarget[] = ['mp3', 'opus', 'aac', 'm4a', 'flac', 'ogg', 'webm', 'wav'];
const sampleRate = 24_000;
const pcm = sweep(1.5, sampleRate);

/** Samples at 24 kHz that are decoded more than were encoded, and by how much later: at most. ADTS has no place to tell its 1,024 samples of priming. */
const inFile = {extra: {aac: 2048, m4a: 1024}, late: {aac: 1024}};
const inPipe = {extra: {mp3: 1152 + 576, aac: 2048, m4a: 2048}, late: {mp3: 1105, aac: 1024, m4a: 1024}};

const encodes = test.macro({
	title: (_, name: keyof typeof ffmpegs, target: TranscodeTarget) =>
		`${target} by the ${name} ffmpeg, file and pipe`,
	async exec(t, name: keyof typeof ffmpegs, target: TranscodeTarget) {
		const ffmpeg = ffmpegs[name];
		if (!goOnIf(t, ffmpeg, `no ${name} ffmpeg`)) return;
		process.env['FFMPEG_PATH'] = ffmpeg;
		const folder = await temporaryFolder(t);
		const file = join(folder, `file.${target}`);
		const pipe = join(folder, `pipe.${target}`);
		await pipeline(speechOf(pcm, {sampleRate}), transcode(target), toFile(file));
		await pipeline(speechOf(pcm, {sampleRate}), transcode(target), createWriteStream(pipe));
		for (const [path, allowed] of [
			[file, inFile],
			[pipe, inPipe],
		] as const) {
			const decoded = await decode(path, sampleRate);
			const extra: Partial<Record<TranscodeTarget, number>> = allowed.extra;
			const late: Partial<Record<TranscodeTarget, number>> = allowed.late;
			const more = decoded.length / 2 - pcm.length / 2;
			// ffmpeg 5.1 decodes up to 256 samples of Vorbis too few; the file is right, see the positions in Ogg.
			t.true(
				more >= (target === 'ogg' ? -256 : 0) && more <= (extra[target] ?? 256),
				`${path} has ${more} samples more`,
			);
			const lag = delay(pcm, decoded, 1500);
			t.true(Math.abs(lag - (late[target] ?? 0)) <= 1, `${path} is ${lag} samples late`);
		}
	},
});

for (const name of ['system', 'bundled'] as const) {
	for (const target of targets) test.serial(encodes, name, target);
}

test.serial('an mp3 of 24 kHz written as a file decodes to exactly the samples given', async t => {
	delete process.env['FFMPEG_PATH'];
	const file = join(await temporaryFolder(t), 'x.mp3');
	await pipeline(speechOf(pcm, {sampleRate}), transcode('mp3'), toFile(file));
	t.is((await decode(file, sampleRate)).length, pcm.length);
});

test.serial('the positions in Ogg say how many samples there are', async t => {
	delete process.env['FFMPEG_PATH'];
	const folder = await temporaryFolder(t);
	for (const samples of [6615, 7000, 24_000]) {
		const speech = () => speechOf(pcm.subarray(0, samples * 2), {sampleRate});
		await pipeline(speech(), transcode('ogg'), toFile(join(folder, 'x.ogg')));
		await pipeline(speech(), transcode('opus'), toFile(join(folder, 'x.opus')));
		t.is(lastGranule(await readFile(join(folder, 'x.ogg'))), samples);
		// In Opus they count at 48 kHz, the 312 samples of its own delay too (RFC 7845).
		t.is(lastGranule(await readFile(join(folder, 'x.opus'))), samples * 2 + 312);
	}
});

const takesRates = test.macro({
	title: (_, name: keyof typeof ffmpegs) =>
		`every target takes rates that its codec lacks, by the ${name} ffmpeg`,
	async exec(t, name: keyof typeof ffmpegs) {
		const ffmpeg = ffmpegs[name];
		if (!goOnIf(t, ffmpeg, `no ${name} ffmpeg`)) return;
		process.env['FFMPEG_PATH'] = ffmpeg;
		const folder = await temporaryFolder(t);
		for (const target of targets) {
			for (const rate of [8000, 13_337, 22_050, 44_100]) {
				const file = join(folder, `${rate}.${target}`);
				const short = sweep(0.3, rate);
				await pipeline(speechOf(short, {sampleRate: rate}), transcode(target), toFile(file));
				const seconds = (await decode(file, rate)).length / 2 / rate;
				t.true(
					seconds > 0.285 && seconds < 0.3 + 2100 / outputRate(targetNamed(target), rate),
					`${target} at ${rate} Hz: ${seconds} s`,
				);
			}
		}
	},
});
test.serial(takesRates, 'system');
test.serial(takesRates, 'bundled');

const takesBitrates = test.macro({
	title: (_, name: keyof typeof ffmpegs) => `the least and the greatest bitrate work, by the ${name} ffmpeg`,
	async exec(t, name: keyof typeof ffmpegs) {
		const ffmpeg = ffmpegs[name];
		if (!goOnIf(t, ffmpeg, `no ${name} ffmpeg`)) return;
		process.env['FFMPEG_PATH'] = ffmpeg;
		const folder = await temporaryFolder(t);
		for (const target of ['mp3', 'opus', 'm4a', 'ogg'] as const) {
			for (const rate of [8000, 24_000, 48_000]) {
				const [min = 0, max = 0] = targetNamed(target).bitrates?.(rate) ?? [];
				const sizes: number[] = [];
				for (const bitrate of [min, max]) {
					const file = join(folder, `${bitrate}.${target}`);
					await pipeline(
						speechOf(sweep(0.5, rate), {sampleRate: rate}),
						transcode(target, {bitrate}),
						toFile(file),
					);
					sizes.push((await stat(file)).size);
				}
				t.true((sizes[0] ?? 0) < (sizes[1] ?? 0), `${target} at ${rate} Hz: ${sizes} bytes`);
			}
		}
	},
});
test.serial(takesBitrates, 'system');
test.serial(takesBitrates, 'bundled');

test.serial('the same samples give the same bytes', async t => {
	delete process.env['FFMPEG_PATH'];
	const folder = await temporaryFolder(t);
	for (const target of targets) {
		const files = [join(folder, `one.${target}`), join(folder, `two.${target}`)];
		for (const [index, file] of files.entries()) {
			await pipeline(speechOf(pcm, {sampleRate, chunk: 4801 + index * 13}), transcode(target), toFile(file));
		}
		const [one, two] = await Promise.all(files.map(file => readFile(file)));
		t.deepEqual(one, two, target);
	}
});

test('a bitrate out of range is refused, and the range named', t => {
	const input = {sampleRate};
	t.throws(() => transcode('mp3', {bitrate: 320_000, input}), {
		code: 'OPTION_INVALID',
		message: /24000 Hz .* 8000 to 160000/,
	});
	t.throws(() => transcode('opus', {bitrate: 1.5, input}), {
		code: 'OPTION_INVALID',
		message: /6000 to 256000/,
	});
	t.throws(() => transcode('flac', {bitrate: 64_000, input}), {
		code: 'OPTION_INVALID',
		message: /leave it out/,
	});
	// @ts-expect-error bits per second are a number
	t.throws(() => transcode('mp3', {bitrate: '64k', input}), {code: 'OPTION_INVALID', message: /"64k"/});
});

test('a bitrate that only the rate of the stream piped in shows to be out of range fails the stream', async t => {
	const run = pipeline(
		speechOf(pcm, {sampleRate}),
		transcode('ogg', {bitrate: 200_000}),
		async function* (source) {
			yield* source;
		},
	);
	await t.throwsAsync(run, {code: 'OPTION_INVALID', message: /16000 to 90000/});
});

test('an unknown target is refused, and the targets named', t => {
	// @ts-expect-error no such target
	t.throws(() => transcode('mp4'), {
		code: 'OPTION_INVALID',
		message: /mp3, opus, aac, m4a, flac, ogg, webm, wav/,
	});
});

test('no bitrate at all is left to the target', t => {
	t.notThrows(() => checkBitrate(targetNamed('wav'), undefined, sampleRate));
});
