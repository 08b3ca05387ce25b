import type {WireProblem} from '../wire/error-codes.js';
import type {Limits} from './limits.js';

/** What is in use, by a socket or by all sockets of a key: open generations, and characters taken but not yet spoken. */
export interface Usage {
	generations: number;
	characters: number;
}

/** All that one API key has open. */
export interface KeyUsage extends Usage {
	readonly key: string;
	sockets: number;
}

/** Which of both limits would be broken by one more generation, or by so many more characters. */
export function overLimit(
	{socket, key, limits}: {socket: Usage; key: Usage; limits: Limits},
	more: Usage,
): WireProblem | undefined {
	const checks = [
		['maxGenerationsPerSocket', socket.generations + more.generations, 'wait until one has finished'],
		['maxGenerationsPerKey', key.generations + more.generations, 'wait until one has finished'],
		['maxCharactersPerSocket', socket.characters + more.characters, 'wait until some text was spoken'],
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

	/** One more socket of this key, or undefined if it has as many as it may. */
	open(key: string, maxSockets: number): KeyUsage | undefined {
		const usage = this.#keys.get(key) ?? {key, sockets: 0, generations: 0, characters: 0};
		if (usage.sockets >= maxSockets) return undefined;
		usage.sockets++;
		this.#keys.set(key, usage);
		return usage;
	}

	/** One socket less. */
	close(usage: KeyUsage): void {
		usage.sockets--;
		if (usage.sockets === 0) this.#keys.delete(usage.key);
	}
}
