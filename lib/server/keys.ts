import {createHash, timingSafeEqual} from 'node:crypto';
import type {IncomingMessage} from 'node:http';
import {SpeechError} from '../errors.js';

interface Key {
	/** For logs and counting. */
	readonly name: string;
	readonly digest: Buffer;
}

/** The API keys of a server. They are kept as hashes and compared in a time that tells nothing about them. */
export class Keys {
	#keys: readonly Key[] = [];
	/** By digest, so that a key keeps its name when others come and go. */
	readonly #names = new Map<string, string>();

	/** Throws `SpeechError` OPTION_INVALID for a key that no header could carry. */
	constructor(keys: readonly string[]) {
		this.#set(keys);
	}

	/** Whether a key is needed at all. */
	get needed(): boolean {
		return this.#keys.length > 0;
	}

	/** Puts others in their place. Throws OPTION_INVALID, and changes nothing, for one that is none, or where the last would go. */
	replace(keys: readonly string[]): void {
		if (this.needed && keys.length === 0) {
			throw new SpeechError(
				'OPTION_INVALID',
				'keys is empty: a server that needs keys cannot open itself to everybody; give it at least one.',
			);
		}
		this.#set(keys);
	}

	/** Whether a key of that name, as `nameOf` gave it, still opens the server. */
	has(name: string): boolean {
		return this.needed ? this.#keys.some(key => key.name === name) : name === noKey;
	}

	/** The name of the key that a request carries, for counting (`key 1`); undefined if one is missing or any is wrong. */
	nameOf(request: IncomingMessage): string | undefined {
		if (!this.needed) return noKey;
		const names = keysOf(request).map(key => this.#find(key));
		return names.includes(undefined) ? undefined : names[0];
	}

	#set(keys: readonly string[]): void {
		for (const [index, key] of keys.entries()) {
			if (typeof key === 'string' && /^[\x21-\x7e]+$/.test(key)) continue;
			throw new SpeechError(
				'OPTION_INVALID',
				`keys[${index}] must be one or more visible ASCII characters without spaces.`,
			);
		}
		this.#keys = keys.map(digest).map(digest => ({digest, name: this.#nameOf(digest)}));
	}

	#nameOf(digest: Buffer): string {
		const id = digest.toString('hex');
		const name = this.#names.get(id) ?? `key ${this.#names.size + 1}`;
		this.#names.set(id, name);
		return name;
	}

	#find(key: string): string | undefined {
		const wanted = digest(key);
		// All are compared, whichever matches.
		const matches = this.#keys.filter(known => timingSafeEqual(known.digest, wanted));
		return matches[0]?.name;
	}
}

/** The name of all that comes to a server without keys. */
const noKey = 'no key';

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
