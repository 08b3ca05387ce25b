import {randomBytes} from 'node:crypto';
import {renameSync, rmSync, type Stats} from 'node:fs';
import {type FileHandle, link, open} from 'node:fs/promises';
import {dirname, extname, join} from 'node:path';
import {type Output, writeAll} from './output.js';

/** Files and folders that a process which exits in the middle does not leave behind. */
const temporaries = new Set<string>();

/** Has a file or folder go with the process, until the function given back is called. */
export function removeOnExit(path: string): () => void {
	if (temporaries.size === 0) process.on('exit', removeAll);
	temporaries.add(path);
	return () => {
		temporaries.delete(path);
		if (temporaries.size === 0) process.off('exit', removeAll);
	};
}

function removeAll(): void {
	for (const path of temporaries) removeNow(path);
}

function removeNow(path: string): void {
	try {
		rmSync(path, {force: true, recursive: true});
	} catch {
		// Where it can't be removed, there is nothing better to do.
	}
}

/**
 * A file beside `path`, hidden, that takes its place when committed: the name then has the old content or the new one,
 * on the disk too, and never a part. `existing` is what `path` is now; its permissions are kept.
 */
export async function openTemporary(
	path: string,
	existing: Stats | undefined,
	{overwrite}: {readonly overwrite: boolean},
): Promise<Output> {
	// A rename asks the folder alone: whether the file may be written shows when it is opened for that.
	if (existing) await (await open(path, 'r+')).close();
	const temporary = join(
		dirname(path),
		`.speechpipe-${randomBytes(8).toString('hex')}${shortExtension(path)}`,
	);
	const handle = await open(temporary, 'wx');
	const forget = removeOnExit(temporary);
	const remove = () => {
		if (temporaries.has(temporary)) removeNow(temporary);
	};
	const discard = async () => {
		await handle.close().catch(() => {});
		// Again: ffmpeg may have made it anew before it was killed, and Windows removes no file that is open.
		remove();
		forget();
	};
	const sync = async () => {
		if (existing) await handle.chmod(existing.mode & 0o7777);
		await handle.sync();
		await handle.close();
	};
	const commit = async (isGivenUp: () => boolean) => {
		if (isGivenUp()) return;
		if (overwrite) {
			// Not awaited: giving up comes before it or after it, not in between.
			renameSync(temporary, path);
			forget();
		} else {
			// A rename would replace what has appeared under the name since; a link fails.
			await link(temporary, path);
			await discard();
		}
		await syncFolder(dirname(path));
	};
	return {
		temporary,
		write: bytes => writeAll(handle, bytes, null),
		patch: bytes => writeAll(handle, bytes, 0),
		sync,
		commit,
		remove,
		discard,
	};
}

/** ffmpeg goes by it where a function of the user names no format. */
function shortExtension(path: string): string {
	const extension = extname(path);
	return extension.length <= 16 ? extension : '';
}

/** Makes the name as durable as the content; file systems that can't sync a folder are no reason to fail. */
export async function syncFolder(path: string): Promise<void> {
	let folder: FileHandle | undefined;
	try {
		folder = await open(path);
		await folder.sync();
	} catch {
		// The file is there and whole.
	} finally {
		await folder?.close();
	}
}
