/** A book as its reader hears it: chapters of blocks, in reading order, with where every piece came from. */
export interface Book {
	readonly title: string;
	readonly authors: readonly string[];
	/** BCP 47 tag; `en` where the source tells none. */
	readonly language: string;
	readonly year?: string | undefined;
	readonly publisher?: string | undefined;
	readonly description?: string | undefined;
	readonly cover?: Cover | undefined;
	readonly chapters: readonly Chapter[];
	/** What is not read aloud, with the reason. Characters read and skipped add up to `sourceCharacters`. */
	readonly skipped: readonly Skipped[];
	/** Characters of text in the source, white space that only lays out the markup not counted, in UTF-16 units. */
	readonly sourceCharacters: number;
	/** What was mended or odd in the source, for people. */
	readonly warnings: readonly string[];
}

export interface Cover {
	readonly mediaType: 'image/jpeg' | 'image/png';
	readonly bytes: Buffer;
}

export interface Chapter {
	readonly title: string;
	readonly blocks: readonly Block[];
}

/** A paragraph, heading or the like: what stands between two longer pauses. */
export interface Block {
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
	/** What is read, white space collapsed as HTML does. */
	readonly text: string;
	/** BCP 47 tag where it is not the book's. A part in another language is a block of its own. */
	readonly language?: string | undefined;
	/** Whether a section of the text ends behind it (a scene break, `<hr>`). */
	readonly endsSection?: boolean | undefined;
	/** Where its text stands in the source, in order; text that is not the source's own (an image's alt) has none. */
	readonly runs: readonly Run[];
}

/** A stretch of a block's text that stands in the source character for character. */
export interface Run {
	/** Offset into the block's text, and how long it is, in UTF-16 units. */
	readonly textStart: number;
	readonly length: number;
	/** The file within the source (for an EPUB its path in the archive), and the offset into its decoded text, in UTF-16 units. */
	readonly file: string;
	readonly sourceStart: number;
	/** How long it is there: more than `length` where it is a character reference or collapsed white space. */
	readonly sourceLength: number;
}

export interface Skipped {
	readonly file: string;
	/** Its beginning, for people to find it. */
	readonly excerpt: string;
	/** UTF-16 units. */
	readonly characters: number;
	/** `page number`, `footnote reference`, `table`, `chapter not chosen`, … */
	readonly reason: string;
}
