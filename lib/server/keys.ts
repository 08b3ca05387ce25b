import {createHash, timingSafeEqual} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import {SpeechError} from '../errors.js';

/** The API keys of a server. They are kept as hashes and compared in a time that tells nothing about them. */
export class Keys {
	readonly #digests: readonly Buffer[];

	/** Throws `SpeechError` OPTION_INVALID for a key that no header could carry. */
	constructor(keys: readonly string[]) {
		for (const [index, key] of keys.entries()) {
			if (typeof key === 'string' && /^[\x21-\x7e]+$/.test(key)) continue;
			throw new SpeechError(
				'OPTION_INVALID',
				`keys[${index}] must be one or more visible ASCII characters without spaces.`,
			);
		}
		this.#digests = keys.map(digest);
	}

	/** Whether a key is needed at all. */
	get needed(): boolean {
		return this.#digests.length > 0;
	}

	/** The name of the key that a request carries, for counting (`key 1`); undefined if one is missing or any is wrong. */
	nameOf(request: IncomingMessage): string | undefined {
		if (!this.needed) return 'no key';
		const names = keysOf(request).map(key => this.#find(key));
		return names.includes(undefined) ? undefined : names[0];
	}

	#find(key: string): string | undefined {
		const wanted = digest(key);
		// All are compared, whichever matches.
		const matches = this.#digests.map(known => timingSafeEqual(known, wanted));
		const index = matches.indexOf(true);
		return index < 0 ? undefined : `key ${index + 1}`;
	}
}

/** Every key that a request carries: each must be valid. Another scheme than Bearer gives a key that never is. */
function keysOf(request: IncomingMessage): string[] {
	const headers = request.headersDistinct['authorization'] ?? [];
	const query = (request.url ?? '').split('?').slice(1).join('?');
	return [
		...headers.map(header => /^Bearer +(\S+) *$/i.exec(header)?.[1] ?? ''),
		...new URLSearchParams(query).getAll('apiKey'),
	];
}

function digest(key: string): Buffer {
	return createHash('sha256').update(key).digest();
}
