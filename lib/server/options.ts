import type {Server} from 'node:http';
import {checkNames} from '../check-names.js';
import {SpeechError} from '../errors.js';
import type {Synthesizer} from '../synthesizer.js';
import type {FfmpegPoolOptions} from '../transcode/pool.js';
import type {Limits} from './limits.js';
import type {ServerLog} from './log.js';
import {isLoopback} from './origin.js';

/** Of `createServer`; only `synthesizer` is needed. */
export interface SpeechServerOptions {
	/** What makes the speech. It stays open when the server closes. */
	readonly synthesizer: Synthesizer;
	/** API keys, any of which opens the server. Without one it is for this machine alone. */
	readonly keys?: readonly string[] | undefined;
	/**
	 * Origins whose pages may connect (`https://example.org`), over WebSockets and, by CORS, HTTP; by default any, or without
	 * keys those of this machine.
	 */
	readonly origins?: readonly string[] | undefined;
	/** The voice of who names none; without it they get an error. */
	readonly voiceId?: string | undefined;
	/**
	 * Which voices the names stand for that clients of OpenAI give (`{alloy: 'heart', nova: 'espeak:en-gb'}`), whatever their
	 * case; OpenAI's own names are the server's `voiceId` where nothing is said.
	 */
	readonly openaiVoices?: Readonly<Record<string, string>> | undefined;
	/** How many proxies stand in front, whose entries in `X-Forwarded-For` are believed; 0 by default: the header means nothing. */
	readonly trustProxy?: number | undefined;
	/** See `Limits` for each and its default. */
	readonly limits?: Partial<Limits> | undefined;
	/** How many ffmpeg processes wait ready for encoded formats; its defaults where it says nothing. */
	readonly ffmpegPool?: FfmpegPoolOptions | undefined;
	/** An HTTP server to attach to, which others may use too; by default the server makes its own. */
	readonly server?: Server | undefined;
	/**
	 * Whether `/healthz`, `/readyz`, `/metrics` and `/openapi.json` are answered; by default on a server of its own alone, since
	 * one that it is attached to may have such paths already.
	 */
	readonly operations?: boolean | undefined;
	/** Is told about connections, requests and generations, never text, queries or keys; nobody by default. */
	readonly log?: ServerLog | undefined;
}

/** Where a server listens; all of it is optional. */
export interface ListenOptions {
	/** Name or address; 127.0.0.1 by default. Without keys it must be of the loopback. */
	readonly host?: string | undefined;
	/** 8080 by default; 0 for any that is free. */
	readonly port?: number | undefined;
}

const names = [
	'synthesizer',
	'keys',
	'origins',
	'voiceId',
	'openaiVoices',
	'trustProxy',
	'limits',
	'ffmpegPool',
	'server',
	'operations',
	'log',
] satisfies Array<keyof SpeechServerOptions>;

/** Throws OPTION_INVALID for an option that there is not, and where there is no synthesizer. */
export function checkOptions(options: SpeechServerOptions): void {
	checkNames(options, names);
	// Callers in JavaScript may give none.
	if (typeof options.synthesizer?.speak !== 'function')
		throw new SpeechError(
			'OPTION_INVALID',
			'synthesizer is missing, or is none: what makes the speech, such as defaultSynthesizer().',
		);
}

/** Throws OPTION_INVALID. */
export function checkTrustProxy(proxies = 0): number {
	if (Number.isInteger(proxies) && proxies >= 0 && proxies <= 100) return proxies;
	throw new SpeechError(
		'OPTION_INVALID',
		`trustProxy is ${proxies}; it must be how many proxies stand in front, from 0 to 100.`,
	);
}

/** Fills in the defaults. Throws OPTION_INVALID. */
export function checkListen(
	{host = '127.0.0.1', port = 8080}: ListenOptions,
	{guarded}: {guarded: boolean},
): {readonly host: string; readonly port: number} {
	if (!guarded && !isLoopback(host)) {
		throw new SpeechError(
			'OPTION_INVALID',
			`Without API keys the server listens on the loopback only (127.0.0.1, ::1, localhost), not on ${host}: give it a key.`,
		);
	}
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new SpeechError('OPTION_INVALID', `port is ${port}; it must be a whole number from 0 to 65535.`);
	return {host, port};
}
