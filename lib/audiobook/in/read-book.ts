import {basename} from 'node:path';
import type {Book} from '../book.js';
import {openArchive} from './archive.js';
import {Audit} from './audit.js';
import {readEpub} from './epub.js';
import {type ReadBookOptions, readingOf} from './options.js';
import type {ReadSource} from './source.js';

/**
 * Reads a book, an EPUB, as a listener wants it. Nothing vanishes silently: what is not read is in `skipped`, what was mended
 * in `warnings`. Throws SpeechError: OPTION_INVALID; FILE_FAILED where it cannot be opened; BOOK_INVALID, BOOK_PROTECTED,
 * BOOK_TOO_LARGE.
 */
export async function readBook(path: string, options: ReadBookOptions = {}): Promise<Book> {
	const reading = readingOf(options);
	const audit = new Audit();
	const files = await openArchive(path);
	try {
		return bookOf(await readEpub(files, path, reading, audit), path, audit);
	} finally {
		await files.close();
	}
}

function bookOf({metadata, language, cover, chapters}: ReadSource, path: string, audit: Audit): Book {
	return {
		...metadata,
		title: metadata.title ?? basename(path),
		language,
		cover,
		chapters,
		skipped: audit.skipped,
		sourceCharacters: audit.sourceCharacters,
		warnings: audit.warnings,
	};
}
