import {samplesToMs} from '../audio/clock.js';

/** Speech runs at about fifteen UTF-16 units a second: an estimate for text whose audio is not there yet. */
const msPerUnit = 1000 / 15;

/**
 * Tells when the audio of the next utterance is needed: when all that was given has been played out at normal speed,
 * and what is on its way after it, but never before now.
 */
export class PlayoutClock {
	readonly #sampleRate: number;
	#playedOut = 0;
	#unitsAhead = 0;

	constructor(sampleRate: number) {
		this.#sampleRate = sampleRate;
	}

	/** The deadline of an utterance of so many units that is sent off now, in ms of `performance.now()`. */
	next(units: number): number {
		const deadline = Math.max(performance.now(), this.#playedOut) + this.#unitsAhead * msPerUnit;
		this.#unitsAhead += units;
		return deadline;
	}

	/** An utterance of so many units is no longer on its way. */
	spoken(units: number): void {
		this.#unitsAhead -= units;
	}

	/** So many samples were given. */
	give(samples: number): void {
		this.#playedOut = Math.max(performance.now(), this.#playedOut) + samplesToMs(samples, this.#sampleRate);
	}
}
