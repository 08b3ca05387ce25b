import {setTimeout as sleep} from 'node:timers/promises';
import {SpeechError} from '../../errors.js';
import {shown} from './address.js';
import {type Digest, digestOf} from './digest.js';
import {type DownloadOptions, fetchRest, type Published} from './fetch-rest.js';
import {Partial} from './partial.js';
import {WebFailure} from './web-failure.js';

export interface Downloaded extends Digest {
	/** Where its bytes lie: rename it, or it is forgotten. */
	readonly path: string;
	/** Which of the addresses gave it. */
	readonly url: string;
}

/** Tries in a row that bring nothing; and all of them. */
export const patience = 3;
const maxTries = 50;
/** ms to wait after so many failures in a row. */
export function delay(failures: number): number {
	return 500 * 2 ** (failures - 1);
}

/**
 * Fetches a file from the first of the addresses that has it, going on where an earlier download stopped, and checks what came
 * against what was published. What was interrupted stays for the next time; what is wrong does not. Throws `SpeechError`
 * DOWNLOAD_FAILED, DOWNLOAD_INVALID and OFFLINE, the file system's error, and the signal's reason.
 */
export async function download(files: readonly Published[], options: DownloadOptions): Promise<Downloaded> {
	let missing: unknown;
	for (const file of files) {
		try {
			return await downloadOne(file, options);
		} catch (error) {
			if (!(error instanceof WebFailure)) throw error;
			if (!error.missing) throw downloadFailed(error);
			missing ??= error;
		}
	}
	throw downloadFailed(missing);
}

/** As what it shows outside. */
export function downloadFailed(cause: unknown): unknown {
	return cause instanceof WebFailure ? new SpeechError('DOWNLOAD_FAILED', cause.message, {cause}) : cause;
}

async function downloadOne(file: Published, options: DownloadOptions, isAgain = false): Promise<Downloaded> {
	const partial = new Partial(options.folder, file.url);
	const offset = await fetchAll(file, partial, options);
	const digest = await digestOf(partial.path, options.signal);
	const wrong = problemOf(file, digest);
	if (wrong === undefined) return {...digest, path: partial.path, url: file.url};
	await partial.forget();
	// The bytes that were here before may be to blame.
	if (offset > 0 && !isAgain) return downloadOne(file, options, true);
	throw new SpeechError(
		'DOWNLOAD_INVALID',
		`${shown(file.url)} is not what was published: ${wrong}. Try again, or another source (--from).`,
	);
}

/** Tries until the whole file is here, as long as tries bring something. Gives how much of it the last one found. */
async function fetchAll(file: Published, partial: Partial, options: DownloadOptions): Promise<number> {
	let [failures, before] = [0, 0];
	for (let tries = 1; ; tries++) {
		try {
			return await fetchRest(file, partial, options);
		} catch (error) {
			if (isFull(error) || isInvalid(error)) await partial.forget();
			if (!(error instanceof WebFailure && error.transient)) throw error;
			const {size} = await partial.state();
			failures = size > before ? 1 : failures + 1;
			before = size;
			if (failures >= patience || tries >= maxTries) throw error;
			await sleep(delay(failures), undefined, {signal: options.signal}).catch(() => {});
			options.signal?.throwIfAborted();
		}
	}
}

function problemOf(file: Published, digest: Digest): string | undefined {
	if (file.size !== undefined && digest.size !== file.size)
		return `it has ${digest.size} bytes instead of ${file.size}`;
	for (const name of ['sha256', 'md5'] as const) {
		const published = file[name];
		if (published !== undefined && digest[name] !== published)
			return `its ${name} is ${digest[name]} instead of ${published}`;
	}
	return digest.size === 0 ? 'it is empty' : undefined;
}

/** Whether there is no room for more: then what is here only takes room away. */
function isFull(error: unknown): boolean {
	return (
		error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(error.code))
	);
}

/** What is here is of another file than was published. */
function isInvalid(error: unknown): boolean {
	return error instanceof SpeechError && error.code === 'DOWNLOAD_INVALID';
}
