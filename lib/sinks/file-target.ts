import type {Readable} from '../streams.js';

/**
 * How a file sink and a source that can write a file itself (ffmpeg, which goes back to fill in lengths) find
 * each other: when the one is piped into the other, the sink offers its temporary file, and the source may take it.
 */
export interface FileTarget {
	/** Path of the temporary file, once it is there; undefined for what is no regular file (a device, a FIFO). Rejects with FILE_FAILED. */
	readonly temporary: Promise<string | undefined>;
	/** The source takes the file: it writes all of it and ends without giving a byte, the sink puts it in its place then. */
	takeOver(source: FileSource): void;
}

/** What the source, a Readable, implements. */
export interface FileSource extends Pick<Readable, 'once' | 'readableEnded'> {
	/** A sink that is being piped into offers its file. */
	offerFile(target: FileTarget): void;
	/** The offer is over; where the file was taken, resolves when the source touches it no more. */
	withdrawFile(target: FileTarget): Promise<void>;
}

/** Whether a stream can write a file itself. */
export function isFileSource(source: unknown): source is FileSource {
	if (typeof source !== 'object' || source === null) return false;
	return 'offerFile' in source && 'withdrawFile' in source && typeof source.offerFile === 'function';
}
