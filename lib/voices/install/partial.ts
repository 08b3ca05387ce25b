import {createHash} from 'node:crypto';
import {mkdir, open, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

/** ms after which nobody is expected to go on with a download. */
const forgotten = 7 * 24 * 3600 * 1000;

/** A download that has begun: its bytes, and beside them what the server said about the version that they are of. */
export class Partial {
	readonly path: string;
	readonly #note: string;

	/** One for each address, so that a resumed download goes on with bytes of the same file. */
	constructor(folder: string, url: string) {
		this.path = join(folder, createHash('sha256').update(url).digest('hex').slice(0, 32));
		this.#note = `${this.path}.version`;
	}

	/** Bytes that are here, and their version; none where the version is not known. */
	async state(): Promise<{readonly size: number; readonly version: string | undefined}> {
		const size = await sizeOf(this.path);
		const version = size > 0 ? await readFile(this.#note, 'utf8').catch(() => '') : '';
		return version === '' ? {size: 0, version: undefined} : {size, version};
	}

	/**
	 * Adds the bytes from `offset` on, and gives how many are here then. The version is that of If-Range (RFC 9110, 13.1.5): a strong
	 * ETag or a date. Bytes without one are not gone on with.
	 */
	async append(
		offset: number,
		version: string | undefined,
		chunks: AsyncIterable<Buffer>,
		onChunk: (received: number) => void,
	): Promise<number> {
		// Emptied before its version is noted: old bytes never stand under a new one.
		const handle = await open(this.path, offset > 0 ? 'r+' : 'w');
		let size = offset;
		try {
			await writeFile(this.#note, version ?? '');
			for await (const chunk of chunks) {
				for (let done = 0; done < chunk.length; )
					done += (await handle.write(chunk, done, chunk.length - done, size + done)).bytesWritten;
				size += chunk.length;
				onChunk(size);
			}
			await handle.sync();
		} finally {
			await handle.close();
		}
		return size;
	}

	/** Its bytes were taken, or are of no use. */
	async forget(): Promise<void> {
		await rm(this.path, {force: true});
		await rm(this.#note, {force: true});
	}
}

/** Makes the folder, without what nobody will go on with. */
export async function openPartials(folder: string): Promise<void> {
	await mkdir(folder, {recursive: true});
	for (const name of await readdir(folder)) {
		const path = join(folder, name);
		const {mtimeMs} = await stat(path);
		if (Date.now() - mtimeMs > forgotten) await rm(path, {recursive: true, force: true});
	}
}

async function sizeOf(path: string): Promise<number> {
	try {
		return (await stat(path)).size;
	} catch {
		return 0;
	}
}
