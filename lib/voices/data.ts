import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {SpeechError} from '../errors.js';

/** The data stays in lib/: this is the way there from lib/voices and from dist/voices alike. */
const folder = new URL('../../lib/voices/', import.meta.url);

/** Where a data file of the package lies, by its path in lib/voices: `heart/model.onnx`. */
export function dataFile(path: string): URL {
	return new URL(path, folder);
}

/** The bytes of a data file of the package. Throws `SpeechError` DATA_MISSING, naming the file. */
export async function readData(path: string): Promise<Uint8Array> {
	const file = dataFile(path);
	try {
		return await readFile(file);
	} catch (error) {
		throw new SpeechError(
			'DATA_MISSING',
			`${fileURLToPath(file)} is missing or not readable: install the package again`,
			{cause: error},
		);
	}
}
