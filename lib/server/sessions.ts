import type {IncomingMessage} from 'node:http';
import type {Synthesizer} from '../synthesizer.js';
import type {Admission} from './admission.js';
import type {Refusal} from './http-refusal.js';
import type {Keys} from './keys.js';
import type {Limits} from './limits.js';
import type {ServerLog} from './log.js';
import {originProblem} from './origin.js';
import {Session, type SessionSocket} from './session.js';
import {type KeyUsage, UsageByKey} from './usage.js';

export interface SessionsOptions {
	readonly synthesizer: Synthesizer;
	readonly keys: Keys;
	readonly origins: readonly string[] | undefined;
	readonly voiceId: string | undefined;
	readonly limits: Limits;
	readonly admission: Admission;
	readonly log: ServerLog;
}

/** A request that may become a session. */
export interface Admitted {
	/** There is a WebSocket now. */
	open(socket: SessionSocket): Session;
	/** The socket is closed, or never came to be. */
	closed(code: number | undefined): void;
}

/** All sessions of a server: who may open one, and how they end together. */
export class Sessions {
	readonly #options: SessionsOptions;
	readonly #usage = new UsageByKey();
	readonly #open = new Set<Session>();
	#emptied: (() => void) | undefined;
	#connections = 0;

	constructor(options: SessionsOptions) {
		this.#options = options;
	}

	/** Decides about an upgrade. */
	admit(request: IncomingMessage): Refusal | Admitted {
		const {keys, origins, admission, limits, log} = this.#options;
		const refuse = (status: Refusal['status'], error: string, headers = {}): Refusal => {
			log.warn({status, address: request.socket.remoteAddress}, 'connection refused');
			return {status, error, headers};
		};
		const foreign = originProblem(request, {guarded: keys.needed, origins});
		if (foreign !== undefined) return refuse(403, foreign);
		const key = keys.nameOf(request);
		// One message for all that can be wrong with a key.
		if (key === undefined) return refuse(401, 'A valid API key is needed.', {'www-authenticate': 'Bearer'});
		if (admission.draining)
			return refuse(503, 'draining: the server is shutting down.', {'retry-after': '5'});
		const usage = this.#usage.open(key, limits.maxSocketsPerKey);
		if (usage) return this.#admitted(request, usage);
		const error = `maxSocketsPerKey is ${limits.maxSocketsPerKey}: use the sockets that are open.`;
		return refuse(429, error, {'retry-after': '5'});
	}

	/** Lets what runs finish; gives whether it had within `timeout` ms. */
	async drain(timeout: number): Promise<boolean> {
		const empty = this.#empty();
		for (const session of this.#open) session.drain();
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<boolean>(resolve => {
			timer = setTimeout(resolve, timeout, false);
		});
		const done = await Promise.race([empty.then(() => true), late]);
		clearTimeout(timer);
		return done;
	}

	/** Stops everything; settles when all sockets are closed. */
	async close(): Promise<void> {
		const empty = this.#empty();
		for (const session of this.#open) session.close('draining');
		await empty;
	}

	#admitted(request: IncomingMessage, usage: KeyUsage): Admitted {
		const connection = ++this.#connections;
		const log = withFields(this.#options.log, {connection});
		const opened = performance.now();
		let session: Session | undefined;
		return {
			open: socket => {
				log.info({key: usage.key, address: request.socket.remoteAddress}, 'connected');
				session = new Session(socket, {...this.#options, usage, log});
				this.#open.add(session);
				// It may have been admitted just before.
				session.drain();
				return session;
			},
			closed: code => {
				if (session) {
					this.#open.delete(session);
					log.info({code, seconds: Math.round((performance.now() - opened) / 100) / 10}, 'closed');
				}
				this.#usage.close(usage);
				if (this.#open.size === 0) this.#emptied?.();
			},
		};
	}

	#empty(): Promise<void> {
		return new Promise(resolve => {
			if (this.#open.size === 0) resolve();
			const before = this.#emptied;
			this.#emptied = () => {
				before?.();
				resolve();
			};
		});
	}
}

/** A log that adds these fields to all that it is told. */
function withFields(log: ServerLog, fields: Readonly<Record<string, unknown>>): ServerLog {
	return {
		info: (more, message) => log.info({...fields, ...more}, message),
		warn: (more, message) => log.warn({...fields, ...more}, message),
		error: (more, message) => log.error({...fields, ...more}, message),
	};
}
