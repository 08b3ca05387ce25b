import type {WireProblem} from '../wire/error-codes.js';
import type {Limits} from './limits.js';

/** What is in use, by a socket or by a key: open generations, and characters taken but not yet spoken. */
export interface Usage {
	generations: number;
	characters: number;
}

/** All that one API key has open, over WebSockets and HTTP together. */
export interface KeyUsage extends Usage {
	readonly key: string;
	sockets: number;
}

export interface UsageScopes {
	/** Of the one socket; HTTP has none. */
	readonly socket?: Usage;
	readonly key: Usage;
	readonly limits: Limits;
}

/** Which limit would be broken by one more generation, or by so many more characters. */
export function overLimit({socket, key, limits}: UsageScopes, more: Usage): WireProblem | undefined {
	const {generations, characters} = socket ?? {generations: 0, characters: 0};
	const checks = [
		['maxGenerationsPerSocket', generations + (socket ? more.generations : 0), 'wait until one has finished'],
		['maxGenerationsPerKey', key.generations + more.generations, 'wait until one has finished'],
		[
			'maxCharactersPerSocket',
			characters + (socket ? more.characters : 0),
			'wait until some text was spoken',
		],
		['maxCharactersPerKey', key.characters + more.characters, 'wait until some text was spoken'],
	] as const;
	for (const [name, wanted, fix] of checks) {
		if (wanted > limits[name])
			return {code: 'limit_exceeded', explanation: `${name} is ${limits[name]}: ${fix}`};
	}
	return undefined;
}

/** Counts by key; keys of which nothing is open are forgotten. */
export class UsageByKey {
	readonly #keys = new Map<string, KeyUsage>();

	/** What a key has open. It is to be given to `forget` when something of it was closed. */
	of(key: string): KeyUsage {
		const usage = this.#keys.get(key) ?? {key, sockets: 0, generations: 0, characters: 0};
		this.#keys.set(key, usage);
		return usage;
	}

	/** Lets go of it if nothing of it is open. */
	forget({key, sockets, generations}: KeyUsage): void {
		if (sockets === 0 && generations === 0) this.#keys.delete(key);
	}
}
