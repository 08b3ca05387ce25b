import {randomBytes} from 'node:crypto';
import {mkdir, open, readdir, rename, rm, stat} from 'node:fs/promises';
import {basename, dirname, extname, join, resolve} from 'node:path';
import {SpeechError} from '../errors.js';
import {fileFailed} from '../sinks/file-errors.js';
import {syncFolder} from '../sinks/temporary-file.js';
import type {BookFormat} from '../transcode/book-files.js';
import type {Chapter} from './book.js';
import {type Lock, takeLock} from './lock.js';

const formats: ReadonlyMap<string, BookFormat> = new Map([
	['m4b', 'm4b'],
	['m4a', 'm4b'],
	['mp3', 'mp3'],
	['opus', 'opus'],
	['flac', 'flac'],
	['wav', 'wav'],
]);

/** What the output is: one file, or a folder with one for each chapter. */
export interface OutputPlan {
	/** Absolute. */
	readonly path: string;
	readonly isFolder: boolean;
	readonly format: BookFormat;
	/** Whether the file is an EPUB that holds the chapters' files. */
	readonly isReadAlong: boolean;
}

/**
 * By its extension a file; without one, or with a slash at its end, or where it is a folder already, a folder of files in `format`, `mp3` by
 * default; `.epub` is a read-along EPUB. Throws OPTION_INVALID.
 */
export async function planOutput(output: string, format: string | undefined): Promise<OutputPlan> {
	const path = resolve(output);
	const extension = extname(output).slice(1).toLowerCase();
	const existing = await stat(path).catch(() => undefined);
	const isFolder = existing?.isDirectory() ?? (extension === '' || /[/\\]$/.test(output));
	if (existing && !existing.isDirectory() && !existing.isFile())
		throw invalid(`The output ${output} is neither a file nor a folder.`);
	const isReadAlong = !isFolder && extension === 'epub';
	const name = format ?? (isFolder || isReadAlong ? 'mp3' : extension);
	const found = formats.get(name);
	const all = [...formats.keys()];
	if (!found) {
		const what =
			format === undefined ? `The output ends in .${extension}` : `format is ${JSON.stringify(format)}`;
		throw invalid(
			`${what}: an audiobook is one of ${[...all, 'epub'].join(', ')}, or a folder of chapters (a name without extension).`,
		);
	}
	if (isReadAlong && found !== 'mp3' && found !== 'm4b')
		throw invalid(`format is ${JSON.stringify(name)}: the audio in an EPUB is mp3 or m4b.`);
	if (!isFolder && !isReadAlong && formats.get(extension) !== found)
		throw invalid(`${output} would be ${name}: name it ${basename(output, extname(output))}.${name}.`);
	return {path, isFolder, format: found, isReadAlong};
}

/** Where the parts of the output are made, beside it: nothing else uses it while the lock is held. */
export interface Workplace {
	readonly folder: string;
	/** Removes it, and lets others make the output. */
	close(): Promise<void>;
}

/** Throws BOOK_LOCKED, and FILE_FAILED where the folder of the output is not there or can't be written. */
export async function openWorkplace({path}: OutputPlan): Promise<Workplace> {
	const lock: Lock = await takeLock(join(dirname(path), `.${basename(path)}.lock`), path);
	const making = `.${basename(path)}.making-`;
	// Of its own: an ffmpeg that outlived a killed run can't write into it.
	const folder = join(dirname(path), `${making}${randomBytes(4).toString('hex')}`);
	try {
		// What a killed run left is worth nothing: its utterances are in the cache.
		for (const name of await readdir(dirname(path))) {
			if (name.startsWith(making)) await rm(join(dirname(path), name), {recursive: true, force: true});
		}
		await mkdir(folder);
	} catch (error) {
		await lock.release();
		throw fileFailed(path, error);
	}
	return {
		folder,
		async close() {
			await rm(folder, {recursive: true, force: true});
			await lock.release();
		},
	};
}

/** Of the report in a folder of chapters. */
export const reportName = 'report.html';

/** The files of an output that are there already: those that would be replaced. */
export async function existingFiles({path, isFolder}: OutputPlan): Promise<string[]> {
	const found = await stat(path).catch(() => undefined);
	if (!found) return [];
	if (!isFolder) return [path];
	return (await readdir(path)).filter(name => !name.startsWith('.')).map(name => join(path, name));
}

export function existsError(path: string): SpeechError {
	return new SpeechError(
		'FILE_FAILED',
		`${path} is there already, and not what this book and these options make: choose another name, or replace it with --force (the option overwrite).`,
	);
}

/** Puts finished files in their places: synced, each by one rename, a new folder as a whole. */
export async function placeFiles(
	from: string,
	names: readonly string[],
	{path, isFolder}: OutputPlan,
): Promise<string[]> {
	const folder = isFolder ? path : dirname(path);
	const places = names.map(name => join(folder, name));
	try {
		for (const name of names) await sync(join(from, name));
		await mkdir(folder, {recursive: true});
		for (const [index, name] of names.entries()) {
			const place = places[index] ?? '';
			await mkdir(dirname(place), {recursive: true});
			await rename(join(from, name), place);
		}
		await syncFolder(folder);
	} catch (error) {
		throw fileFailed(path, error);
	}
	return places;
}

async function sync(path: string): Promise<void> {
	const handle = await open(path, 'r+');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** `03 A Letter with a Postscript`: what every file system takes, at most 100 characters; numbered, so that names sort. */
export function chapterName({title, number}: Chapter, last: number): string {
	const digits = Math.max(2, String(last).length);
	const plain = title
		.replaceAll(/[\p{C}/\\:*?"<>|]+/gu, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
	const short = [...plain]
		.slice(0, 80)
		.join('')
		.replace(/[. ]+$/, '');
	return `${String(number).padStart(digits, '0')} ${short}`.trimEnd();
}

function invalid(message: string): SpeechError {
	return new SpeechError('OPTION_INVALID', message);
}
