import type {Phonemized} from '../../phonemes/phonemized.js';

/** A stretch of phonemes that is spoken at once. */
export interface Cut {
	/** Offsets into the phonemes, in UTF-16 units. */
	readonly start: number;
	readonly end: number;
}

const pause = /[;:,.!?—…]["”)]* ?$/;

/** Whether what stands before `end` asks for a pause there. */
export function pausesBefore(phonemes: string, end: number): boolean {
	return pause.test(phonemes.slice(Math.max(0, end - 6), end));
}

/**
 * Cuts phonemes into stretches of at most `limit`: after punctuation in the second half of a stretch, else before a word,
 * else at a space (a long number is one word), else anywhere.
 */
export function cutPhonemes({phonemes, words}: Phonemized, limit: number): Cut[] {
	const wordStarts = new Set(words.map(({start}) => start));
	const cuts: Cut[] = [];
	let start = 0;
	while (phonemes.length - start > limit) {
		const end =
			lastWhere(start + limit, start + limit / 2, at => wordStarts.has(at) && pausesBefore(phonemes, at)) ??
			lastWhere(start + limit, start, at => wordStarts.has(at)) ??
			lastWhere(start + limit, start, at => phonemes.charAt(at - 1) === ' ') ??
			start + limit;
		cuts.push({start, end});
		start = end;
	}
	cuts.push({start, end: phonemes.length});
	return cuts;
}

/** The last offset from `from` down to, without, `to` for which the test holds. */
function lastWhere(from: number, to: number, test: (at: number) => boolean): number | undefined {
	for (let at = from; at > to; at--) if (test(at)) return at;
	return undefined;
}
