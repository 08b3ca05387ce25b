import {SpeechError} from '../errors.js';

/** What bounds a server. What breaks one is answered by an error that names it; only floods and undecodable input close a socket. */
export interface Limits {
	/** Bytes of one message from a client; more closes the socket with 1009. 1 MiB. */
	readonly maxMessageBytes: number;
	/** Messages a second on one socket; more closes it with 4429. 20,000. */
	readonly maxMessagesPerSecond: number;
	/** Frames in a row that are no JSON object; more closes the socket with 4400. 20. */
	readonly maxUndecodable: number;
	/** Generations open on one socket. 256. */
	readonly maxGenerationsPerSocket: number;
	/** Generations open of one key, over sockets and HTTP together. 1,024. */
	readonly maxGenerationsPerKey: number;
	/** Text taken but not yet spoken, on one socket, in UTF-16 units. 200,000. */
	readonly maxCharactersPerSocket: number;
	/** Text taken but not yet spoken, of one key, over sockets and HTTP together, in UTF-16 units. 1,000,000. */
	readonly maxCharactersPerKey: number;
	/** Contexts that one socket may name in its life. 1,000. */
	readonly maxContextsPerSocket: number;
	/** Sockets of one key; more are refused with HTTP 429. 512. */
	readonly maxSocketsPerKey: number;
	/** Bytes that wait to be sent on one socket before synthesis for it waits. 256 KiB. */
	readonly maxUnsentBytes: number;
	/** How late work may run before new generations get `overloaded`, in ms. 1,000. */
	readonly maxLateness: number;
	/** A generation without new text for so long speaks what waits, in ms. 5,000. */
	readonly textIdle: number;
	/** A generation without a message or audio for so long ends as if `finalText` had come, in ms. 60,000. */
	readonly generationIdle: number;
	/** A socket without an open generation or a message for so long is closed with 4408, in ms. 10 minutes. */
	readonly idleTimeout: number;
	/** Pings are sent so often, in ms; a peer that has not answered one by the next is gone. 20,000. */
	readonly pingInterval: number;
	/** A connection must have sent its request's headers by then, in ms; for a server of its own. 10,000. */
	readonly headersTimeout: number;
	/** And the body by then, in ms; for a server of its own. 30,000. */
	readonly requestTimeout: number;
	/** An HTTP answer that stands still for so long, since nobody reads it or the voice gives nothing, is given up, in ms. 2 minutes. */
	readonly stallTimeout: number;
	/** Bytes of an HTTP request's body; more is refused with HTTP 413. 1 MiB. */
	readonly maxBodyBytes: number;
	/** UTF-16 units of one HTTP request's text, of all its lines together. 5,000. */
	readonly maxCharactersPerRequest: number;
	/** Lines of one multispeaker request. 10. */
	readonly maxLines: number;
	/** UTF-16 units of one such line. 500. */
	readonly maxCharactersPerLine: number;
	/** HTTP requests of one key in a minute, all at once if need be; more are refused with HTTP 429. 6,000. */
	readonly maxRequestsPerMinute: number;
}

/** What bounds a server, unless `createServer({limits})` says otherwise. */
export const defaultLimits: Limits = {
	maxMessageBytes: 1024 * 1024,
	maxMessagesPerSecond: 20_000,
	maxUndecodable: 20,
	maxGenerationsPerSocket: 256,
	maxGenerationsPerKey: 1024,
	maxCharactersPerSocket: 200_000,
	maxCharactersPerKey: 1_000_000,
	maxContextsPerSocket: 1000,
	maxSocketsPerKey: 512,
	maxUnsentBytes: 256 * 1024,
	maxLateness: 1000,
	textIdle: 5000,
	generationIdle: 60_000,
	idleTimeout: 600_000,
	pingInterval: 20_000,
	headersTimeout: 10_000,
	requestTimeout: 30_000,
	stallTimeout: 120_000,
	maxBodyBytes: 1024 * 1024,
	maxCharactersPerRequest: 5000,
	maxLines: 10,
	maxCharactersPerLine: 500,
	maxRequestsPerMinute: 6000,
};

// Longer delays than a timer takes would fire at once.
const longestTimer = 2 ** 31 - 1;

/** Fills in the defaults. Throws `SpeechError` OPTION_INVALID for a limit that is unknown or no whole number from 1 on. */
export function checkLimits(given: Partial<Limits> = {}): Limits {
	for (const [name, value] of Object.entries(given)) {
		if (!Object.hasOwn(defaultLimits, name)) {
			const known = Object.keys(defaultLimits).join(', ');
			throw new SpeechError('OPTION_INVALID', `There is no limit ${name}; there are ${known}.`);
		}
		if (value !== undefined && !(Number.isInteger(value) && value >= 1 && value <= longestTimer)) {
			throw new SpeechError(
				'OPTION_INVALID',
				`limits.${name} is ${value}; it must be a whole number from 1 to ${longestTimer}.`,
			);
		}
	}
	const set = Object.entries(given).filter(([, value]) => value !== undefined);
	return {...defaultLimits, ...Object.fromEntries(set)};
}
