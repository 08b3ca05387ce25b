import {toInt16} from '../audio/samples.js';

/** Columns of a picture; twice as many stretches are kept at most. */
const columns = 240;
/** Every eighth sample tells enough for a thumbnail. */
const stride = 8;
const fullScale = 32_768;

/** The outline of some audio of unknown length, in memory that does not grow: mean squares of stretches that double when there are too many. */
export class Waveform {
	#energies: number[] = [];
	#stretch = 1024;
	#filled = 0;
	#sum = 0;

	/** s16le, and the silence behind it, in samples. */
	add(pcm: Buffer, silence: number): void {
		const samples = toInt16(pcm);
		for (let index = 0; index < samples.length; index += stride) {
			this.#sum += ((samples[index] ?? 0) / fullScale) ** 2;
			this.#filled += stride;
			if (this.#filled >= this.#stretch) this.#close();
		}
		for (let left = silence; left > 0; ) {
			const taken = Math.min(left, this.#stretch - this.#filled);
			left -= taken;
			this.#filled += taken;
			if (this.#filled >= this.#stretch) this.#close();
		}
	}

	/** RMS of each stretch, from 0 to 1; at most 480 of them. */
	get levels(): number[] {
		return this.#energies.map(Math.sqrt);
	}

	#close(): void {
		this.#energies.push((this.#sum * stride) / this.#filled);
		this.#sum = 0;
		this.#filled = 0;
		if (this.#energies.length < 2 * columns) return;
		this.#energies = Array.from(
			{length: columns},
			(_, index) => ((this.#energies[2 * index] ?? 0) + (this.#energies[2 * index + 1] ?? 0)) / 2,
		);
		this.#stretch *= 2;
	}
}
