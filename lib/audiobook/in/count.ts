import type {Chapter} from '../book.js';

/** White space, and what is never seen nor heard: soft hyphen, zero-width space, word joiner, byte order mark. */
const uncounted = /[\s\u0085\u00AD\u200B\u2060\uFEFF]+/g;

/** Characters of a text as the audit counts them, in UTF-16 units. */
export function countCharacters(text: string): number {
	let count = text.length;
	for (const [blank] of text.matchAll(uncounted)) count -= blank.length;
	return count;
}

/** Characters of a chapter that are read and stand in the source, as the audit counts them. */
export function readCharacters({blocks}: Chapter): number {
	let count = 0;
	for (const {text, runs} of blocks)
		for (const {textStart, length, counts} of runs)
			count += counts ?? countCharacters(text.slice(textStart, textStart + length));
	return count;
}
