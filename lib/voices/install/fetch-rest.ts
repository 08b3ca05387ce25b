import {SpeechError} from '../../errors.js';
import {shown} from './address.js';
import type {Answer} from './answer.js';
import type {Partial} from './partial.js';
import type {Web} from './web.js';
import {WebFailure} from './web-failure.js';

/** A file as somebody publishes it. */
export interface Published {
	readonly url: string;
	/** Bytes; where nobody tells them, the server does. */
	readonly size?: number | undefined;
	readonly sha256?: string | undefined;
	readonly md5?: string | undefined;
}

export interface DownloadOptions {
	readonly web: Web;
	/** For downloads that have begun. */
	readonly folder: string;
	readonly signal?: AbortSignal | undefined;
	/** Told of bytes as they come: those that are here, of how many, where that is known. */
	readonly onProgress?: ((received: number, total: number | undefined) => void) | undefined;
}

/** Bytes: no voice has a file near that size. */
export const maxFileBytes = 2 * 1024 ** 3;

/**
 * Asks once for what is not here yet, and takes what comes. Gives how much was here. Throws `WebFailure`, `SpeechError` DOWNLOAD_INVALID,
 * the file system's error, and the signal's reason.
 */
export async function fetchRest(
	file: Published,
	partial: Partial,
	options: DownloadOptions,
): Promise<number> {
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
export async function* bytesOf(
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
