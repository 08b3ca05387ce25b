import test from 'ava';
import {checkSampleRate, encoderFor, parseFormat} from '../../lib/audio/formats.js';
import {ffmpeg, ffmpegPath} from '../helpers/ffmpeg.js';
import {goOnIf} from '../helpers/shared.js';

const everySample = Buffer.from(Int16Array.from({length: 65_536}, (_, index) => index - 32_768).buffer);

test('each format says its container, encoding and bytes a sample', t => {
	t.deepEqual(parseFormat('mulaw'), {container: 'raw', encoding: 'mulaw', bytesPerSample: 1});
	t.deepEqual(parseFormat('wav'), {container: 'wav', encoding: 'pcm_s16le', bytesPerSample: 2});
	t.deepEqual(parseFormat('wav:pcm_f32le'), {container: 'wav', encoding: 'pcm_f32le', bytesPerSample: 4});
});

for (const value of ['', 'mp3', 'wav:', 'WAV', 'wav:wav', 'alaw ', 'constructor'] as readonly string[]) {
	test(`the format ${JSON.stringify(value)} is refused with the list of formats`, t => {
		t.throws(() => parseFormat(value), {
			code: 'OPTION_INVALID',
			message: /pcm_s16le, pcm_f32le, mulaw, alaw, wav, wav:pcm_s16le, wav:pcm_f32le, wav:mulaw, wav:alaw/,
		});
	});
}

test('rates from 8,000 to 48,000 Hz come back', t => {
	t.is(checkSampleRate(8000), 8000);
	t.is(checkSampleRate(48_000), 48_000);
});

for (const value of [7999, 48_001, 22_050.5, NaN, Infinity, '24000', null, 24_000n]) {
	test(`the rate ${typeof value} ${String(value)} is refused by name`, t => {
		const error = t.throws(() => checkSampleRate(value), {code: 'OPTION_INVALID'});
		t.true(error?.message.includes(String(value)));
	});
}

test('s16 passes through; float32 holds the same values', t => {
	t.is(encoderFor('pcm_s16le')(everySample), everySample);
	const floats = encoderFor('pcm_f32le')(everySample);
	t.is(floats.length, 4 * 65_536);
	for (let index = 0; index < 65_536; index++) {
		if (floats.readFloatLE(index * 4) !== (index - 32_768) / 32_768) t.fail(`sample ${index - 32_768}`);
	}
});

/** G.711 table 2a and 1a, whose character signals are listed for the decision values. */
test("G.711 code words of the standard's tables", t => {
	const codes = (encoding: 'mulaw' | 'alaw', samples: number[]) => [
		...encoderFor(encoding)(Buffer.from(Int16Array.from(samples).buffer)),
	];
	t.deepEqual(codes('mulaw', [0, 32_767, -32_768, -1]), [0xff, 0x80, 0x00, 0x7f]);
	t.deepEqual(
		codes(
			'mulaw',
			[31, 95, 223, 479, 991, 2015, 4063].map(decision => decision * 4),
		),
		[0xef, 0xdf, 0xcf, 0xbf, 0xaf, 0x9f, 0x8f],
	);
	t.deepEqual(codes('alaw', [0, 32_767, -32_768, -1]), [0xd5, 0xaa, 0x2a, 0x55]);
	t.deepEqual(
		codes(
			'alaw',
			[64, 128, 256, 512, 1024, 2048].map(decision => decision * 8),
		),
		[0xf5, 0xe5, 0x95, 0x85, 0xb5, 0xa5],
	);
});

/** Steps of 14 and 13 bits, by magnitude: half a step is the largest error a right encoder can make. */
const halfStep = {
	mulaw: (magnitude: number) =>
		2 ** Math.max(0, Math.floor(Math.log2(Math.min(8158, magnitude / 4) + 33)) - 5) * 4,
	alaw: (magnitude: number) => 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, magnitude / 8))) - 5) * 8,
};

/** The inversions undone: neighbouring levels of a law are neighbouring numbers, 0 being the quietest of either sign. */
const inversion = {mulaw: 0xff, alaw: 0xd5};
function levelOf(encoding: 'mulaw' | 'alaw', code = 0): number {
	const plain = code ^ inversion[encoding];
	return plain < 0x80 ? plain : 0x7f - plain;
}

for (const encoding of ['mulaw', 'alaw'] as const) {
	test(`every sample's ${encoding} code word, decoded by ffmpeg, is within half a step`, async t => {
		if (!goOnIf(t, ffmpegPath, 'no ffmpeg')) return;
		const codes = encoderFor(encoding)(everySample);
		const {stdout} = await ffmpeg(
			['-f', encoding, '-ar', '8000', '-ac', '1', '-i', 'pipe:0', '-f', 's16le', 'pipe:1'],
			codes,
		);
		t.is(stdout.length, everySample.length);
		for (let index = 0; index < 65_536; index++) {
			const sample = everySample.readInt16LE(index * 2);
			const error = Math.abs(stdout.readInt16LE(index * 2) - sample);
			// The loudest level lies below full scale, by 644 in mu-law and 512 in A-law.
			if (error > halfStep[encoding](Math.abs(sample)) + (Math.abs(sample) > 32_000 ? 512 : 0)) {
				t.fail(`${sample} comes back ${error} off`);
			}
		}
		t.pass();
	});

	test(`${encoding} is as ffmpeg encodes it, but for the neighbour on decision values`, async t => {
		if (!goOnIf(t, ffmpegPath, 'no ffmpeg')) return;
		const {stdout} = await ffmpeg(
			['-f', 's16le', '-ar', '8000', '-ac', '1', '-i', 'pipe:0', '-f', encoding, 'pipe:1'],
			everySample,
		);
		const codes = encoderFor(encoding)(everySample);
		const differing = [...codes.keys()].filter(index => codes[index] !== stdout[index]);
		t.true(differing.length < 1000, `${differing.length} of 65536 differ`);
		for (const index of differing) {
			t.is(
				Math.abs(levelOf(encoding, codes[index]) - levelOf(encoding, stdout[index])),
				1,
				`sample ${index - 32_768}`,
			);
		}
	});
}
