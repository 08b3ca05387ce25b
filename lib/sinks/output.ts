import type {FileHandle} from 'node:fs/promises';

/** Where a file sink's bytes go. What its functions throw is the file system's. */
export interface Output {
	/** Path of a regular file that becomes the output when committed; undefined for devices and FIFOs. */
	readonly temporary: string | undefined;
	/** Appends all of the bytes. */
	write(bytes: Buffer): Promise<void>;
	/** Writes over the start. */
	patch(bytes: Buffer): Promise<void>;
	/** All is written: makes sure that it is on the disk. */
	sync(): Promise<void>;
	/** All is synced: makes it appear under its name, unless `isGivenUp` says so at the last moment. */
	commit(isGivenUp: () => boolean): Promise<void>;
	/** Unless committed, takes the temporary file away at once: whoever hears of the failure finds nothing. Never throws. */
	remove(): void;
	/** Lets go of everything and, unless committed, leaves nothing behind. Never throws. */
	discard(): Promise<void>;
}

/** Writes all of the bytes, at `position` or where the last write ended. */
export async function writeAll(handle: FileHandle, bytes: Buffer, position: number | null): Promise<void> {
	for (let offset = 0; offset < bytes.length; ) {
		const at = position === null ? null : position + offset;
		const {bytesWritten} = await handle.write(bytes, offset, bytes.length - offset, at);
		offset += bytesWritten;
	}
}
