import type {Book} from '../book.js';

/** What was rendered of one chapter of the book: `chapters` has one for each of `book.chapters`, in order. */
export interface ReadAlongChapter {
	/** Path of its audio, MP3 or M4A. It is copied as it is. */
	readonly audio: string;
	/** `audio/mp4` for M4A. */
	readonly mediaType: 'audio/mpeg' | 'audio/mp4';
	/** Hz: what the words' samples count. */
	readonly sampleRate: number;
	/** Length of the audio, in samples. */
	readonly samples: number;
	/** In the order in which they are heard. */
	readonly words: readonly ReadAlongWord[];
}

export interface ReadAlongWord {
	/** Which of the chapter's blocks. */
	readonly block: number;
	/** Offsets into the block's text, in UTF-16 units. */
	readonly textStart: number;
	readonly textEnd: number;
	/** Positions in the chapter's audio, pauses counted, in samples. */
	readonly startSample: number;
	readonly endSample: number;
}

export interface ReadAlongOptions {
	/** What the book was read from: an EPUB, or anything else, of which a plain EPUB is made then. */
	readonly input: string;
	/** As read from it. */
	readonly book: Book;
	readonly chapters: readonly ReadAlongChapter[];
	/** Where the EPUB goes; it appears whole or not at all. */
	readonly output: string;
	/** What is highlighted at once; `word` by default. */
	readonly by?: 'word' | 'sentence' | undefined;
	/** Whether a file that is there is replaced; false by default. */
	readonly overwrite?: boolean | undefined;
	readonly signal?: AbortSignal | undefined;
}
