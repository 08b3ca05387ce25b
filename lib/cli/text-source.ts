import {createReadStream} from 'node:fs';
import {SpeechError} from '../index.js';
import {UsageError} from './exit.js';

/** Text or bytes as they come. */
export type TextSource = AsyncIterable<string | Uint8Array>;

/** Text from the arguments, a file, or stdin as it arrives. */
export function textSource(words: readonly string[], file: string | undefined): TextSource {
	if (words.length > 0 && file !== undefined)
		throw new UsageError('Give the text as arguments or with -f, not both.');
	if (words.length > 0) return oneText(words.join(' '));
	if (file !== undefined && file !== '-') return fileText(file);
	if (process.stdin.isTTY) process.stderr.write('Type what is to be said; Ctrl+D ends it.\n');
	return process.stdin;
}

async function* oneText(text: string): TextSource {
	yield text;
}

async function* fileText(path: string): TextSource {
	try {
		yield* createReadStream(path);
	} catch (error) {
		throw new SpeechError(
			'FILE_FAILED',
			`${path} cannot be read: ${error instanceof Error ? error.message : error}`,
			{
				cause: error,
			},
		);
	}
}

/** Waits for the first text that is more than white space. Throws UsageError if there is none, and the signal's reason. */
export async function firstText(source: TextSource, signal: AbortSignal): Promise<TextSource> {
	const chunks = source[Symbol.asyncIterator]();
	const blank: Array<string | Uint8Array> = [];
	const aborted = new Promise<never>((_resolve, reject) => {
		signal.addEventListener('abort', () => reject(signal.reason), {once: true});
	});
	aborted.catch(() => {});
	for (;;) {
		const {done, value} = await Promise.race([chunks.next(), aborted]);
		if (done)
			throw new UsageError('There is no text to say: give it as arguments, with -f FILE, or on stdin.');
		blank.push(value);
		if (!isBlank(value)) break;
	}
	return (async function* () {
		yield* blank;
		yield* {[Symbol.asyncIterator]: () => chunks};
	})();
}

/** Of bytes, only ASCII white space counts: more cannot be told of a chunk split anywhere. */
function isBlank(chunk: string | Uint8Array): boolean {
	return typeof chunk === 'string'
		? chunk.trim() === ''
		: chunk.every(byte => byte === 32 || (byte >= 9 && byte <= 13));
}
