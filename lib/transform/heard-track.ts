/** How much text is kept, in UTF-16 units, and how many positions: an hour of speech or so. */
const keptText = 1 << 16;
const keptMarks = 1 << 14;

interface Mark {
	readonly textEnd: number;
	readonly endSample: number;
}

/** What had been heard when speech was interrupted. */
export interface Heard {
	/** The text up to the end of the last word heard whole, from the stream's start or the last interruption (its last 64 Ki units at most). */
	readonly text: string;
	/** Where that ends in all the text written, in UTF-16 units. */
	readonly textEnd: number;
	/** Samples heard since the stream's start or the last interruption, and the same in ms. */
	readonly samples: number;
	/** The samples heard, in ms. */
	readonly ms: number;
}

/** Remembers which text stands where in the audio, so that "what was heard?" has an answer; bounded however long the stream. */
export class HeardTrack {
	#text = '';
	#textStart: number;
	#from: number;
	#marks: Mark[] = [];

	/** From this offset into all the text on. */
	constructor(from = 0) {
		this.#from = from;
		this.#textStart = from;
	}

	/** Text that is to be spoken next. */
	add(text: string): void {
		this.#text += text;
		if (this.#text.length <= 2 * keptText) return;
		this.#textStart += this.#text.length - keptText;
		this.#text = this.#text.slice(-keptText);
	}

	/** Text up to `textEnd` has been heard once `endSample` samples have. */
	mark(textEnd: number, endSample: number): void {
		this.#marks.push({textEnd, endSample});
		if (this.#marks.length > 2 * keptMarks) this.#marks = this.#marks.slice(-keptMarks);
	}

	/** The source between two offsets, or undefined where it is no longer (or not yet) held. */
	textBetween(start: number, end: number): string | undefined {
		if (start < this.#textStart || end > this.#textStart + this.#text.length) return undefined;
		return this.#text.slice(start - this.#textStart, end - this.#textStart);
	}

	at(samples: number): Pick<Heard, 'text' | 'textEnd'> {
		const textEnd = this.#marks.findLast(mark => mark.endSample <= samples)?.textEnd ?? this.#from;
		const from = Math.max(this.#from, this.#textStart);
		return {text: this.textBetween(from, Math.max(from, textEnd)) ?? '', textEnd};
	}
}
