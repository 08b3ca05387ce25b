import {stat} from 'node:fs/promises';
import {Readable} from 'node:stream';
import {ZipFile} from 'yazl';
import {fileFailed} from '../../sinks/file-errors.js';
import {openTemporary} from '../../sinks/temporary-file.js';

/** A file of the archive: bytes at hand, bytes to be read when their turn comes, or a file on the disk. */
export interface ArchiveEntry {
	readonly path: string;
	readonly content: Buffer | (() => Promise<Buffer>) | {readonly file: string};
}

export interface ArchiveOptions {
	/** Of every entry: only its date is taken. */
	readonly date: Date;
	readonly overwrite: boolean;
	readonly signal: AbortSignal;
}

/** Media that are compressed already. */
const compressed = /\.(?:jpe?g|png|gif|webp|mp3|m4a|mp4|ogg|opus|woff2?)$/i;

/**
 * Writes an EPUB's container (EPUB 3.3, 4.2): `mimetype` first, as it is. It appears whole or not at all; the same entries give the
 * same bytes. Throws FILE_FAILED, and the signal's reason.
 */
export async function writeEpubArchive(
	output: string,
	entries: readonly ArchiveEntry[],
	{date, overwrite, signal}: ArchiveOptions,
): Promise<void> {
	signal.throwIfAborted();
	const zip = new ZipFile();
	// A Readable that its types call less.
	const bytes = zip.outputStream as Readable;
	zip.on('error', error => bytes.destroy(error));
	// Whoever reads it hears of it, now or later.
	bytes.on('error', () => {});
	const options = {mtime: noonOf(date), mode: 0o644, forceDosTimestamp: true};
	zip.addBuffer(Buffer.from('application/epub+zip'), 'mimetype', {...options, compress: false});
	for (const {path, content} of entries) {
		const settings = {...options, compress: !compressed.test(path)};
		if (Buffer.isBuffer(content)) zip.addBuffer(content, path, settings);
		else if ('file' in content) zip.addFile(content.file, path, settings);
		else
			zip.addReadStreamLazy(path, settings, give => {
				content().then(
					found => give(null, Readable.from([found], {objectMode: false})),
					error => give(error, bytes),
				);
			});
	}
	zip.end();
	try {
		await writeWhole(output, bytes, overwrite, signal);
	} catch (error) {
		signal.throwIfAborted();
		throw fileFailed(output, error);
	} finally {
		bytes.destroy();
	}
}

async function writeWhole(
	output: string,
	bytes: Readable,
	overwrite: boolean,
	signal: AbortSignal,
): Promise<void> {
	const existing = await stat(output).catch(() => undefined);
	if (existing && !overwrite) throw Object.assign(new Error('it exists already'), {code: 'EEXIST'});
	if (existing && !existing.isFile()) throw Object.assign(new Error('it is no file'), {code: 'EISDIR'});
	const target = await openTemporary(output, existing, {overwrite});
	try {
		for await (const chunk of bytes) {
			signal.throwIfAborted();
			await target.write(chunk);
		}
		await target.sync();
		await target.commit(() => signal.aborted);
		signal.throwIfAborted();
	} finally {
		await target.discard();
	}
}

/** ZIP's times have no zone, and are written as this machine's: at noon no clock is ever changed. */
function noonOf(date: Date): Date {
	const year = Math.min(2107, Math.max(1980, date.getUTCFullYear()));
	return new Date(year, date.getUTCMonth(), date.getUTCDate(), 12);
}
