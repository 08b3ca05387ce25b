import {constants, createReadStream, fstatSync, openSync} from 'node:fs';
import {Socket} from 'node:net';
import {Readable, Transform} from 'node:stream';
import {isatty, ReadStream} from 'node:tty';
import {SpeechError} from '../index.js';
import {systemReason, UsageError} from './exit.js';

/** Text from the arguments, a file, or stdin as it arrives. Throws UsageError, and FILE_FAILED for what cannot be opened. */
export function textSource(words: readonly string[], file: string | undefined): Readable {
	if (words.length > 0 && file !== undefined)
		throw new UsageError('Give the text as arguments or with -f, not both.');
	if (words.length > 0) return Readable.from([words.join(' ')]);
	return file === undefined || file === '-' || file === '/dev/stdin' ? process.stdin : openFile(file);
}

/** Passes text on; at its end it fails with UsageError if there was nothing but white space. */
export function refuseBlank(): Transform {
	// Not strict: what is wrong with the bytes, the speech says.
	const decoder = new TextDecoder();
	let blank = true;
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			blank &&= /^[\s\u0085]*$/u.test(decoder.decode(chunk, {stream: true}));
			done(null, chunk);
		},
		flush(done) {
			const message = 'There is no text to say: give it as arguments, with -f FILE, or on stdin.';
			done(blank ? new UsageError(message) : null);
		},
	});
}

/** What to say when reading the text fails: FILE_FAILED, which names the file. */
export function unreadable(file: string, cause: unknown): SpeechError {
	return new SpeechError('FILE_FAILED', `${file} cannot be read: ${systemReason(cause)}.`, {cause});
}

/**
 * Never waits within a system call, as opening a FIFO without a writer would, or reading one whose writer idles: such a
 * call holds a thread, and with it the process, past every signal.
 */
function openFile(file: string): Readable {
	try {
		const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
		if (isatty(fd)) return new ReadStream(fd);
		if (fstatSync(fd).isFIFO()) return new Socket({fd, readable: true, writable: false});
		return createReadStream(file, {fd});
	} catch (cause) {
		throw unreadable(file, cause);
	}
}
