/** How a stretch of a text is to be said, whatever it looks like: by a lexicon, or as its writer put it there. */
export interface Reading {
	/** Offsets into the text, in UTF-16 units: all that stands for it, markup included. */
	readonly start: number;
	readonly end: number;
	/** The word within it, which is what word events name. */
	readonly wordStart: number;
	readonly wordEnd: number;
	/** Letters of the voices' alphabet (lib/voices/heart/vocab.json). */
	readonly phonemes?: string;
	/** Or words in place of those written; empty: nothing is said. */
	readonly words?: string;
}
