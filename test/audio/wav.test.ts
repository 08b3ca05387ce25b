import {mkdtemp, open, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import type {Encoding} from '../../lib/audio/formats.js';
import {fileWavHeader, padBytes, parseWavHeader, wavHeader} from '../../lib/audio/wav.js';
import {ffmpeg, ffmpegPath} from '../helpers/ffmpeg.js';
import {goOnIf} from '../helpers/shared.js';

const encodings: readonly Encoding[] = ['pcm_s16le', 'pcm_f32le', 'mulaw', 'alaw'];
const codecs = {pcm_s16le: 'pcm_s16le', pcm_f32le: 'pcm_f32le', mulaw: 'pcm_mulaw', alaw: 'pcm_alaw'};
const GiB = 1024 ** 3;

const encodingArb = fc.constantFrom(...encodings);
const rateArb = fc.integer({min: 8000, max: 48_000});

test('what a streamed header says is read back, and nothing is said of its size', t => {
	fc.assert(
		fc.property(encodingArb, rateArb, (encoding, sampleRate) => {
			const header = wavHeader({encoding, sampleRate});
			t.deepEqual(parseWavHeader(header), {
				encoding,
				sampleRate,
				channels: 1,
				dataOffset: header.length,
				dataBytes: undefined,
			});
		}),
	);
});

test('a file header is read back with its size, below and past 4 GiB, always of one length', t => {
	fc.assert(
		fc.property(encodingArb, rateArb, fc.nat({max: 2 ** 50}), (encoding, sampleRate, dataBytes) => {
			const header = fileWavHeader({encoding, sampleRate, dataBytes});
			t.is(header.length, fileWavHeader({encoding, sampleRate, dataBytes: 0}).length);
			t.deepEqual(parseWavHeader(header), {
				encoding,
				sampleRate,
				channels: 1,
				dataOffset: header.length,
				dataBytes,
			});
		}),
	);
});

test('a header cut short asks for more bytes, wherever it is cut', t => {
	const header = fileWavHeader({encoding: 'mulaw', sampleRate: 8000, dataBytes: 5 * GiB});
	for (let length = 0; length < header.length; length++) {
		t.is(parseWavHeader(header.subarray(0, length)), undefined);
	}
});

test('RIFF below 4 GiB becomes RF64 with its sizes in ds64', t => {
	const small = fileWavHeader({encoding: 'pcm_s16le', sampleRate: 24_000, dataBytes: 4 * GiB - 1000});
	t.is(small.toString('latin1', 0, 4), 'RIFF');
	t.is(small.toString('latin1', 12, 16), 'JUNK');
	t.is(small.readUInt32LE(4), small.length - 8 + 4 * GiB - 1000);
	const dataBytes = 4 * GiB + 10;
	const large = fileWavHeader({encoding: 'pcm_s16le', sampleRate: 24_000, dataBytes});
	t.is(large.toString('latin1', 0, 4), 'RF64');
	t.is(large.toString('latin1', 12, 16), 'ds64');
	t.is(large.readUInt32LE(16), 28);
	t.deepEqual(
		[20, 28, 36].map(offset => large.readBigUInt64LE(offset)),
		[BigInt(large.length - 8 + dataBytes), BigInt(dataBytes), BigInt(dataBytes / 2)],
	);
	t.is(large.readUInt32LE(4), 0xff_ff_ff_ff);
	t.is(large.readUInt32LE(large.length - 4), 0xff_ff_ff_ff);
});

test('an odd number of bytes is padded, and the pad counts for RIFF alone', t => {
	t.is(padBytes(3), 1);
	t.is(padBytes(4), 0);
	const header = wavHeader({encoding: 'alaw', sampleRate: 8000, dataBytes: 3});
	t.is(header.readUInt32LE(4), header.length - 8 + 3 + 1);
	t.is(header.readUInt32LE(header.length - 4), 3);
});

test('formats other than PCM have an extended fmt chunk and a fact chunk', t => {
	const header = wavHeader({encoding: 'pcm_f32le', sampleRate: 16_000, dataBytes: 400});
	t.is(header.readUInt32LE(16), 18);
	t.is(header.readUInt16LE(36), 0);
	t.is(header.toString('latin1', 38, 42), 'fact');
	t.is(header.readUInt32LE(46), 100);
	t.is(wavHeader({encoding: 'pcm_s16le', sampleRate: 16_000}).length, 44);
});

test('unknown chunks, odd ones too, are stepped over', t => {
	const plain = wavHeader({encoding: 'pcm_s16le', sampleRate: 24_000, dataBytes: 8});
	const list = Buffer.from('LIST\x03\0\0\0abc\0', 'latin1');
	const header = Buffer.concat([plain.subarray(0, 12), list, plain.subarray(12)]);
	t.is(parseWavHeader(header)?.dataOffset, header.length);
});

for (const [what, bytes] of [
	['an MP3', Buffer.from([0xff, 0xfb, 0x90])],
	['RIFF that is not WAVE', Buffer.from('RIFF\0\0\0\0AVI ', 'latin1')],
	['samples before their format', Buffer.from('RIFF\0\0\0\0WAVEdata\0\0\0\0', 'latin1')],
	['a fmt chunk too short', Buffer.from('RIFF\0\0\0\0WAVEfmt \x02\0\0\0\x01\0', 'latin1')],
	['a header without end', Buffer.from('RIFF\0\0\0\0WAVELIST\xf0\xff\xff\xff', 'latin1')],
] as const) {
	test(`${what} is refused`, t => {
		t.throws(() => parseWavHeader(bytes), {code: 'AUDIO_INVALID'});
	});
}

test('24-bit samples are refused by their numbers', t => {
	const header = wavHeader({encoding: 'pcm_s16le', sampleRate: 24_000});
	header.writeUInt16LE(24, 34);
	t.throws(() => parseWavHeader(header), {
		code: 'AUDIO_INVALID',
		message: /format 1 with 24 bits and 1 channels/,
	});
});

for (const encoding of encodings) {
	test(`ffmpeg reads a streamed header of ${encoding}, and we read ffmpeg's`, async t => {
		if (!goOnIf(t, ffmpegPath, 'no ffmpeg')) return;
		const samples = Buffer.alloc(4 * 1000);
		const input = Buffer.concat([wavHeader({encoding, sampleRate: 22_050}), samples]);
		const {stdout, stderr} = await ffmpeg(['-i', 'pipe:0', '-c', 'copy', '-f', 'wav', 'pipe:1'], input);
		t.regex(stderr, new RegExp(`Input #0, wav[^]*${codecs[encoding]}[^]*22050 Hz, (1 channels|mono)`));
		const theirs = parseWavHeader(stdout);
		t.like(theirs, {encoding, sampleRate: 22_050, channels: 1, dataBytes: undefined});
		t.is(stdout.length - (theirs?.dataOffset ?? 0), samples.length);
	});
}

test("ffmpeg's extensible header with several channels is read", async t => {
	if (!goOnIf(t, ffmpegPath, 'no ffmpeg')) return;
	const raw = ['-f', 's16le', '-ar', '48000', '-ac', '6', '-i', 'pipe:0'];
	const {stdout} = await ffmpeg([...raw, '-f', 'wav', 'pipe:1'], Buffer.alloc(12 * 100));
	t.is(stdout.readUInt16LE(20), 0xff_fe);
	t.like(parseWavHeader(stdout), {encoding: 'pcm_s16le', sampleRate: 48_000, channels: 6});
});

test('ffmpeg tells the right length of a file past 4 GiB', async t => {
	if (!goOnIf(t, ffmpegPath, 'no ffmpeg')) return;
	const folder = await mkdtemp(join(tmpdir(), 'speechpipe-wav-'));
	t.teardown(() => rm(folder, {recursive: true}));
	const path = join(folder, 'long.wav');
	const dataBytes = 28 * 3600 * 24_000 * 2;
	const header = fileWavHeader({encoding: 'pcm_s16le', sampleRate: 24_000, dataBytes});
	const file = await open(path, 'w');
	await file.write(header);
	await file.truncate(header.length + dataBytes); // A hole: no disk is needed.
	await file.close();
	const {stderr} = await ffmpeg(['-i', path]);
	t.regex(stderr, /Duration: 28:00:00\.00/);
});
