import {type Flush, flush} from '../synthesizer.js';
import {leave} from '../waiting.js';

/** Longest piece given at once, in UTF-16 units. */
const pieceLength = 4096;

/** What stands at a place of the text. */
export type Piece = {readonly text: string} | 'flush' | 'end';

/** The text of one `speak`, pulled when asked for, and kept from the first place on that may have to be sent again. Offsets are UTF-16 units. */
export class TextSource {
	readonly #source: AsyncIterator<string | Flush>;
	#kept = '';
	#keptFrom = 0;
	#flushes: number[] = [];
	#ended = false;
	#pulling: Promise<void> | undefined;

	constructor(text: AsyncIterable<string | Flush>) {
		this.#source = text[Symbol.asyncIterator]();
	}

	/** UTF-16 units that are kept. */
	get kept(): number {
		return this.#kept.length;
	}

	/** What stands at offset `at`, for a reader that began at `from`: a flush where it began is none. One call at a time; one that is given up loses nothing. */
	async next(at: number, from: number): Promise<Piece> {
		for (;;) {
			if (at > from && this.#flushes.includes(at)) return 'flush';
			const stop = this.#flushes.find(place => place > at);
			const text = this.#kept.slice(
				at - this.#keptFrom,
				Math.min(stop ?? Infinity, at + pieceLength) - this.#keptFrom,
			);
			if (text !== '') return {text};
			if (this.#ended) return 'end';
			this.#pulling ??= this.#pull();
			await this.#pulling;
		}
	}

	/** The text between two offsets, as far as it is kept. */
	slice(start: number, end: number): string {
		return this.#kept.slice(Math.max(0, start - this.#keptFrom), Math.max(0, end - this.#keptFrom));
	}

	/** What stands before `offset` is never asked for again. */
	forget(offset: number): void {
		if (offset <= this.#keptFrom) return;
		this.#kept = this.#kept.slice(offset - this.#keptFrom);
		this.#keptFrom = offset;
		this.#flushes = this.#flushes.filter(place => place >= offset);
	}

	/** Takes no more text. */
	close(): void {
		leave(this.#source);
	}

	async #pull(): Promise<void> {
		try {
			const {done, value} = await this.#source.next();
			const end = this.#keptFrom + this.#kept.length;
			if (done) this.#ended = true;
			else if (value !== flush) this.#kept += value;
			else if (this.#flushes.at(-1) !== end) this.#flushes.push(end);
		} finally {
			this.#pulling = undefined;
		}
	}
}
