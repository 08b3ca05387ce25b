import {setTimeout as sleep} from 'node:timers/promises';
import {SpeechError} from '../../errors.js';
import {type Digest, digestOf} from './digest.js';
import {Partial} from './partial.js';
import {type Answer, shown, type Web, WebFailure} from './web.js';

/** A file as somebody publishes it. */
export interface Published {
	readonly url: string;
	/** Bytes; where nobody tells them, the server does. */
	readonly size?: number | undefined;
	readonly sha256?: string | undefined;
	readonly md5?: string | undefined;
}

export interface Downloaded extends Digest {
	/** Where its bytes lie: rename it, or it is forgotten. */
	readonly path: string;
	/** Which of the addresses gave it. */
	readonly url: string;
}

export interface DownloadOptions {
	readonly web: Web;
	/** For downloads that have begun. */
	readonly folder: string;
	readonly signal?: AbortSignal | undefined;
	/** Told of bytes as they come: those that are here, of how many, where that is known. */
	readonly onProgress?: ((received: number, total: number | undefined) => void) | undefined;
}

/** Tries in a row that bring nothing; and all of them. */
const patience = 3;
const maxTries = 50;
/** ms before the second try, twice that before the third. */
const firstDelay = 500;

/** Bytes: no voice has a file near that size. */
export const maxFileBytes = 2 * 1024 ** 3;

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
			await sleep(firstDelay * 2 ** (failures - 1), undefined, {signal: options.signal}).catch(() => {});
			options.signal?.throwIfAborted();
		}
	}
}

async function fetchRest(file: Published, partial: Partial, options: DownloadOptions): Promise<number> {
	const {web, signal, onProgress} = options;
	const {size: here, version} = await partial.state();
	if (here > 0 && here === file.size) return here;
	const range = version === undefined ? {} : {range: `bytes=${here}-`, 'if-range': version};
	const answer = await web.get(file.url, range, signal);
	try {
		const offset = offsetOf(answer, here);
		if (offset === undefined) {
			await partial.forget();
			// Without a range there is no such answer, so this comes once.
			return await fetchRest(file, partial, options);
		}
		const total = totalOf(answer, offset) ?? file.size;
		refuseSize(file, total);
		onProgress?.(offset, total);
		const limit = total ?? maxFileBytes;
		const received = await partial.append(
			offset,
			versionOf(answer),
			bytesOf(file, answer, limit, offset),
			size => onProgress?.(size, total),
		);
		if (total !== undefined && received < total) throw short(file, received, total);
		return offset;
	} finally {
		answer.drop();
		signal?.throwIfAborted();
	}
}

/** Where the bytes that come belong; undefined where they fit to none that are here. */
function offsetOf({status, header}: Answer, here: number): number | undefined {
	if (status === 200) return 0;
	const start = /^bytes (\d+)-/.exec(header('content-range') ?? '')?.[1];
	return status === 206 && Number(start) === here ? here : undefined;
}

function totalOf({status, header}: Answer, offset: number): number | undefined {
	const length = Number(header('content-length') ?? Number.NaN);
	const told = /\/(\d+)$/.exec(header('content-range') ?? '')?.[1];
	if (status === 206 && told !== undefined) return Number(told);
	return Number.isSafeInteger(length) ? offset + length : undefined;
}

/** What a later request may name in If-Range: a weak ETag must not be (RFC 9110, 13.1.5). */
function versionOf({header}: Answer): string | undefined {
	const etag = header('etag');
	return etag !== undefined && !etag.startsWith('W/') ? etag : header('last-modified');
}

/** A server that has another size has another file: that is known before it is fetched. */
function refuseSize(file: Published, total: number | undefined): void {
	if (file.size !== undefined && total !== undefined && total !== file.size) {
		throw new SpeechError(
			'DOWNLOAD_INVALID',
			`${shown(file.url)} is not what was published: it has ${total} bytes instead of ${file.size}. Try another source (--from).`,
		);
	}
	if (total !== undefined && total > maxFileBytes)
		throw new SpeechError('DOWNLOAD_INVALID', `${shown(file.url)} is too large for a voice: ${total} bytes.`);
}

/** The bytes of an answer, as long as they are no more than `limit`, those before `offset` counted. */
async function* bytesOf(
	{url}: Published,
	answer: Answer,
	limit: number,
	offset: number,
): AsyncGenerator<Buffer, void, undefined> {
	let received = offset;
	for await (const chunk of answer.bytes()) {
		received += chunk.length;
		if (received > limit)
			throw new SpeechError('DOWNLOAD_INVALID', `${shown(url)} goes on after ${limit} bytes.`);
		yield chunk;
	}
}

function short({url}: Published, received: number, total: number): WebFailure {
	return new WebFailure(`${shown(url)} ended after ${received} of ${total} bytes.`, {transient: true});
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

/** Reads a small file whole. Throws as `download` does; `WebFailure` with `missing` where there is none. */
export async function fetchText(
	url: string,
	maxBytes: number,
	{web, signal}: Pick<DownloadOptions, 'web' | 'signal'>,
): Promise<string> {
	for (let tries = 1; ; tries++) {
		try {
			const answer = await web.get(url, {}, signal);
			const chunks: Buffer[] = [];
			try {
				for await (const chunk of bytesOf({url}, answer, maxBytes, 0)) chunks.push(chunk);
			} finally {
				answer.drop();
			}
			return Buffer.concat(chunks).toString();
		} catch (error) {
			signal?.throwIfAborted();
			if (!(error instanceof WebFailure && error.transient) || tries >= patience) throw error;
			await sleep(firstDelay * 2 ** (tries - 1), undefined, {signal}).catch(() => {});
		}
	}
}
