import {msToSamples} from '../../audio/clock.js';

/** Where audio is louder than a level, in windows of 5 ms. Positions are in samples, at the edges of windows. */
export class Envelope {
	readonly #length: number;
	readonly #window: number;
	readonly #loud: readonly boolean[];

	/** `level` in dB of full scale, as the root of the mean square; `rate` in Hz. */
	constructor(samples: Float32Array, {level, rate}: {readonly level: number; readonly rate: number}) {
		const least = 10 ** (level / 10);
		const windowLength = msToSamples(5, rate);
		this.#window = windowLength;
		this.#length = samples.length;
		this.#loud = Array.from(
			{length: Math.ceil(samples.length / windowLength)},
			(_, index) => meanSquare(samples.subarray(index * windowLength, (index + 1) * windowLength)) > least,
		);
	}

	/** Start of the first sound within the span; undefined in silence. */
	firstSound(start: number, end: number): number | undefined {
		const [from, to] = [Math.floor(start / this.#window), Math.ceil(end / this.#window)];
		for (let index = Math.max(0, from); index < to; index++) {
			if (this.#loud[index]) return Math.max(start, index * this.#window);
		}
		return undefined;
	}

	/** End of the last sound within the span; undefined in silence. */
	lastSound(start: number, end: number): number | undefined {
		const [from, to] = [Math.floor(start / this.#window), Math.ceil(end / this.#window)];
		for (let index = to - 1; index >= Math.max(0, from); index--) {
			if (this.#loud[index]) return Math.min(end, this.#length, (index + 1) * this.#window);
		}
		return undefined;
	}

	/** Where the sound that goes on at `position` began, but not before `least`; `position` itself where there is none. */
	onsetOf(position: number, least: number): number {
		let index = Math.floor(position / this.#window);
		if (!this.#loud[index]) return position;
		while (this.#loud[index - 1]) index--;
		return Math.min(position, Math.max(least, index * this.#window));
	}
}

function meanSquare(window: Float32Array): number {
	let sum = 0;
	// By index: an iterator takes four times as long.
	for (let index = 0; index < window.length; index++) {
		const sample = window[index] ?? 0;
		sum += sample * sample;
	}
	return sum / window.length;
}
