import {AudibleDetector} from '../audio/audible.js';

/** How a stream's speech went: ms are counted from the first text written. */
export interface Timeline {
	/** When the first text was written, as `Date.now()` tells time. */
	readonly firstTextAt: number;
	/** ms to the first audio bytes, null if there were none. */
	readonly firstChunkMs: number | null;
	/** ms to the first samples that can be heard (10 ms windows above -40 dBFS for 50 ms), null if there were none. */
	readonly firstAudibleMs: number | null;
	/** ms to the end of the audio. */
	readonly endMs: number;
	readonly audioSeconds: number;
	/**
	 * `endMs` over the audio's length: below 1 is faster than real time. It holds the whole stream, so a writer or reader
	 * that takes its time counts too. Null without audio.
	 */
	readonly realTimeFactor: number | null;
}

/** Notes the moments of a stream's life. */
export class Stopwatch {
	readonly #sampleRate: number;
	readonly #audible: AudibleDetector;
	#firstText: number | undefined;
	#firstTextAt = 0;
	#firstChunk: number | undefined;
	#firstAudible: number | undefined;
	#samples = 0;

	constructor(sampleRate: number) {
		this.#sampleRate = sampleRate;
		this.#audible = new AudibleDetector(sampleRate);
	}

	text(): void {
		if (this.#firstText !== undefined) return;
		this.#firstText = performance.now();
		this.#firstTextAt = Date.now();
	}

	/** Audio, s16le, is about to become readable. */
	chunk(pcm: Buffer): void {
		this.#firstChunk ??= performance.now();
		this.#samples += pcm.length / 2;
		if (this.#firstAudible === undefined && this.#audible.push(pcm) !== undefined)
			this.#firstAudible = performance.now();
	}

	timeline(): Timeline {
		const start = this.#firstText ?? performance.now();
		const since = (moment: number | undefined) => (moment === undefined ? null : moment - start);
		const audioSeconds = this.#samples / this.#sampleRate;
		const endMs = performance.now() - start;
		return {
			firstTextAt: this.#firstTextAt || Date.now(),
			firstChunkMs: since(this.#firstChunk),
			firstAudibleMs: since(this.#firstAudible),
			endMs,
			audioSeconds,
			realTimeFactor: audioSeconds > 0 ? endMs / 1000 / audioSeconds : null,
		};
	}
}
