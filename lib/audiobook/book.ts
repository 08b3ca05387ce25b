/** A book as its reader hears it: chapters of blocks, in reading order, with where every piece came from. */
export interface Book {
	/** As the source tells it; else a heading or the file's name. */
	readonly title: string;
	/** As the source tells them; empty where it does not. */
	readonly authors: readonly string[];
	/** BCP 47 tag; `en` where the source tells none. */
	readonly language: string;
	/** Of publication, four digits. */
	readonly year?: string | undefined;
	/** As the source tells it. */
	readonly publisher?: string | undefined;
	/** As the source tells it, without markup. */
	readonly description?: string | undefined;
	/** A picture that players show; none where the source has none of a kind that they do. */
	readonly cover?: Cover | undefined;
	/** In reading order. */
	readonly chapters: readonly Chapter[];
	/** What is not read aloud, with the reason. Characters read (those in runs) and skipped add up to `sourceCharacters`. */
	readonly skipped: readonly Skipped[];
	/** Characters of text in the source, in UTF-16 units; white space and what has no look (soft hyphens and the like) not counted. */
	readonly sourceCharacters: number;
	/** What was mended or odd in the source, for people. */
	readonly warnings: readonly string[];
}

/** A picture, as it stands in the source. */
export interface Cover {
	/** As its bytes tell, whatever its name says. */
	readonly mediaType: 'image/jpeg' | 'image/png';
	/** The file. */
	readonly bytes: Buffer;
}

/** What players list: a title, and what is read. */
export interface Chapter {
	/** Counted from 1 in the whole book, whichever chapters are chosen. */
	readonly number: number;
	/** As the table of contents or the heading has it. */
	readonly title: string;
	/** In reading order, its heading among them. */
	readonly blocks: readonly Block[];
}

/** A paragraph, heading or the like: what stands between two longer pauses. */
export interface Block {
	/** What it is in the source; it decides the pause behind it. */
	readonly kind:
		| 'heading'
		| 'paragraph'
		| 'listItem'
		| 'quote'
		| 'verse'
		| 'note'
		| 'table'
		| 'code'
		| 'image';
	/** What is read, in one line: white space collapsed as HTML does, soft hyphens and the like left out. */
	readonly text: string;
	/** BCP 47 tag where it is not the book's. A part in a language that has a voice of its own is a block of its own. */
	readonly language?: string | undefined;
	/**
	 * Set where its paragraph goes on in the next block, so that no paragraph's pause belongs between: within the sentence
	 * (the next block is in another language), or with the next line (verse, an address, a heading of two lines).
	 */
	readonly goesOn?: 'sentence' | 'line' | undefined;
	/** Whether a section of the text ends behind it (a scene break, `<hr>`). */
	readonly endsSection?: boolean | undefined;
	/** Where its text stands in the source, in order; text that is not the source's own (an image's alt) has none. */
	readonly runs: readonly Run[];
}

/** A stretch of a block's text that stands in the source character for character, but that any white space is read as a space. */
export interface Run {
	/** Offset into the block's text, and how long it is, in UTF-16 units. */
	readonly textStart: number;
	/** How long it is in the block's text, in UTF-16 units. */
	readonly length: number;
	/** The file within the source (for an EPUB its path in the archive), and the offset into its decoded text, in UTF-16 units. */
	readonly file: string;
	/** Where it begins in the file's decoded text, in UTF-16 units. */
	readonly sourceStart: number;
	/** How long it is there: more than `length` where it is a character reference or collapsed white space. */
	readonly sourceLength: number;
	/** Characters of the source, where the text stands for others: `XXIII`, read as `23`, counts 5. */
	readonly counts?: number | undefined;
}

/** A piece of the source that is not read. */
export interface Skipped {
	/** Where it stands: for an EPUB the path in the archive. */
	readonly file: string;
	/** Its beginning, for people to find it. */
	readonly excerpt: string;
	/** As `sourceCharacters` counts. 0 for what is no text of the source itself: an image with its alternative text, a missing file. */
	readonly characters: number;
	/** `page number`, `note reference`, `table`, `chapter not chosen`, … */
	readonly reason: string;
}
