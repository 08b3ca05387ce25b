import {samplesToMs} from '../audio/clock.js';

/** Speech runs at about fifteen UTF-16 units a second: an estimate for text whose audio is not there yet. */
const msPerUnit = 1000 / 15;

/**
 * Tells when the audio of an utterance is needed: when all that was given has been played out at normal speed, and what is
 * on its way before it, but never before its text was there. Times are in ms of `performance.now()`.
 */
export class PlayoutClock {
	readonly #sampleRate: number;
	#playedOut = 0;
	#unitsSent = 0;
	#unitsSpoken = 0;
	/** Of the utterance that is being given, in ms. */
	#given = 0;

	constructor(sampleRate: number) {
		this.#sampleRate = sampleRate;
	}

	/** Sends off an utterance of so many units. Gives what tells its deadline, which moves as those before it are given. */
	next(units: number): () => number {
		const sent = performance.now();
		const before = this.#unitsSent;
		this.#unitsSent += units;
		return () => {
			const ahead = (before - this.#unitsSpoken) * msPerUnit - this.#given;
			const due = Math.max(sent, this.#playedOut);
			// What comes before it is not there yet, so it cannot be needed before that could be played.
			return ahead > 0 ? Math.max(due, performance.now()) + ahead : due;
		};
	}

	/** An utterance of so many units was given. */
	spoken(units: number): void {
		this.#unitsSpoken += units;
		this.#given = 0;
	}

	/** So many samples were given. */
	give(samples: number): void {
		const ms = samplesToMs(samples, this.#sampleRate);
		this.#playedOut = Math.max(performance.now(), this.#playedOut) + ms;
		this.#given += ms;
	}
}
