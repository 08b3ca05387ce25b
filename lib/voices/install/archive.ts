import {mkdir, readdir} from 'node:fs/promises';
import {basename, join} from 'node:path';
import {extract, type ReadEntry} from 'tar';
import {SpeechError} from '../../errors.js';
import {voicesAt} from '../folder.js';
import type {InstalledVoice} from '../installed.js';
import {isFileName} from '../manifest.js';
import {maxFileBytes} from './fetch-rest.js';

const maxEntries = 10_000;
const maxDepth = 6;

/** Whether a name is that of an archive that can be opened. */
export function isArchive(name: string): boolean {
	return /\.(?:tar\.gz|tgz|tar)$/i.test(name);
}

/**
 * Unpacks an archive into a new folder and gives the voices in it. `source` names it in errors. Throws `SpeechError`
 * DOWNLOAD_INVALID for what is no archive, is too large, or holds anything but files and folders with plain names inside.
 */
export async function unpack(
	file: string,
	folder: string,
	source: string,
): Promise<readonly InstalledVoice[]> {
	await mkdir(folder, {recursive: true});
	let [problem, entries, bytes]: [string | undefined, number, number] = [undefined, 0, 0];
	const filter = (path: string, entry: unknown) => {
		entries++;
		// With `extract` it is always an entry; the type allows for `create`.
		const {type, size} = entry as ReadEntry;
		bytes += size;
		problem ??= entryProblem(path, type);
		if (entries > maxEntries || bytes > maxFileBytes) problem ??= 'it is too large for a voice';
		return problem === undefined;
	};
	try {
		await extract({file, cwd: folder, strict: true, noChmod: true, noMtime: true, filter});
	} catch (cause) {
		if (problem === undefined && !isOfArchive(cause)) throw cause;
		problem ??= cause instanceof Error ? cause.message : String(cause);
	}
	if (problem !== undefined || entries === 0)
		throw new SpeechError(
			'DOWNLOAD_INVALID',
			`${source} is no archive of a voice: ${problem ?? 'it is empty or no archive'}.`,
		);
	return voicesBelow(folder, maxDepth);
}

function entryProblem(path: string, type: string): string | undefined {
	if (!['File', 'OldFile', 'ContiguousFile', 'Directory'].includes(type))
		return `it holds ${JSON.stringify(path)}, which is no file`;
	const parts = path.replace(/\/$/, '').split('/');
	const inner = parts[0] === '.' ? parts.slice(1) : parts;
	if (inner.length > maxDepth || !inner.every(part => isFileName(part)))
		return `it holds ${JSON.stringify(path)}, which is no plain name`;
	return undefined;
}

/** The archive's fault, not the disk's. */
function isOfArchive(error: unknown): boolean {
	return (
		!(error instanceof Error && 'errno' in error) ||
		('code' in error && /^(?:TAR|Z)_/.test(String(error.code)))
	);
}

/** Of the folder, or of the first folder in it that holds any. */
async function voicesBelow(folder: string, depth: number): Promise<readonly InstalledVoice[]> {
	const here = voicesAt(folder);
	if (here.length > 0 || depth === 0) return here;
	for (const entry of await readdir(folder, {withFileTypes: true})) {
		const found = entry.isDirectory() ? await voicesBelow(join(folder, entry.name), depth - 1) : [];
		if (found.length > 0) return found;
	}
	return [];
}

/** A name for people and files. */
export function archiveName(url: string): string {
	return basename(new URL(url).pathname);
}
