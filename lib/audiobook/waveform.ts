import {toInt16} from '../audio/samples.js';

/** Columns of a picture; twice as many stretches are kept at most. */
const columns = 240;
/** Every eighth sample tells enough for a thumbnail. */
const stride = 8;

/** The outline of some audio of unknown length, in memory that does not grow: peaks of stretches that double when there are too many. */
export class Waveform {
	#peaks: number[] = [];
	#stretch = 1024;
	#filled = 0;
	#peak = 0;

	/** s16le. */
	add(pcm: Buffer): void {
		const samples = toInt16(pcm);
		for (let index = 0; index < samples.length; index += stride) {
			this.#peak = Math.max(this.#peak, Math.abs(samples[index] ?? 0));
			this.#filled += stride;
			if (this.#filled >= this.#stretch) this.#close();
		}
	}

	/** Peaks from 0 to 1, at most 480 of them. */
	get peaks(): number[] {
		return this.#peaks.map(peak => peak / 32_768);
	}

	#close(): void {
		this.#peaks.push(this.#peak);
		this.#peak = 0;
		this.#filled = 0;
		if (this.#peaks.length < 2 * columns) return;
		this.#peaks = Array.from({length: columns}, (_, index) =>
			Math.max(this.#peaks[2 * index] ?? 0, this.#peaks[2 * index + 1] ?? 0),
		);
		this.#stretch *= 2;
	}
}
