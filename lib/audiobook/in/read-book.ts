import {open, readFile, stat} from 'node:fs/promises';
import {basename, resolve} from 'node:path';
import {SpeechError} from '../../errors.js';
import type {Book} from '../book.js';
import {openArchive} from './archive.js';
import {Audit} from './audit.js';
import {collection} from './collection.js';
import {readDocument} from './document.js';
import {readEpub} from './epub.js';
import {isEpub} from './epub-package.js';
import type {BookFiles} from './files.js';
import {openFolder, tooLarge} from './folder.js';
import {kindOfFile} from './kinds.js';
import {limits} from './limits.js';
import {type ReadBookOptions, type Reading, readingOf} from './options.js';
import type {ReadSource} from './source.js';
import {unreadable} from './unreadable.js';

/**
 * Reads a book as a listener wants it: an EPUB (2 or 3), Markdown, HTML, plain text, an unpacked EPUB, or a folder of such files in natural
 * order. Nothing vanishes silently: what is not read is in `skipped`, what was mended in `warnings`.
 *
 * Throws SpeechError: OPTION_INVALID; FILE_FAILED for what cannot be opened; BOOK_INVALID for what is no book, is damaged or has nothing
 * to read; BOOK_PROTECTED; BOOK_TOO_LARGE.
 */
export async function readBook(path: string, options: ReadBookOptions = {}): Promise<Book> {
	const reading = readingOf(options);
	reading.signal?.throwIfAborted();
	const audit = new Audit();
	const {metadata, language, cover, chapters} = await readSource(path, reading, audit);
	if (chapters.length === 0) throw nothingToRead(path, audit);
	return {
		...metadata,
		title: metadata.title ?? basename(resolve(path)),
		language,
		cover,
		chapters,
		skipped: audit.skipped,
		sourceCharacters: audit.sourceCharacters,
		warnings: audit.warnings,
	};
}

async function readSource(path: string, reading: Reading, audit: Audit): Promise<ReadSource> {
	const found = await stat(path).catch(cause => {
		throw unreadable(path, cause);
	});
	if (found.isDirectory()) {
		return using(await openFolder(path, audit), files =>
			isEpub(files) ? readEpub(files, path, reading, audit) : collection(files, path, reading, audit),
		);
	}
	if (!found.isFile()) throw new SpeechError('FILE_FAILED', `${path} is neither a file nor a folder.`);
	const kind = kindOfFile(await headOf(path), path);
	if (typeof kind === 'object')
		throw new SpeechError(
			'BOOK_INVALID',
			`${path} is ${kind.other}, which is not read: give an EPUB, Markdown, HTML or plain text (Calibre's ebook-convert makes EPUBs).`,
		);
	if (kind === 'epub') return using(await openArchive(path), files => readEpub(files, path, reading, audit));
	if (found.size > limits.fileBytes) throw tooLarge(path, found.size);
	const bytes = await readFile(path).catch(cause => {
		throw unreadable(path, cause);
	});
	return readDocument(bytes, {kind, file: basename(path)}, reading, audit);
}

async function using<Result>(files: BookFiles, use: (files: BookFiles) => Promise<Result>): Promise<Result> {
	try {
		return await use(files);
	} finally {
		await files.close();
	}
}

async function headOf(path: string): Promise<Buffer> {
	const file = await open(path).catch(cause => {
		throw unreadable(path, cause);
	});
	try {
		const {buffer, bytesRead} = await file.read(Buffer.alloc(512), 0, 512, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

function nothingToRead(path: string, {skipped, warnings}: Audit): SpeechError {
	const [first] = skipped;
	const why = first ? `: all of it is skipped (first: ${first.reason})` : '';
	return new SpeechError(
		'BOOK_INVALID',
		`${path} has nothing to read${why}. ${warnings.slice(0, 3).join(' ')}`.trim(),
	);
}
