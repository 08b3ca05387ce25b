/** A word as eSpeak NG says it. */
export interface EspeakWord {
	/** Offsets into the text, in UTF-16 units. */
	readonly textStart: number;
	readonly textEnd: number;
	/** Its phonemes in IPA, each as one string: `h`, `ə`, `l`, `ˈoʊ`. */
	readonly phonemes: readonly string[];
	/** Whether eSpeak NG parts it from the word before. */
	readonly spaced: boolean;
}

/** How a family of voices writes eSpeak NG's phonemes, and which punctuation it was taught. */
export interface EspeakAlphabet {
	word(phonemes: readonly string[], language: string): string;
	/** The punctuation between two words as the voice takes it; single marks are offered, white space is a single space. */
	marks(between: string): string;
}
