import {checkNames} from '../check-names.js';
import {SpeechError} from '../errors.js';
import type {ReconnectOptions} from './reconnect.js';

/** Of `RemoteSynthesizer`; only `url` is needed. */
export interface RemoteSynthesizerOptions {
	/**
	 * Where the server is: `wss://host`, `ws://127.0.0.1:8080`, with a path if it is not the protocol's own. Several are
	 * addresses of one service: the next is taken where one fails or goes away.
	 */
	readonly url: string | URL | ReadonlyArray<string | URL>;
	/** Sent as `Authorization: Bearer`. */
	readonly apiKey?: string | undefined;
	/** Speaks where `speak` is told neither a voice nor a language; without it the server's own default does, if it has one. */
	readonly voiceId?: string | undefined;
	/** Audio that a stream may hold unread, in seconds, before its text waits; 10 by default. */
	readonly window?: number | undefined;
	/** Generations on one socket before another is opened; 32 by default. */
	readonly maxGenerationsPerSocket?: number | undefined;
	/** Sockets open at once; 8 by default. With all of them full, `speak` waits for a place. */
	readonly maxSockets?: number | undefined;
	/** ms for a connection to open, and for an HTTP request; 10,000 by default. */
	readonly connectTimeout?: number | undefined;
	/** ms between pings; a server that has not answered one by the next is gone. 20,000 by default. */
	readonly keepAlive?: number | undefined;
	/** ms after which a socket that nobody uses is closed; 30,000 by default. Meanwhile it keeps no process alive. */
	readonly idleTimeout?: number | undefined;
	/** ms without new text after which a generation is ended; text that comes later opens another. 30,000 by default. */
	readonly textIdle?: number | undefined;
	/** ms that a server may say nothing, once the audio that it sent has played out, before it counts as gone; 30,000 by default. */
	readonly silence?: number | undefined;
	/** How connections are tried again. */
	readonly reconnect?: ReconnectOptions | undefined;
}

/** The numbers among the options, with their defaults. */
const defaults = {
	window: 10,
	maxGenerationsPerSocket: 32,
	maxSockets: 8,
	connectTimeout: 10_000,
	keepAlive: 20_000,
	idleTimeout: 30_000,
	textIdle: 30_000,
	silence: 30_000,
};

const names = [
	'url',
	'apiKey',
	'voiceId',
	'reconnect',
	// The keys are the table's own.
	...(Object.keys(defaults) as Array<keyof typeof defaults>),
] satisfies Array<keyof RemoteSynthesizerOptions>;

export type CheckedOptions = RemoteSynthesizerOptions & Record<keyof typeof defaults, number>;

/** Fills in the defaults. Throws OPTION_INVALID. */
export function checkOptions(options: RemoteSynthesizerOptions): CheckedOptions {
	checkNames(options, names);
	const chosen = {...defaults};
	// The keys are the table's own.
	for (const name of Object.keys(defaults) as Array<keyof typeof defaults>) {
		const value: unknown = options[name] ?? defaults[name];
		const whole = name === 'maxSockets' || name === 'maxGenerationsPerSocket';
		// Longer delays than a timer takes would fire at once.
		if (typeof value !== 'number' || !(value > 0 && value < 2 ** 31) || (whole && !Number.isInteger(value))) {
			const wanted = whole ? 'a whole number from 1 on' : 'a number above 0';
			throw new SpeechError('OPTION_INVALID', `${name} is ${JSON.stringify(value)}; it must be ${wanted}.`);
		}
		chosen[name] = value;
	}
	return {...options, ...chosen};
}
