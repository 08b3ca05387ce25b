import {randomBytes} from 'node:crypto';
import {access, constants, mkdir, open, readdir, realpath, rename, rm, stat} from 'node:fs/promises';
import {basename, dirname, extname, join, resolve} from 'node:path';
import {SpeechError} from '../errors.js';
import {fileFailed} from '../sinks/file-errors.js';
import {removeOnExit, syncFolder} from '../sinks/temporary-file.js';
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

/** File systems take 255 bytes for a name; what stands beside the output has a name that is up to 19 bytes longer. */
const longestName = 255 - 19;

/**
 * By its extension a file; without one, or with a slash at its end, or where it is a folder already, a folder of files in `format`, `mp3` by
 * default; `.epub` is a read-along EPUB. Of a link, what it names is the output. Throws OPTION_INVALID.
 */
export async function planOutput(output: string, format: string | undefined): Promise<OutputPlan> {
	if (output === '') throw invalid('The output has no name: give one, such as book.m4b.');
	const path = await realpath(output).catch(() => resolve(output));
	const nameBytes = Buffer.byteLength(basename(path));
	if (nameBytes > longestName)
		throw invalid(`The output's name has ${nameBytes} bytes: give one of ${longestName} at most.`);
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
	const where = (await standsAlone(path)) ? path : dirname(path);
	const lockFile = join(where, `.${basename(path)}.lock`);
	const lock: Lock = await takeLock(lockFile, path);
	const making = `.${basename(path)}.making-`;
	// Of its own: an ffmpeg that outlived a killed run can't write into it.
	const folder = join(where, `${making}${randomBytes(4).toString('hex')}`);
	try {
		// What a killed run left is worth nothing: its utterances are in the cache.
		for (const name of await readdir(where)) {
			if (name.startsWith(making)) await rm(join(where, name), {recursive: true, force: true});
		}
		await mkdir(folder);
	} catch (error) {
		await lock.release();
		throw fileFailed(path, error);
	}
	const forget = [removeOnExit(folder), removeOnExit(lockFile)];
	return {
		folder,
		async close() {
			await rm(folder, {recursive: true, force: true});
			await lock.release();
			for (const one of forget) one();
		},
	};
}

/** Whether the output is a folder beside which nothing can be made that is to be moved into it: a disk's own, or that of who may write nothing else. */
async function standsAlone(path: string): Promise<boolean> {
	const found = await stat(path).catch(() => undefined);
	if (!found?.isDirectory()) return false;
	const around = await stat(dirname(path));
	const isClosed = await access(dirname(path), constants.W_OK).then(
		() => false,
		() => true,
	);
	return found.dev !== around.dev || isClosed;
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

/** What leaves room for a number, an extension and a temporary name within the 255 bytes of a name. */
const longestTitle = 200;

/** `03 A Letter with a Postscript`: what every file system takes; numbered, so that names sort. */
export function chapterName({title, number}: Chapter, last: number): string {
	const digits = Math.max(2, String(last).length);
	const plain = title
		.replaceAll(/[\p{C}/\\:*?"<>|]+/gu, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
	const short = startWithin([...plain].slice(0, 80).join(''), longestTitle).replace(/[. ]+$/, '');
	return `${String(number).padStart(digits, '0')} ${short}`.trimEnd();
}

/** The beginning of a text that has no more than so many bytes. */
function startWithin(text: string, bytes: number): string {
	return Buffer.from(text)
		.subarray(0, bytes)
		.toString()
		.replace(/\uFFFD+$/, '');
}

function invalid(message: string): SpeechError {
	return new SpeechError('OPTION_INVALID', message);
}
