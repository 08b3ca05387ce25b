import {createHash} from 'node:crypto';
import {createReadStream} from 'node:fs';
import {pipeline} from 'node:stream/promises';

/** SHA-256 over the content of some files, in order, in hex. Reads them piece by piece. */
export async function hashFiles(files: ReadonlyArray<string | URL>): Promise<string> {
	const hash = createHash('sha256');
	for (const file of files) await pipeline(createReadStream(file), hash, {end: false});
	return hash.digest('hex');
}
