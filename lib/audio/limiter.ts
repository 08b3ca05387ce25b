import {fromInt16, toInt16, toSample} from './samples.js';

/** ITU-R BS.1770-4, annex 2: interpolates four times as many samples; the other two phases are these backwards. */
const onSample = [
	0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
	0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
];
const betweenSamples = [
	-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
	-0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
];
const phases = [onSample, betweenSamples, betweenSamples.toReversed(), onSample.toReversed()];
const taps = 12;

const fullScale = 32_768;
/** Samples below this part of the ceiling are not looked at: no true peak is twice as high as the samples at its sides. */
const suspicious = 0.5;
/** What the gain's own movement may add, kept free: 0.1 dB. */
const margin = 10 ** (-0.1 / 20);
/** The gain goes down within so many ms before a peak, and up within as many after it. */
const rampMs = 5;

export interface LimiterOptions {
	/** Factor on the samples. */
	readonly gain: number;
	/** Highest true peak, as a factor of full scale. */
	readonly ceiling: number;
	/** Hz. */
	readonly sampleRate: number;
}

/** `gain` times the samples (s16le), turned down smoothly around the true peaks (ITU-R BS.1770) that would exceed the ceiling. Gives new memory. */
export function amplify(pcm: Buffer, {gain, ceiling, sampleRate}: LimiterOptions): Buffer {
	const samples = toInt16(pcm);
	const out = new Int16Array(samples.length);
	const limit = (ceiling * fullScale * margin) / gain;
	let [highest, lowest] = [0, 0];
	for (let index = 0; index < samples.length; index++) {
		const sample = samples[index] ?? 0;
		if (sample > highest) highest = sample;
		else if (sample < lowest) lowest = sample;
		out[index] = toSample(sample * gain);
	}
	if (Math.max(highest, -lowest) > limit * suspicious)
		turnDown(samples, out, {limit, gain, reach: Math.max(1, Math.round((rampMs * sampleRate) / 1000))});
	return fromInt16(out);
}

/** Samples that must be louder by no more than some factor, in order. */
interface Peaks {
	readonly places: number[];
	readonly factors: number[];
}

interface TurnDown {
	/** Highest true peak, before the gain. */
	readonly limit: number;
	readonly gain: number;
	/** Samples on either side of a peak at which the gain begins and ends to move. */
	readonly reach: number;
}

/** Writes the neighbourhoods of the peaks anew; all else is as it should be. */
function turnDown(samples: Int16Array, out: Int16Array, {limit, gain, reach}: TurnDown): void {
	const {places, factors} = findPeaks(samples, limit);
	const around = 2 * reach;
	for (let first = 0; first < places.length; ) {
		const start = Math.max(0, (places[first] ?? 0) - around);
		let last = first;
		while ((places[last + 1] ?? Infinity) - (places[last] ?? 0) <= 2 * around) last++;
		const end = Math.min(samples.length, (places[last] ?? 0) + around + 2);
		const least = new Float32Array(end - start).fill(1);
		for (let peak = first; peak <= last; peak++) {
			const [place = 0, factor = 1] = [places[peak], factors[peak]];
			// A true peak lies between its sample and the next.
			const [from, to] = [Math.max(start, place - reach), Math.min(end - 1, place + 1 + reach)];
			for (let near = from - start; near <= to - start; near++)
				if (factor < (least[near] ?? 1)) least[near] = factor;
		}
		const curve = smoothed(least, reach);
		for (let index = start; index < end; index++)
			out[index] = toSample((samples[index] ?? 0) * gain * (curve[index - start] ?? 1));
		first = last + 1;
	}
}

function findPeaks(samples: Int16Array, limit: number): Peaks {
	const peaks: Peaks = {places: [], factors: []};
	const [high, low] = [limit * suspicious, -limit * suspicious];
	for (let index = 0; index < samples.length; index++) {
		const sample = samples[index] ?? 0;
		if (sample <= high && sample >= low) continue;
		const factor = limit / truePeakAt(samples, index);
		if (factor >= 1) continue;
		peaks.places.push(index);
		peaks.factors.push(factor);
	}
	return peaks;
}

/** The highest magnitude from a sample up to the next. */
function truePeakAt(samples: Int16Array, index: number): number {
	let peak = Math.abs(samples[index] ?? 0);
	for (const phase of phases) {
		let sum = 0;
		for (let tap = 0; tap < taps; tap++) sum += (phase[tap] ?? 0) * (samples[index + 6 - tap] ?? 0);
		peak = Math.max(peak, Math.abs(sum));
	}
	return peak;
}

/** Means over `reach` samples: where all of them are low enough, their mean is. Beyond the ends all is as at the ends. */
function smoothed(least: Float32Array, reach: number): Float32Array {
	const half = Math.floor(reach / 2);
	const width = 2 * half + 1;
	const last = least.length - 1;
	const curve = new Float32Array(least.length);
	let sum = half * (least[0] ?? 1);
	for (let index = 0; index < half; index++) sum += least[Math.min(last, index)] ?? 1;
	for (let index = 0; index <= last; index++) {
		sum += least[Math.min(last, index + half)] ?? 1;
		curve[index] = sum / width;
		sum -= least[Math.max(0, index - half)] ?? 1;
	}
	return curve;
}
