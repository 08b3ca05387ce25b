/** How fast a voice makes speech. */
export interface VoicePace {
	/** Seconds of work for a second of speech, in one worker. */
	readonly realTimeFactor: number;
	/** How many work at the same time. */
	readonly workers: number;
}

/** Workers side by side slow each other down, and texts differ: plans reckon with so much more work. */
const margin = 1.25;
/** Below this an utterance of any usual length is ready while the one before it is heard. */
const slow = 0.25;
/** Least length of the first utterance, in letters; as the segmenter has it by default. */
const leastFirst = 20;
/** The first utterance is no longer than this, however slow the voice: then gaps cannot be helped. */
const mostFirst = 80;
/** The second may be so long, if the first is as long as planned. */
const comfortable = 60;
/** The second worker may have to be loaded while the first begins: in a command that was just started. Plans reckon with it always, so as to be the same. */
const loading = 40;
/** Shorter than this nothing is cut: it would sound chopped. */
const leastCut = 16;

/**
 * Plans how long utterances may be so that each is ready when the one before it has been heard: a slow voice begins with a longer
 * one, and those after it grow. It reckons in UTF-16 units, and from the text alone: the same text is cut in the same places.
 */
export class Pace {
	readonly #factor: number;
	/** When each worker is free, and when all that was planned has been heard, in the time that a unit takes to say. */
	readonly #free: number[];
	#heard: number | undefined;

	constructor({realTimeFactor, workers}: VoicePace) {
		this.#factor = realTimeFactor * margin;
		this.#free = Array.from({length: workers}, (_, index) => (index === 0 ? 0 : loading));
	}

	get #isSlow(): boolean {
		return this.#factor > slow;
	}

	/** The first utterance ends at the first clause of at least so many letters. */
	get firstClause(): number {
		const factor = this.#factor;
		// A second worker begins at once where it is loaded, the same one after the first is done.
		const needed = this.#free.length > 1 ? (comfortable * factor) / (1 + factor) : comfortable * factor;
		return Math.round(Math.min(mostFirst, Math.max(leastFirst, needed)));
	}

	/** The most that the next utterance may have. */
	get most(): number {
		if (!this.#isSlow) return Number.POSITIVE_INFINITY;
		if (this.#heard === undefined) return 1.5 * this.firstClause;
		return Math.max(leastCut, Math.floor((this.#heard - Math.min(...this.#free)) / this.#factor));
	}

	/** An utterance of so many units is on its way. */
	add(units: number): void {
		const start = Math.min(...this.#free);
		const ready = start + units * this.#factor;
		this.#free[this.#free.indexOf(start)] = ready;
		this.#heard = Math.max(this.#heard ?? 0, ready) + units;
	}
}
