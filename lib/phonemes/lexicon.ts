import {promisify} from 'node:util';
import {gunzip} from 'node:zlib';

/** What the lexicon says of a word. */
export interface Entry {
	/** `gold` was checked by people and wins; `silver` was made by a program. */
	readonly source: 'gold' | 'silver';
	readonly phonemes: string;
	/** Other readings by part of speech; null means: spell it letter by letter. */
	readonly tagged: ReadonlyMap<string, string | null>;
}

/** Unpacks a lexicon once, into memory that all worker threads can share. */
export async function inflateLexicon(gzip: Uint8Array): Promise<SharedArrayBuffer> {
	// Not the synchronous one: it would hold up the main thread for 40 ms.
	const text = await promisify(gunzip)(gzip);
	const shared = new SharedArrayBuffer(text.byteLength);
	new Uint8Array(shared).set(text);
	return shared;
}

const newline = 0x0a;
const tab = 0x09;
const noTagged: ReadonlyMap<string, string | null> = new Map();

/**
 * A pronunciation lexicon: UTF-8 lines `word TAB g|s TAB phonemes (TAB part-of-speech=phonemes)*`, sorted by the bytes of the
 * word, searched by bisection in place, because parsing them all would cost every worker a quarter of a second.
 */
export class Lexicon {
	readonly #bytes: Buffer;

	constructor(bytes: SharedArrayBuffer | Uint8Array) {
		this.#bytes =
			bytes instanceof Uint8Array
				? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
				: Buffer.from(bytes);
	}

	/** The entry of exactly this spelling, capitals and all. */
	lookup(word: string): Entry | undefined {
		if (word.includes('\t')) return undefined;
		const key = Buffer.from(word);
		let low = 0;
		let high = this.#bytes.length;
		while (low < high) {
			const start = this.#lineStart(low + ((high - low) >> 1), low);
			const order = this.#compare(key, start);
			if (order === 0)
				return parse(this.#bytes.toString('utf8', start + key.length + 1, this.#lineEnd(start)));
			if (order < 0) high = start;
			else low = this.#lineEnd(start) + 1;
		}
		return undefined;
	}

	#lineStart(position: number, least: number): number {
		let start = position;
		while (start > least && this.#bytes[start - 1] !== newline) start -= 1;
		return start;
	}

	#lineEnd(start: number): number {
		const end = this.#bytes.indexOf(newline, start);
		return end === -1 ? this.#bytes.length : end;
	}

	/** Negative, zero or positive, as `key` stands before, at or after the word of the line. */
	#compare(key: Uint8Array, start: number): number {
		for (let index = 0; index < key.length; index += 1) {
			const difference = (key[index] ?? 0) - (this.#bytes[start + index] ?? 0);
			// A tab, which ends the word of the line, is before every letter.
			if (difference !== 0) return difference;
		}
		return this.#bytes[start + key.length] === tab ? 0 : -1;
	}
}

function parse(line: string): Entry {
	const [source, phonemes = '', ...others] = line.split('\t');
	return {
		source: source === 'g' ? 'gold' : 'silver',
		phonemes,
		tagged: others.length === 0 ? noTagged : new Map(others.map(tagged)),
	};
}

function tagged(reading: string): [string, string | null] {
	const [tag = '', phonemes = ''] = reading.split('=');
	return [tag, phonemes === '' ? null : phonemes];
}
