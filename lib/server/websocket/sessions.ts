import type {IncomingMessage} from 'node:http';
import type {Synthesizer} from '../../synthesizer.js';
import type {Access} from '../access.js';
import type {Admission} from '../admission.js';
import type {Limits} from '../limits.js';
import type {ServerLog} from '../log.js';
import type {Metrics} from '../metrics.js';
import {OpenCount} from '../open-count.js';
import {HttpProblem} from '../problem.js';
import type {KeyUsage, UsageByKey} from '../usage.js';
import {Session, type SessionSocket} from './session.js';

export interface SessionsOptions {
	readonly synthesizer: Synthesizer;
	readonly access: Access;
	readonly usage: UsageByKey;
	readonly voiceId: string | undefined;
	readonly limits: Limits;
	readonly admission: Admission;
	readonly metrics: Metrics;
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
	readonly #open = new Map<Session, KeyUsage>();
	readonly #count = new OpenCount();
	#connections = 0;

	constructor(options: SessionsOptions) {
		this.#options = options;
	}

	/** Decides about an upgrade. Throws `HttpProblem`. */
	admit(request: IncomingMessage): Admitted {
		const {access, log} = this.#options;
		const address = access.addressOf(request);
		try {
			return this.#admitted(this.#usageFor(request), address);
		} catch (error) {
			if (error instanceof HttpProblem)
				log.warn({status: error.status, code: error.code, address}, 'connection refused');
			throw error;
		}
	}

	/** Lets what runs finish; gives whether it had within `timeout` ms. */
	drain(timeout: number): Promise<boolean> {
		for (const session of this.#open.keys()) session.drain();
		return this.#count.emptyWithin(timeout);
	}

	/** Closes the sockets of keys that open the server no longer. */
	revoke(): void {
		for (const [session, {key}] of this.#open)
			if (!this.#options.access.isOpenTo(key)) session.close('revoked');
	}

	/** Stops everything; settles when all sockets are closed. */
	async close(): Promise<void> {
		for (const session of this.#open.keys()) session.close('draining');
		await this.#count.empty();
	}

	#usageFor(request: IncomingMessage): KeyUsage {
		const {access, admission, usage, limits} = this.#options;
		access.checkOrigin(request);
		const key = access.keyOf(request);
		admission.checkDraining();
		const ofKey = usage.of(key);
		if (ofKey.sockets < limits.maxSocketsPerKey) return ofKey;
		const {maxSocketsPerKey} = limits;
		throw new HttpProblem(
			'limit_exceeded',
			`maxSocketsPerKey is ${maxSocketsPerKey}: use the sockets that are open`,
		);
	}

	#admitted(usage: KeyUsage, address: string): Admitted {
		const {metrics} = this.#options;
		const connection = ++this.#connections;
		const log = withFields(this.#options.log, {connection});
		const opened = performance.now();
		let session: Session | undefined;
		usage.sockets++;
		return {
			open: socket => {
				log.info({key: usage.key, address}, 'connected');
				session = new Session(socket, {...this.#options, usage, log});
				this.#open.set(session, usage);
				this.#count.add();
				metrics.webSockets(1);
				// It may have been admitted just before.
				session.drain();
				return session;
			},
			closed: code => {
				usage.sockets--;
				this.#options.usage.forget(usage);
				if (!session) return;
				log.info({code, seconds: Math.round((performance.now() - opened) / 100) / 10}, 'closed');
				metrics.webSockets(-1);
				this.#open.delete(session);
				this.#count.remove();
			},
		};
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
