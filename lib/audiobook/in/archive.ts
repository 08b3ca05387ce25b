import {once} from 'node:events';
import {buffer} from 'node:stream/consumers';
import {type Entry, openPromise, type ZipFile} from 'yauzl';
import {SpeechError} from '../../errors.js';
import {isSystemError} from '../../sinks/file-errors.js';
import type {BookFiles} from './files.js';
import {limits} from './limits.js';
import {unreadable} from './unreadable.js';

/**
 * The files of a ZIP archive. Throws SpeechError: BOOK_INVALID for what is none or is damaged, BOOK_PROTECTED where it is
 * encrypted, BOOK_TOO_LARGE beyond the limits, whatever its directory says of sizes.
 */
export async function openArchive(path: string): Promise<BookFiles> {
	const zip = await openZip(path);
	try {
		return new Archive(path, zip, await entriesOf(path, zip));
	} catch (error) {
		zip.close();
		throw error;
	}
}

class Archive implements BookFiles {
	readonly paths: ReadonlySet<string>;
	readonly #path: string;
	readonly #zip: ZipFile;
	readonly #entries: ReadonlyMap<string, Entry>;
	#total = 0;

	constructor(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
		this.#path = path;
		this.#zip = zip;
		this.#entries = entries;
		this.paths = new Set(entries.keys());
	}

	async read(path: string): Promise<Buffer> {
		const entry = this.#entries.get(path);
		if (!entry) throw new SpeechError('BOOK_INVALID', `${this.#path} holds no ${path}.`);
		if (entry.isEncrypted())
			throw new SpeechError(
				'BOOK_PROTECTED',
				`${this.#path} is encrypted (${path} asks for a password): only books without protection can be read.`,
			);
		const {compressedSize, uncompressedSize} = entry;
		this.#total += uncompressedSize;
		if (uncompressedSize > limits.fileBytes || this.#total > limits.totalBytes)
			throw tooLarge(this.#path, `${path} would unpack to ${uncompressedSize} bytes`);
		if (uncompressedSize > limits.freeBytes && uncompressedSize > compressedSize * limits.ratio)
			throw tooLarge(
				this.#path,
				`${path} would unpack to ${Math.round(uncompressedSize / compressedSize)} times its size`,
			);
		try {
			// The sizes are checked while it unpacks: no more comes than was said.
			return await buffer(await this.#zip.openReadStreamPromise(entry));
		} catch (cause) {
			throw damaged(this.#path, `${path}: ${messageOf(cause)}`, cause);
		}
	}

	async close(): Promise<void> {
		const closed = this.#zip.isOpen ? once(this.#zip, 'close') : undefined;
		this.#zip.close();
		await closed;
	}
}

async function openZip(path: string): Promise<ZipFile> {
	try {
		return await openPromise(path, {lazyEntries: true, autoClose: false, validateEntrySizes: true});
	} catch (cause) {
		if (isSystemError(cause)) throw unreadable(path, cause);
		throw damaged(path, messageOf(cause), cause);
	}
}

async function entriesOf(path: string, zip: ZipFile): Promise<Map<string, Entry>> {
	if (zip.entryCount > limits.files)
		throw tooLarge(path, `it holds ${zip.entryCount} files, more than ${limits.files}`);
	const entries = new Map<string, Entry>();
	try {
		for await (const entry of zip.eachEntry()) {
			if (entry.fileName.endsWith('/') || entries.has(entry.fileName)) continue;
			entries.set(entry.fileName, entry);
		}
	} catch (cause) {
		// yauzl refuses absolute paths and those that lead out of the archive.
		throw damaged(path, messageOf(cause), cause);
	}
	return entries;
}

function damaged(path: string, what: string, cause: unknown): SpeechError {
	return new SpeechError('BOOK_INVALID', `${path} cannot be read as an archive (ZIP): ${what}.`, {cause});
}

function tooLarge(path: string, what: string): SpeechError {
	return new SpeechError('BOOK_TOO_LARGE', `${path} is no book's size: ${what}.`);
}

function messageOf(cause: unknown): string {
	return cause instanceof Error ? cause.message.replace(/\.+$/, '') : String(cause);
}
