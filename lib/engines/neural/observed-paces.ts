import {warnSlow} from './warnings.js';

/** ms of audio after which it is known how fast a voice is. */
const enough = 5000;

/** Watches how fast voices are, and warns once of one that is slower than speech with all workers together. */
export class ObservedPaces {
	readonly #workers: number;
	readonly #voices = new Map<string, {workMs: number; audioMs: number}>();

	constructor(workers: number) {
		this.#workers = workers;
	}

	add(voiceId: string, {workMs, audioMs}: {readonly workMs: number; readonly audioMs: number}): void {
		const seen = this.#voices.get(voiceId) ?? {workMs: 0, audioMs: 0};
		seen.workMs += workMs;
		seen.audioMs += audioMs;
		this.#voices.set(voiceId, seen);
		const factor = seen.workMs / seen.audioMs / this.#workers;
		if (seen.audioMs > enough && factor > 1) warnSlow(voiceId, factor);
	}
}
