/** The letters that a network for unknown words knows; the file beside the network (`us-oov.json`) holds it. */
export interface GuessCoding {
	/** Letters of words. */
	readonly in: readonly string[];
	/** Letters of phonemes. */
	readonly out: readonly string[];
	/** The most letters that the network takes at once. */
	readonly maxlen: number;
}

/** A word in pieces that the network takes, cut before syllables: what is longer would be cut short silently. */
export function guessablePieces({maxlen}: GuessCoding, word: string): string[] {
	const pieces: string[] = [];
	const rest = Array.from(word);
	while (rest.length > maxlen) {
		let cut = maxlen;
		while (cut > maxlen / 2 && !isSyllable(rest.slice(cut - 1, cut + 2).join(''))) cut -= 1;
		pieces.push(rest.splice(0, cut > maxlen / 2 ? cut : maxlen).join(''));
	}
	return [...pieces, rest.join('')].filter(piece => piece !== '');
}

/** A vowel, and a consonant with its vowel after the cut. */
const isSyllable = (letters: string) => /^[aeiouy][^aeiouy\W][aeiouy]$/iu.test(letters);

/**
 * A word as the network's input `chars`: 1 + the letter's place in `in`, letters it doesn't know left out.
 * Empty where it knows none: then there is nothing to run.
 */
export function encodeGuess(coding: GuessCoding, word: string): number[] {
	const ids = Array.from(word, letter => coding.in.indexOf(letter) + 1).filter(id => id > 0);
	return ids.slice(0, coding.maxlen);
}

/** The network's output `ids` as phonemes: repeats collapse, 0 is the blank between them (connectionist temporal classification). */
export function decodeGuess(coding: GuessCoding, ids: ArrayLike<number | bigint>): string {
	let phonemes = '';
	let previous = 0;
	for (const id of Array.from(ids, Number)) {
		if (id !== previous && id !== 0) phonemes += coding.out[id - 1] ?? '';
		previous = id;
	}
	return phonemes;
}
