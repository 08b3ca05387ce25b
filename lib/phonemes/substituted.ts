import type {Reading} from './reading.js';

/** A text with other words in it, each place of which is known in the original. */
export interface Substituted {
	readonly text: string;
	/** The offset in the original (UTF-16 units) of one in `text`: within other words, that of the word they stand for. */
	original(offset: number): number;
}

/** Puts the words of readings in place, for engines that read by rules of their own; a reading by phonemes leaves its word. */
export function substitute(text: string, readings: readonly Reading[]): Substituted {
	const places: Array<{readonly from: number; readonly to: number; readonly fixed: boolean}> = [];
	let [said, end] = ['', 0];
	const add = (part: string, to: number, fixed: boolean) => {
		places.push({from: said.length, to, fixed});
		said += part;
	};
	for (const {start, end: stop, wordStart, wordEnd, words} of readings) {
		add(text.slice(end, start), end, false);
		add(words ?? text.slice(wordStart, wordEnd), wordStart, true);
		end = stop;
	}
	add(text.slice(end), end, false);
	return {
		text: said,
		original(offset) {
			const place = places.findLast(({from}) => from <= offset);
			if (place === undefined) return 0;
			return place.fixed ? place.to : place.to + offset - place.from;
		},
	};
}
