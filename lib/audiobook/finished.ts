import {createHash} from 'node:crypto';
import {stat} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {hashFiles} from '../file-hash.js';
import type {UtteranceCache} from './cache.js';
import {existingFiles, existsError, type OutputPlan, reportName} from './output.js';

/** The key of the note that a book is finished: of all that decides the files. */
export function finishedKey(decides: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(['finished', decides]))
		.digest('hex');
}

export async function noteFinished(
	cache: UtteranceCache,
	key: string,
	folder: string,
	names: readonly string[],
): Promise<void> {
	const files: Array<{name: string; hash: string}> = [];
	for (const name of names) files.push({name, hash: await hashFiles([join(folder, name)])});
	await cache.putNote(key, {files});
}

/** The paths of the book's files, if all of them are in their places, as they were made; else undefined. */
export async function isFinished(
	cache: UtteranceCache,
	key: string,
	output: OutputPlan,
): Promise<string[] | undefined> {
	const hashes = await notedHashes(cache, key, output);
	for (const [path, hash] of hashes) if (!(await has(path, hash))) return undefined;
	return hashes.size === 0 ? undefined : [...hashes.keys()];
}

/** Throws FILE_FAILED where something is in the way that is not of this book. */
export async function keepsOnlyOurs(cache: UtteranceCache, key: string, output: OutputPlan): Promise<void> {
	const hashes = await notedHashes(cache, key, output);
	for (const path of await existingFiles(output)) {
		// A report tells of its run: it is another each time.
		if (hashes.size > 0 && basename(path) === reportName) continue;
		const hash = hashes.get(path);
		if (hash === undefined || !(await has(path, hash))) throw existsError(output.path);
	}
}

async function notedHashes(cache: UtteranceCache, key: string, {path, isFolder}: OutputPlan) {
	const found = await cache.getNote(key);
	if (found === undefined) return new Map<string, string>();
	const {finishedNote} = await import('./kept-schemas.js');
	const folder = isFolder ? path : dirname(path);
	const files = finishedNote.Check(found) ? found.files : [];
	return new Map(files.map(({name, hash}) => [join(folder, name), hash]));
}

async function has(path: string, hash: string): Promise<boolean> {
	const found = await stat(path).catch(() => undefined);
	return found?.isFile() === true && (await hashFiles([path])) === hash;
}
