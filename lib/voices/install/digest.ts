import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {pipeline} from 'node:stream/promises';

/** Hashes of a file, hexadecimal. */
export interface Digest {
	/** Bytes. */
	readonly size: number;
	readonly sha256: string;
	readonly md5: string;
}

/** Reads a file through. Throws the file system's error, and the signal's reason. */
export async function digestOf(path: string, signal?: AbortSignal): Promise<Digest> {
	const hashes = {sha256: createHash('sha256'), md5: createHash('md5')};
	let size = 0;
	const count = async (chunks: AsyncIterable<Buffer>) => {
		for await (const chunk of chunks) {
			size += chunk.length;
			hashes.sha256.update(chunk);
			hashes.md5.update(chunk);
		}
	};
	await pipeline(createReadStream(path, {highWaterMark: 1024 * 1024}), count, {...(signal && {signal})});
	return {size, sha256: hashes.sha256.digest('hex'), md5: hashes.md5.digest('hex')};
}
