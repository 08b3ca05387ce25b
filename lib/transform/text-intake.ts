import {type Flush, flush} from '../synthesizer.js';
import {Utf8Decoder} from '../text/decode.js';

/** Written between texts, told apart by identity: so it keeps its place in the queue of writes. */
export const flushMark: Buffer = Buffer.alloc(0);

/** What is written to the stream, made into text: decoded, counted, and dropped after an interruption. */
export class TextIntake {
	#decoder = new Utf8Decoder();
	#dropUntil: Buffer | undefined;
	#length = 0;

	/** UTF-16 units written so far, dropped ones too. */
	get length(): number {
		return this.#length;
	}

	/** Whether what is written is dropped. */
	get dropping(): boolean {
		return this.#dropUntil !== undefined;
	}

	/** What a written chunk has to be spoken, or undefined if there is nothing. Throws TEXT_INVALID_UTF8. */
	take(chunk: string | Buffer, encoding: string): string | Flush | undefined {
		if (chunk === this.#dropUntil) {
			this.#dropUntil = undefined;
			return undefined;
		}
		if (chunk === flushMark) return this.dropping ? undefined : flush;
		const text = this.#decode(chunk, encoding);
		this.#length += text.length;
		return this.dropping || text.length === 0 ? undefined : text;
	}

	/** Drops all text from here on until the mark given back, which has to be written after it. */
	drop(): Buffer {
		this.#decoder = new Utf8Decoder();
		this.#dropUntil = Buffer.alloc(0);
		return this.#dropUntil;
	}

	/** No more text. Throws TEXT_INVALID_UTF8 if it stops within a character. */
	end(): void {
		if (!this.dropping) this.#decoder.end();
		this.#dropUntil = undefined;
	}

	#decode(chunk: string | Buffer, encoding: string): string {
		if (typeof chunk === 'string' && !bytesAsText.has(encoding)) {
			this.#decoder.end();
			return chunk;
		}
		// Node's own types: an encoding that `write` let through is a BufferEncoding.
		const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
		return this.#decoder.push(bytes);
	}
}

/** Strings written in these encodings spell bytes; in all others the string is the text. */
const bytesAsText = new Set(['hex', 'base64', 'base64url']);
