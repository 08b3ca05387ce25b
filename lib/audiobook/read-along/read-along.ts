import {open, stat} from 'node:fs/promises';
import {SpeechError} from '../../errors.js';
import type {Book} from '../book.js';
import {openArchive} from '../in/archive.js';
import {Audit} from '../in/audit.js';
import {isEpub} from '../in/epub-package.js';
import type {BookFiles} from '../in/files.js';
import {openFolder} from '../in/folder.js';
import {writeEpubArchive} from './archive.js';
import {overlay} from './overlay.js';
import {plainEpub} from './plain-epub.js';

/** What was rendered of one chapter of the book. */
export interface ReadAlongChapter {
	/** Which of `book.chapters`. */
	readonly chapter: number;
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

/**
 * Writes an EPUB 3 with media overlays (EPUB 3.3, 9): the book's own files with its audio, whose words or sentences are highlighted
 * as they are heard. An EPUB 2 becomes one of version 3. The same input gives the same bytes. Throws OPTION_INVALID; FILE_FAILED; BOOK_INVALID
 * where nothing of what was spoken stands in the text, and what reading the input throws.
 */
export async function writeReadAlong(options: ReadAlongOptions): Promise<void> {
	const {input, book, chapters, output, by = 'word', overwrite = false} = options;
	if (by !== 'word' && by !== 'sentence')
		throw new SpeechError('OPTION_INVALID', `by must be word or sentence, not ${JSON.stringify(by)}.`);
	const signal = options.signal ?? new AbortController().signal;
	const source = await sourceOf(input, book);
	try {
		const {entries, modified} = await overlay({name: input, ...source, chapters, by, signal});
		await writeEpubArchive(output, entries, {date: modified, overwrite, signal});
	} finally {
		await source.files.close();
	}
}

/** The files of an EPUB, packed or not, or of one made of any other book. */
async function sourceOf(input: string, book: Book) {
	const files = await filesOf(input);
	if (files && isEpub(files)) return {files, book};
	await files?.close();
	return plainEpub(book);
}

async function filesOf(input: string): Promise<BookFiles | undefined> {
	const found = await stat(input).catch(() => undefined);
	if (found?.isDirectory()) return openFolder(input, new Audit());
	return found?.isFile() && (await isArchive(input)) ? openArchive(input) : undefined;
}

/** Whether it begins as ZIP archives do. */
async function isArchive(path: string): Promise<boolean> {
	const file = await open(path);
	try {
		const {buffer} = await file.read(Buffer.alloc(4), 0, 4, 0);
		return buffer.equals(Buffer.from('PK\x03\x04', 'latin1'));
	} finally {
		await file.close();
	}
}
