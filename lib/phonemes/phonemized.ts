/** A word of a text as a reader counts them: `$3.50`, `Dr.` and `well-known` are one each. */
export interface PhonemizedWord {
	/** Offsets into the original text, in UTF-16 units, past the end; adjoining punctuation lies outside. */
	readonly textStart: number;
	readonly textEnd: number;
	/** Offsets into `phonemes`, in UTF-16 units, past the end; never empty. */
	readonly start: number;
	readonly end: number;
}

/** A text as phonemes, each of its words knowing where it stands in both. */
export interface Phonemized {
	/** Letters of the voices' alphabet (lib/voices/heart/vocab.json): words, spaces, and the punctuation that shapes the prosody. */
	readonly phonemes: string;
	/** In order, without overlap. A word that cannot be spoken is not there. */
	readonly words: readonly PhonemizedWord[];
}
