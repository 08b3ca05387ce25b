import {msToSamples} from './clock.js';

/**
 * How much of the silence around speech stays, in samples at `rate` Hz: 15 ms, enough for soft onsets, short enough
 * for a quick first sound.
 */
export function keepEdge(rate: number): number {
	return msToSamples(15, rate);
}

/** Fades `fadeIn` samples at the start and `fadeOut` at the end by a raised cosine, in place; gives the same array. */
export function fadeEdges(
	samples: Float32Array,
	{fadeIn, fadeOut}: {readonly fadeIn: number; readonly fadeOut: number},
): Float32Array {
	const last = samples.length - 1;
	for (let index = 0; index < Math.min(fadeIn, samples.length); index++) {
		samples[index] = (samples[index] ?? 0) * raisedCosine(index / fadeIn);
	}
	for (let index = 0; index < Math.min(fadeOut, samples.length); index++) {
		samples[last - index] = (samples[last - index] ?? 0) * raisedCosine(index / fadeOut);
	}
	return samples;
}

/** From 0 at 0 to 1 at 1, level at both ends. */
function raisedCosine(position: number): number {
	return (1 - Math.cos(Math.PI * position)) / 2;
}

/**
 * Cuts known silence of `lead` and `tail` samples down to `keep` each. Gives a view of the samples, and `start`:
 * how many were cut before it, which positions in the audio go down by.
 */
export function trimSilence(
	samples: Float32Array,
	{lead, tail, keep}: {readonly lead: number; readonly tail: number; readonly keep: number},
): {samples: Float32Array; start: number} {
	const start = Math.min(samples.length, Math.max(0, lead - keep));
	const end = samples.length - Math.max(0, tail - keep);
	return {samples: samples.subarray(start, Math.max(start, end)), start};
}

/** Samples before the first whose magnitude is above `threshold` (0 to 1): all of them where none is. */
export function silentLead(samples: Float32Array, threshold: number): number {
	const first = samples.findIndex(sample => Math.abs(sample) > threshold);
	return first < 0 ? samples.length : first;
}

/** Samples after the last whose magnitude is above `threshold` (0 to 1): all of them where none is. */
export function silentTail(samples: Float32Array, threshold: number): number {
	return samples.length - 1 - samples.findLastIndex(sample => Math.abs(sample) > threshold);
}
