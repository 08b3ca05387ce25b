import {createHash, randomBytes} from 'node:crypto';
import {mkdir, rm, utimes, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import cacache from 'cacache';
import {SpeechError} from '../errors.js';
import {fileFailed} from '../sinks/file-errors.js';
import {leasesFolder} from './cache-upkeep.js';
import {thisProcess} from './owner.js';
import {packRendered, unpackRendered} from './packing.js';
import type {Rendered, RenderRequest} from './rendered.js';

/** Counts the ways in which this file and `packing.ts` have kept what was rendered. */
const generation = 1;

/** Where rendered utterances are kept unless told otherwise: as the XDG Base Directory Specification has it, and on macOS in Library/Caches. */
export function defaultCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
	const {SPEECHPIPE_CACHE: named, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local} = environment;
	if (named) return named;
	if (process.platform === 'win32' && local) return join(local, 'speechpipe', 'cache');
	if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'speechpipe');
	return join(xdg || join(homedir(), '.cache'), 'speechpipe');
}

/** The name of an utterance in the cache: of its text, its voice and all that decides its samples, and of nothing else. */
export function cacheKey(request: RenderRequest, fingerprint: string): string {
	const {text, voiceId, sampleRate, speed} = request;
	return createHash('sha256')
		.update(JSON.stringify([generation, fingerprint, voiceId, sampleRate, speed, text]))
		.digest('hex');
}

/**
 * What was rendered, on the disk: packed, under the hash of its own content, so that damage is noticed. Entries appear whole or not
 * at all, whenever the process dies.
 */
export class UtteranceCache {
	readonly folder: string;
	/** Entries that were damaged, and are rendered anew. */
	damaged = 0;

	private constructor(folder: string) {
		this.folder = folder;
	}

	/** Throws FILE_FAILED where nothing can be written there. */
	static async open(folder: string): Promise<UtteranceCache> {
		const probe = join(folder, `probe-${randomBytes(6).toString('hex')}`);
		try {
			// Node's recursive mkdir says ENOENT on a read-only file system; the plain one tells why.
			await mkdir(folder, {recursive: true}).catch(() => mkdir(folder));
			await writeFile(probe, '');
			await rm(probe);
		} catch (error) {
			throw unwritable(folder, error);
		}
		return new UtteranceCache(folder);
	}

	/** What was rendered under a key; undefined where nothing was, or it is damaged: then it is gone. Throws FILE_FAILED. */
	async get(key: string): Promise<Rendered | undefined> {
		const packed = await this.#read(key);
		if (packed === undefined) return undefined;
		try {
			return await unpackRendered(packed.data);
		} catch {
			await this.#drop(key, packed.integrity);
			return undefined;
		}
	}

	/** Throws FILE_FAILED: a full disk. */
	async put(key: string, rendered: Rendered): Promise<void> {
		await this.#write(key, await packRendered(rendered));
	}

	/** A note kept beside the utterances, as JSON; undefined where there is none. */
	async getNote(key: string): Promise<unknown> {
		const read = await this.#read(key);
		try {
			return read && JSON.parse(read.data.toString());
		} catch {
			return undefined;
		}
	}

	async putNote(key: string, note: unknown): Promise<void> {
		await this.#write(key, Buffer.from(JSON.stringify(note)));
	}

	/** Keeps entries from being pruned while this process runs, or until the function given back is called. Throws FILE_FAILED. */
	async lease(keys: ReadonlySet<string>): Promise<() => Promise<void>> {
		const folder = leasesFolder(this.folder);
		const path = join(folder, `${randomBytes(8).toString('hex')}.json`);
		try {
			await mkdir(folder, {recursive: true});
			await writeFile(path, JSON.stringify({owner: thisProcess(), keys: [...keys]}));
		} catch (error) {
			throw unwritable(this.folder, error);
		}
		return () => rm(path, {force: true});
	}

	async #read(key: string): Promise<{data: Buffer; integrity: string} | undefined> {
		const info = await cacache.get.info(this.folder, key).catch(error => {
			throw unwritable(this.folder, error);
		});
		if (!info) return undefined;
		try {
			const data = await cacache.get.byDigest(this.folder, info.integrity);
			// What was used last is pruned last.
			const now = new Date();
			await utimes(info.path, now, now);
			return {data, integrity: info.integrity};
		} catch (error) {
			const code = codeOf(error);
			// It was pruned meanwhile.
			if (code === 'ENOENT') return undefined;
			if (code !== 'EINTEGRITY' && code !== 'EBADSIZE') throw unwritable(this.folder, error);
			await this.#drop(key, info.integrity);
			return undefined;
		}
	}

	async #write(key: string, data: Buffer): Promise<void> {
		try {
			await cacache.put(this.folder, key, data);
		} catch (error) {
			throw unwritable(this.folder, error);
		}
	}

	/** The content must go too: cacache writes none anew that is there. */
	async #drop(key: string, integrity: string): Promise<void> {
		this.damaged++;
		await cacache.rm.content(this.folder, integrity);
		await cacache.rm.entry(this.folder, key);
	}
}

function unwritable(folder: string, cause: unknown): SpeechError {
	const {message} = fileFailed(folder, cause, `The cache in ${folder}`);
	return new SpeechError(
		'FILE_FAILED',
		`${message} What was rendered is kept; another folder for it is named with --cache, the option cacheFolder.`,
		{cause},
	);
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
