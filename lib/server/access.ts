import type {IncomingMessage} from 'node:http';
import {clientAddress} from './client-address.js';
import type {Keys} from './keys.js';
import {originProblem} from './origin.js';
import {HttpProblem} from './problem.js';

export interface AccessOptions {
	readonly keys: Keys;
	readonly origins: readonly string[] | undefined;
	/** How many proxies stand in front and are believed. */
	readonly trustProxy: number;
}

/** Who may talk to the server: one rule for both transports. */
export class Access {
	readonly #options: AccessOptions;

	constructor(options: AccessOptions) {
		this.#options = options;
	}

	/** The client's address, for logs. */
	addressOf(request: IncomingMessage): string {
		return clientAddress(request, this.#options.trustProxy);
	}

	/** Throws `HttpProblem` origin_refused for pages that may not connect, and for strangers to a server without keys. */
	checkOrigin(request: IncomingMessage): void {
		const {keys, origins} = this.#options;
		const whence = {
			localAddress: request.socket.localAddress ?? '',
			address: this.addressOf(request),
			host: request.headers.host,
			origin: request.headers.origin,
		};
		const problem = originProblem(whence, {guarded: keys.needed, origins});
		if (problem !== undefined) throw new HttpProblem('origin_refused', problem);
	}

	/** The name of the key that opens the server, for counting. Throws `HttpProblem` key_invalid. */
	keyOf(request: IncomingMessage): string {
		const key = this.#options.keys.nameOf(request);
		if (key !== undefined) return key;
		// One message for all that can be wrong with a key.
		const headers = {'www-authenticate': 'Bearer'};
		throw new HttpProblem('key_invalid', 'a valid API key is needed: Authorization: Bearer KEY', {headers});
	}

	/** Whether a key of that name still opens the server. */
	isOpenTo(key: string): boolean {
		return this.#options.keys.has(key);
	}
}
