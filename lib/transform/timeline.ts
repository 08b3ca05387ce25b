import {AudibleDetector} from '../audio/audible.js';
import {samplesToMs} from '../audio/clock.js';

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
	/** Length of all the audio. */
	readonly audioSeconds: number;
	/**
	 * ms in which who plays the audio as it comes had nothing to hear, although text was there and more audio was asked for;
	 * `gaps` tells how often.
	 */
	readonly gapMs: number;
	/** How often that happened. */
	readonly gaps: number;
	/**
	 * `endMs` over the audio's length: below 1 is faster than real time. It holds the whole stream, so a writer or reader
	 * that takes its time counts too. Null without audio.
	 */
	readonly realTimeFactor: number | null;
}

/** ms: less than a player's own buffer hides is no gap. */
const leastGap = 20;

/** Notes the moments of a stream's life. */
export class Stopwatch {
	readonly #sampleRate: number;
	readonly #audible: AudibleDetector;
	#firstText: number | undefined;
	#firstTextAt = 0;
	#firstChunk: number | undefined;
	#firstAudible: number | undefined;
	#samples = 0;
	/** When all that was given will have been heard. */
	#heard: number | undefined;
	/** Since when the reader waits, and since when there is text to speak; undefined while that is not so. */
	#wantedSince: number | undefined;
	#textSince: number | undefined;
	#gapMs = 0;
	#gaps = 0;

	constructor(sampleRate: number) {
		this.#sampleRate = sampleRate;
		this.#audible = new AudibleDetector(sampleRate);
	}

	text(): void {
		this.#textSince ??= performance.now();
		if (this.#firstText !== undefined) return;
		this.#firstText = performance.now();
		this.#firstTextAt = Date.now();
	}

	/** All text there is was spoken. */
	textSpoken(): void {
		this.#textSince = undefined;
	}

	/** The reader waits for audio. */
	wanted(): void {
		this.#wantedSince ??= performance.now();
	}

	/** Audio, s16le, is about to become readable. */
	chunk(pcm: Buffer): void {
		this.#firstChunk ??= performance.now();
		this.#samples += pcm.length / 2;
		this.#play(samplesToMs(pcm.length / 2, this.#sampleRate));
		if (this.#firstAudible === undefined && this.#audible.push(pcm) !== undefined)
			this.#firstAudible = performance.now();
	}

	/** So many ms are given to who plays them as they come. */
	#play(ms: number): void {
		const now = performance.now();
		const {NEGATIVE_INFINITY: never} = Number;
		const silent = now - Math.max(this.#heard ?? now, this.#wantedSince ?? now, this.#textSince ?? never);
		if (silent > leastGap) {
			this.#gapMs += silent;
			this.#gaps += 1;
		}
		this.#heard = Math.max(this.#heard ?? now, now) + ms;
		this.#wantedSince = undefined;
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
			gapMs: this.#gapMs,
			gaps: this.#gaps,
			realTimeFactor: audioSeconds > 0 ? endMs / 1000 / audioSeconds : null,
		};
	}
}
