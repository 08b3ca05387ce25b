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
	const count = pcm.length / 2;
	const samples = new Float32Array(count);
	const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
	let highest = 0;
	for (let index = 0; index < count; index++) {
		const sample = view.getInt16(index * 2, true) * gain;
		samples[index] = sample;
		highest = Math.max(highest, Math.abs(sample));
	}
	const limit = ceiling * fullScale * margin;
	const curve = highest > limit * suspicious ? gainCurve(samples, limit, sampleRate) : undefined;
	const out = Buffer.alloc(pcm.length);
	const outView = new DataView(out.buffer, out.byteOffset, out.byteLength);
	for (let index = 0; index < count; index++) {
		const value = Math.round((samples[index] ?? 0) * (curve?.[index] ?? 1));
		outView.setInt16(index * 2, Math.max(-fullScale, Math.min(fullScale - 1, value)), true);
	}
	return out;
}

/** The factor on each sample; undefined where none is needed. */
function gainCurve(samples: Float32Array, limit: number, sampleRate: number): Float32Array | undefined {
	const reach = Math.max(1, Math.round((rampMs * sampleRate) / 1000));
	let least: Float32Array | undefined;
	for (let index = 0; index < samples.length; index++) {
		if (Math.abs(samples[index] ?? 0) <= limit * suspicious) continue;
		const factor = limit / truePeakAt(samples, index);
		if (factor >= 1) continue;
		least ??= new Float32Array(samples.length).fill(1);
		const end = Math.min(samples.length - 1, index + 1 + reach);
		for (let near = Math.max(0, index - reach); near <= end; near++)
			if (factor < (least[near] ?? 1)) least[near] = factor;
	}
	return least && smoothed(least, reach);
}

/** The highest magnitude from a sample up to the next. */
function truePeakAt(samples: Float32Array, index: number): number {
	let peak = Math.abs(samples[index] ?? 0);
	for (const phase of phases) {
		let sum = 0;
		for (let tap = 0; tap < taps; tap++) sum += (phase[tap] ?? 0) * (samples[index + 6 - tap] ?? 0);
		peak = Math.max(peak, Math.abs(sum));
	}
	return peak;
}

/** Means over `reach` on both sides: where all of them are low enough, their mean is. Beyond the ends there is no gain to lower. */
function smoothed(least: Float32Array, reach: number): Float32Array {
	const half = Math.floor(reach / 2);
	const width = 2 * half + 1;
	const curve = new Float32Array(least.length);
	const at = (index: number) => least[Math.max(0, Math.min(least.length - 1, index))] ?? 1;
	let sum = 0;
	for (let index = -half; index < half; index++) sum += at(index);
	for (let index = 0; index < least.length; index++) {
		sum += at(index + half);
		curve[index] = sum / width;
		sum -= at(index - half);
	}
	return curve;
}
