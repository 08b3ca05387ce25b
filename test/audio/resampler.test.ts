import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {mapPosition} from '../../lib/audio/clock.js';
import {createResampler} from '../../lib/audio/resampler.js';

async function resample(samples: Float32Array, from: number, to: number, cuts: readonly number[] = []) {
	const resampler = await createResampler(from, to);
	const pieces: Float32Array[] = [];
	let start = 0;
	for (const cut of cuts) {
		pieces.push(resampler.push(samples.subarray(start, start + cut)));
		start = Math.min(samples.length, start + cut);
	}
	pieces.push(resampler.push(samples.subarray(start)), resampler.end());
	return Float32Array.from(pieces.flatMap(piece => [...piece]));
}

function sine(frequency: number, rate: number, length: number): Float32Array {
	return Float32Array.from({length}, (_, n) => 0.5 * Math.sin((2 * Math.PI * frequency * n) / rate));
}

/** Noise that is the same in every run. */
function noise(length: number): Float32Array {
	let state = 1;
	return Float32Array.from({length}, () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647 - 0.5;
	});
}

function decibels(samples: Float32Array): number {
	const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
	return 10 * Math.log10(power / 0.125);
}

/** Without its ends, where a sine that begins at once is no sine. */
function middle(samples: Float32Array): Float32Array {
	return samples.subarray(samples.length >> 2, samples.length - (samples.length >> 2));
}

/** What `got` differs by from the same sine made at the new rate: imaging, aliasing, gain and delay all show. */
function deviation(got: Float32Array, frequency: number, rate: number): number {
	const ideal = sine(frequency, rate, got.length);
	return decibels(middle(got.map((sample, n) => sample - (ideal[n] ?? 0))));
}

const rate = fc.integer({min: 8000, max: 48_000});

test('however the input is cut, the same samples come out, as many as the rates say', async t => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat({max: 9000}),
			fc.array(fc.nat({max: 3000}), {maxLength: 12}),
			fc.oneof(rate, fc.constantFrom(22_050, 24_000)),
			fc.oneof(rate, fc.constantFrom(8000, 16_000, 24_000, 44_100, 48_000)),
			async (length, cuts, from, to) => {
				const samples = noise(length);
				const whole = await resample(samples, from, to);
				t.is(whole.length, mapPosition(length, from, to));
				t.deepEqual(await resample(samples, from, to, cuts), whole);
			},
		),
		{numRuns: 60},
	);
});

test('single samples put in give the same as all at once', async t => {
	const samples = noise(700);
	t.deepEqual(
		await resample(samples, 24_000, 44_100, new Array<number>(700).fill(1)),
		await resample(samples, 24_000, 44_100),
	);
});

test('equal rates give the samples themselves', async t => {
	const samples = noise(100);
	const resampler = await createResampler(24_000, 24_000);
	t.is(resampler.push(samples), samples);
	t.is(resampler.end().length, 0);
});

test('a given-up resampler takes no more', async t => {
	const resampler = await createResampler(24_000, 8000);
	resampler.close();
	resampler.close();
	t.throws(() => resampler.push(noise(10)), {message: /has ended/});
});

test('resamplers of one thread do not disturb each other', async t => {
	const samples = noise(4000);
	const [one, other] = await Promise.all([createResampler(24_000, 16_000), createResampler(24_000, 48_000)]);
	const first = one.push(samples.subarray(0, 2000));
	other.push(samples);
	const rest = one.push(samples.subarray(2000));
	t.deepEqual(Float32Array.of(...first, ...rest, ...one.end()), await resample(samples, 24_000, 16_000));
});

/** `share` of the lower Nyquist frequency. */
const passband = [0.02, 0.1, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9];
const stopband = [1.05, 1.1, 1.2, 1.4, 1.7, 2, 2.4, 2.9];

const flatAndClean = test.macro({
	async exec(t: ExecutionContext, from: number, to: number) {
		for (const share of passband) {
			const frequency = (share * Math.min(from, to)) / 2;
			const got = await resample(sine(frequency, from, 6000), from, to);
			const error = deviation(got, frequency, to);
			t.true(error < -80, `${frequency} Hz comes out changed by ${error} dB`);
		}
	},
	title: (_, from, to) => `${from} to ${to} Hz: tones below 0.9 Nyquist keep level and time, without images`,
});

const rejectsAliases = test.macro({
	async exec(t: ExecutionContext, from: number, to: number) {
		for (const share of stopband) {
			const frequency = (share * to) / 2;
			if (frequency >= from / 2) break;
			const level = decibels(middle(await resample(sine(frequency, from, 6000), from, to)));
			t.true(level < -90, `${frequency} Hz leaves ${level} dB`);
		}
	},
	title: (_, from, to) => `${from} to ${to} Hz: tones above the new Nyquist frequency vanish`,
});

for (const [from, to] of [
	[24_000, 8000],
	[24_000, 16_000],
	[24_000, 22_050],
	[24_000, 44_100],
	[24_000, 48_000],
	[22_050, 8000],
	[22_050, 24_000],
	[16_000, 24_000],
] as const) {
	test(flatAndClean, from, to);
	if (to < from) test(rejectsAliases, from, to);
}
