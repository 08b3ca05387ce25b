import {
	createServer as createHttpServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type {AddressInfo} from 'node:net';
import {SpeechError} from '../errors.js';
import type {Synthesizer} from '../synthesizer.js';
import {webSocketPath} from '../wire/messages.js';
import {Admission} from './admission.js';
import {nothingHere, type Refusal, refusalBody, refusalHeaders} from './http-refusal.js';
import {Keys} from './keys.js';
import {checkLimits, type Limits} from './limits.js';
import {type ServerLog, silentLog} from './log.js';
import {isLoopback} from './origin.js';
import {Sessions} from './sessions.js';
import {acceptWebSockets, pathOf} from './ws-adapter.js';

export interface SpeechServerOptions {
	/** What makes the speech. It stays open when the server closes. */
	readonly synthesizer: Synthesizer;
	/** API keys, any of which opens the server. Without one it is for this machine alone. */
	readonly keys?: readonly string[] | undefined;
	/** Origins whose pages may connect (`https://example.org`); by default any, or without keys those of this machine. */
	readonly origins?: readonly string[] | undefined;
	/** The voice of generations that name none; without it they get an error. */
	readonly voiceId?: string | undefined;
	/** See `Limits` for each and its default. */
	readonly limits?: Partial<Limits> | undefined;
	/** An HTTP server to attach to, which others may use too; by default the server makes its own. */
	readonly server?: Server | undefined;
	/** Is told about connections and generations, never text or keys; nobody by default. */
	readonly log?: ServerLog | undefined;
}

export interface ListenOptions {
	/** Name or address; 127.0.0.1 by default. Without keys it must be of the loopback. */
	readonly host?: string | undefined;
	/** 8080 by default; 0 for any that is free. */
	readonly port?: number | undefined;
}

/** A server that speaks the protocol of `docs/protocol.md`. */
export interface SpeechServer {
	/** The HTTP server: its own, or the one it is attached to. */
	readonly http: Server;
	/** Starts to listen. Gives the URL for WebSockets. Throws `SpeechError` OPTION_INVALID, and Node's error if it cannot. */
	listen(options?: ListenOptions): Promise<string>;
	/**
	 * Refuses new sockets and generations, lets those that run finish, but no longer than `timeout` ms (30,000 by
	 * default), then closes. Gives whether all had finished by then.
	 */
	drain(timeout?: number): Promise<boolean>;
	/** Stops everything at once, and closes. Safe to call twice. */
	close(): Promise<void>;
}

/** Makes a server of a synthesizer. Throws `SpeechError` OPTION_INVALID for an option that is out of range or unknown. */
export function createServer(options: SpeechServerOptions): SpeechServer {
	const {synthesizer, origins, voiceId, log = silentLog} = options;
	const limits = checkLimits(options.limits);
	const keys = new Keys(options.keys ?? []);
	const admission = new Admission(synthesizer, limits.maxLateness);
	const sessions = new Sessions({synthesizer, keys, origins, voiceId, limits, admission, log});
	const own = options.server === undefined;
	const http = options.server ?? ownServer(limits);
	const detach = acceptWebSockets(http, {limits, own, admit: request => sessions.admit(request)});

	const close = async () => {
		admission.draining = true;
		detach();
		await sessions.close();
		if (own && http.listening) {
			await new Promise(resolve => {
				http.close(resolve);
				http.closeAllConnections();
			});
		}
	};
	return {
		http,
		async listen({host = '127.0.0.1', port = 8080} = {}) {
			if (!keys.needed && !isLoopback(host)) {
				throw new SpeechError(
					'OPTION_INVALID',
					`Without API keys the server listens on the loopback only (127.0.0.1, ::1, localhost), not on ${host}: give it a key.`,
				);
			}
			if (!Number.isInteger(port) || port < 0 || port > 65_535)
				throw new SpeechError(
					'OPTION_INVALID',
					`port is ${port}; it must be a whole number from 0 to 65535.`,
				);
			await new Promise<void>((resolve, reject) => {
				http.once('error', reject);
				http.listen({host, port}, () => {
					http.off('error', reject);
					resolve();
				});
			});
			return urlOf(http);
		},
		async drain(timeout = 30_000) {
			admission.draining = true;
			const done = await sessions.drain(timeout);
			await close();
			return done;
		},
		close,
	};
}

function ownServer({upgradeTimeout}: Limits): Server {
	const server = createHttpServer({
		headersTimeout: upgradeTimeout,
		requestTimeout: upgradeTimeout,
		connectionsCheckingInterval: Math.ceil(upgradeTimeout / 4),
	});
	server.on('request', (request: IncomingMessage, response: ServerResponse) => {
		const refusal: Refusal =
			pathOf(request) === webSocketPath
				? {status: 426, error: 'This path speaks WebSocket: upgrade.', headers: {upgrade: 'websocket'}}
				: nothingHere;
		response.writeHead(refusal.status, refusalHeaders(refusal));
		response.end(refusalBody(refusal));
	});
	return server;
}

function urlOf(http: Server): string {
	const {address, family, port} = http.address() as AddressInfo; // It listens on a port: no pipe, not closed.
	return `ws://${family === 'IPv6' ? `[${address}]` : address}:${port}${webSocketPath}`;
}
