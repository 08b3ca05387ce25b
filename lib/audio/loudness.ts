/** Loudness of 400 ms, one every 100 ms, and what is quieter than this does not count: ITU-R BS.1770-4, annex 1. */
const steps = 4;
const absoluteGate = -70;
/** LU below the mean of what counts, from where on it counts. */
const relativeGate = -10;

/** A filter of second order: b over a, a[0] being 1. */
interface Biquad {
	readonly b: readonly [number, number, number];
	readonly a: readonly [number, number];
}

/**
 * Measures mono audio as it comes by ITU-R BS.1770-4 and EBU R 128, K-weighted and gated; one channel counts once, as ffmpeg's
 * `ebur128` has it. It holds ten numbers for each second.
 */
export class LoudnessMeter {
	readonly #filters: ReadonlyArray<{readonly filter: Biquad; x1: number; x2: number; y1: number; y2: number}>;
	/** Samples of 100 ms. */
	readonly #stepLength: number;
	/** Mean squares of 100 ms each. */
	readonly #energies: number[] = [];
	#sum = 0;
	#count = 0;

	/** `rate` in Hz. */
	constructor(rate: number) {
		this.#filters = kWeighting(rate).map(filter => ({filter, x1: 0, x2: 0, y1: 0, y2: 0}));
		this.#stepLength = Math.round(rate / 10);
	}

	/** Takes samples of -1 to 1. */
	push(samples: Float32Array): void {
		for (const sample of samples) {
			let value = sample;
			for (const state of this.#filters) {
				const {b, a} = state.filter;
				const y = b[0] * value + b[1] * state.x1 + b[2] * state.x2 - a[0] * state.y1 - a[1] * state.y2;
				[state.x2, state.x1, state.y2, state.y1] = [state.x1, value, state.y1, y];
				value = y;
			}
			this.#sum += value * value;
			if (++this.#count < this.#stepLength) continue;
			this.#energies.push(this.#sum / this.#stepLength);
			this.#sum = 0;
			this.#count = 0;
		}
	}

	/** The integrated loudness so far, in LUFS; -Infinity for silence and for less than 400 ms. */
	get integrated(): number {
		const blocks = this.#energies
			.slice(steps - 1)
			.map((_, index) => mean(this.#energies.slice(index, index + steps)))
			.filter(energy => loudnessOf(energy) > absoluteGate);
		const gate = loudnessOf(mean(blocks)) + relativeGate;
		return loudnessOf(mean(blocks.filter(energy => loudnessOf(energy) > gate)));
	}
}

/** The integrated loudness of mono samples of -1 to 1, in LUFS. */
export function integratedLoudness(samples: Float32Array, rate: number): number {
	const meter = new LoudnessMeter(rate);
	meter.push(samples);
	return meter.integrated;
}

function loudnessOf(energy: number): number {
	return -0.691 + 10 * Math.log10(energy);
}

function mean(values: readonly number[]): number {
	return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard gives the coefficients for 48 kHz alone; these are its filters for any rate (as libebur128 derives them). */
function kWeighting(rate: number): readonly [Biquad, Biquad] {
	return [shelf(rate), highPass(rate)];
}

function shelf(rate: number): Biquad {
	const k = Math.tan((Math.PI * 1681.974450955533) / rate);
	const q = 0.7071752369554196;
	const high = 10 ** (3.999843853973347 / 20);
	const band = high ** 0.4996667741545416;
	const scale = 1 + k / q + k * k;
	return {
		b: [
			(high + (band * k) / q + k * k) / scale,
			(2 * (k * k - high)) / scale,
			(high - (band * k) / q + k * k) / scale,
		],
		a: [(2 * (k * k - 1)) / scale, (1 - k / q + k * k) / scale],
	};
}

function highPass(rate: number): Biquad {
	const k = Math.tan((Math.PI * 38.13547087602444) / rate);
	const q = 0.5003270373238773;
	const scale = 1 + k / q + k * k;
	return {b: [1, -2, 1], a: [(2 * (k * k - 1)) / scale, (1 - k / q + k * k) / scale]};
}
