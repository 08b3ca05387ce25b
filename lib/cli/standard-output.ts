import {Writable} from 'node:stream';
import {SpeechError} from '../index.js';
import {systemReason} from './exit.js';

/**
 * Standard output as the end of a pipeline: each chunk is flushed before the next, so that the pipeline ends when all was
 * read, and hears of errors (FILE_FAILED). `ready` is called when all was written, and awaited.
 */
export function standardOutput(ready: () => Promise<void>): Writable {
	return new Writable({
		write(chunk, _encoding, done) {
			print(process.stdout, chunk).then(() => done(), done);
		},
		final(done) {
			ready().then(() => done(), done);
		},
	});
}

/** Settles when it was handed to the system. Throws FILE_FAILED, with the system's own error as its cause. */
export function print(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
	return new Promise((resolve, reject) => {
		stream.write(text, cause => {
			if (cause) reject(failed(cause));
			else resolve();
		});
	});
}

function failed(cause: Error): SpeechError {
	const message = `Standard output could not be written: ${systemReason(cause)}.`;
	return new SpeechError('FILE_FAILED', message, {cause});
}
