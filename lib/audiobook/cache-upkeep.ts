import {readdir, readFile, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';
import cacache from 'cacache';
import {isRunning} from './owner.js';

/** What the cache may hold when a book is done, unless another bound is given: 10 GB. */
export const defaultCacheBytes = 10e9;

/** What a cache of rendered utterances holds. */
export interface CacheUsage {
	/** Utterances. */
	readonly entries: number;
	/** What they take, packed. */
	readonly bytes: number;
}

/** What reading all of a cache found. */
export interface CacheVerdict extends CacheUsage {
	/** Entries that were damaged, and are gone. */
	readonly damaged: number;
}

/** What went, and what is left. */
export interface CachePruned extends CacheUsage {
	/** Utterances that are gone. */
	readonly removedEntries: number;
	/** What they took. */
	readonly removedBytes: number;
}

interface Entry {
	readonly key: string;
	readonly integrity: string;
	readonly bytes: number;
	readonly usedMs: number;
}

/** ms: what a process left in `tmp` is nobody's after a day. */
const tmpAge = 86_400_000;

/** `removeFully` takes the file of the index away too; the types don't know it. */
const rmEntry: (folder: string, key: string, options: {readonly removeFully: boolean}) => Promise<unknown> =
	cacache.rm.entry;

/** Where running books say what they need. */
export function leasesFolder(folder: string): string {
	return join(folder, 'running');
}

/** How much a cache holds. */
export async function cacheUsage(folder: string): Promise<CacheUsage> {
	const entries = await listEntries(folder);
	return {entries: entries.length, bytes: sum(entries)};
}

/** Removes the entries used longest ago until no more than `maxBytes` (10 GB by default) are left, but none that a running book needs. */
export async function pruneCache(
	folder: string,
	{maxBytes = defaultCacheBytes}: {readonly maxBytes?: number | undefined} = {},
): Promise<CachePruned> {
	const [entries, needed] = await Promise.all([listEntries(folder), leasedKeys(folder)]);
	await removeOldTmp(folder);
	let bytes = sum(entries);
	let left = entries.length;
	for (const entry of entries.toSorted((a, b) => a.usedMs - b.usedMs)) {
		if (bytes <= maxBytes) break;
		if (needed.has(entry.key)) continue;
		await removeEntry(folder, entry);
		bytes -= entry.bytes;
		left--;
	}
	return {
		entries: left,
		bytes,
		removedEntries: entries.length - left,
		removedBytes: sum(entries) - bytes,
	};
}

/** Reads every entry; what is damaged is removed, and rendered anew when it is needed. */
export async function verifyCache(folder: string): Promise<CacheVerdict> {
	let damaged = 0;
	let bytes = 0;
	const entries = await listEntries(folder);
	for (const entry of entries) {
		try {
			await cacache.get.byDigest(folder, entry.integrity);
			bytes += entry.bytes;
		} catch {
			damaged++;
			await removeEntry(folder, entry);
		}
	}
	return {entries: entries.length - damaged, bytes, damaged};
}

async function listEntries(folder: string): Promise<Entry[]> {
	const entries: Entry[] = [];
	const listed = await cacache.ls(folder).catch(error => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
		throw error;
	});
	for (const {key, integrity, path} of Object.values(listed)) {
		const content = await stat(path).catch(() => undefined);
		if (content) entries.push({key, integrity, bytes: content.size, usedMs: content.mtimeMs});
	}
	return entries;
}

async function removeEntry(folder: string, {key, integrity}: Entry): Promise<void> {
	await rmEntry(folder, key, {removeFully: true});
	await cacache.rm.content(folder, integrity);
}

/** The keys that running books need; what dead ones left is removed. */
async function leasedKeys(folder: string): Promise<Set<string>> {
	const keys = new Set<string>();
	const names = await readdir(leasesFolder(folder)).catch(() => []);
	for (const name of names) {
		const path = join(leasesFolder(folder), name);
		const found = await readLease(path);
		if (found && isRunning(found.owner)) for (const key of found.keys) keys.add(key);
		else await rm(path, {force: true});
	}
	return keys;
}

async function readLease(path: string) {
	try {
		const value: unknown = JSON.parse(await readFile(path, 'utf8'));
		const {lease} = await import('./kept-schemas.js');
		return lease.Check(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

async function removeOldTmp(folder: string): Promise<void> {
	const tmp = join(folder, 'tmp');
	for (const name of await readdir(tmp).catch(() => [])) {
		const path = join(tmp, name);
		const found = await stat(path).catch(() => undefined);
		if (found && Date.now() - found.mtimeMs > tmpAge) await rm(path, {recursive: true, force: true});
	}
}

function sum(entries: readonly Entry[]): number {
	return entries.reduce((bytes, entry) => bytes + entry.bytes, 0);
}
