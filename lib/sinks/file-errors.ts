import {dirname} from 'node:path';
import {SpeechError} from '../errors.js';

/** A FILE_FAILED that says what to do, whatever the file system's own words are; they stay its cause. `what`: for people, where it is more than its path. */
export function fileFailed(path: string, cause: unknown, what = path): SpeechError {
	if (cause instanceof SpeechError) return cause;
	return new SpeechError('FILE_FAILED', `${what} could not be written: ${reason(path, cause)}.`, {cause});
}

/** Whether an error is the operating system's: of a file that could not be opened, read or written. */
export function isSystemError(error: unknown): boolean {
	return error instanceof Error && 'syscall' in error;
}

function reason(path: string, cause: unknown): string {
	const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
	switch (code) {
		case 'ENOTDIR':
			return 'a part of its path is a file, not a folder; choose another place';
		case 'ENOENT':
			return `the folder ${dirname(path)} does not exist; make it first`;
		case 'EISDIR':
			return 'it is a folder; give the name of a file in it';
		case 'EACCES':
		case 'EPERM':
			return 'permission is missing; choose another place or give write permission to the file and its folder';
		case 'EROFS':
			return 'the file system is read-only; choose another place';
		case 'ENOSPC':
		case 'EDQUOT':
			return 'the disk is full; make room or choose another place';
		case 'EEXIST':
			return 'it exists already; choose another name or allow overwrite';
		case 'ENAMETOOLONG':
			return 'its name is too long; choose a shorter one';
		case 'EPIPE':
			return 'its reader has gone';
		default:
			return cause instanceof Error ? cause.message : String(cause);
	}
}
