import {getSystemErrorMap} from 'node:util';
import {SpeechError} from '../../errors.js';

/** A FILE_FAILED that names the file and what the file system said, in words. */
export function unreadable(path: string, cause: unknown): SpeechError {
	const errno =
		cause instanceof Error && 'errno' in cause && typeof cause.errno === 'number' ? cause.errno : 0;
	const reason =
		getSystemErrorMap().get(errno)?.[1] ?? (cause instanceof Error ? cause.message : String(cause));
	return new SpeechError('FILE_FAILED', `${path} cannot be read: ${reason}.`, {cause});
}
