import {SpeechError} from '../errors.js';
import {Connection, type ConnectionOptions} from './connection.js';
import type {Loss} from './loss.js';
import {Reconnect, type ReconnectOptions} from './reconnect.js';

export interface PoolOptions extends Omit<ConnectionOptions, 'url'> {
	/** One service's addresses: the next is taken where one fails or drains. */
	readonly urls: readonly URL[];
	readonly maxSockets: number;
	readonly reconnect: ReconnectOptions;
}

interface Waiter {
	resolve(connection: Connection): void;
	reject(error: unknown): void;
}

interface Ended {
	readonly opened: boolean;
	readonly quick: boolean;
	readonly used: boolean;
	/** The round in which it was begun. */
	readonly round: number;
}

/** The connections to one service: as many as the generations need, opened when first needed. */
export class Pool {
	readonly #options: PoolOptions;
	readonly #reconnect: Reconnect;
	readonly #connections = new Set<Connection>();
	readonly #waiters = new Set<Waiter>();
	#delay: NodeJS.Timeout | undefined;
	#address = 0;
	/** Sockets that were begun before the last failure tell nothing new when they fail too: all go down with one server. */
	#round = 0;
	#gaveUp = false;
	#closed = false;

	constructor(options: PoolOptions) {
		this.#options = options;
		this.#reconnect = new Reconnect(options.reconnect);
	}

	/** The address in use. */
	get url(): URL {
		const {urls} = this.#options;
		const url = urls[this.#address % urls.length];
		if (!url) throw new SpeechError('OPTION_INVALID', 'url is an empty list; give at least one address.');
		return url;
	}

	/** Sockets that are open or being opened. */
	get size(): number {
		return this.#connections.size;
	}

	/**
	 * A connection with one place taken on it, which is to be released. Throws `SpeechError`: REMOTE_REFUSED, REMOTE_LOST
	 * (no connection could be had), CLOSED; or the signal's reason. A connection that nobody waits for any more is given up.
	 */
	acquire(signal: AbortSignal): Promise<Connection> {
		return new Promise((resolve, reject) => {
			signal.throwIfAborted();
			if (this.#closed) throw closedError();
			const forget = () => {
				this.#waiters.delete(waiter);
				signal.removeEventListener('abort', abandon);
			};
			const waiter: Waiter = {
				resolve(connection) {
					forget();
					resolve(connection.take());
				},
				reject(error) {
					forget();
					reject(error);
				},
			};
			const abandon = () => {
				waiter.reject(signal.reason);
				if (this.#waiters.size === 0) this.#abandon();
			};
			signal.addEventListener('abort', abandon, {once: true});
			this.#waiters.add(waiter);
			this.#serve();
		});
	}

	/** Ends all connections; what runs on them fails with CLOSED. */
	async close(): Promise<void> {
		this.#closed = true;
		clearTimeout(this.#delay);
		this.#rejectAll(closedError());
		await Promise.all([...this.#connections].map(connection => connection.close(closedError())));
	}

	/** Gives free places to those who wait, first come first served, and opens what is missing. */
	#serve(): void {
		for (const connection of this.#connections) {
			for (const waiter of this.#waiters) {
				if (connection.room <= 0) break;
				waiter.resolve(connection);
			}
		}
		while (this.#waiters.size > this.#expected && this.#delay === undefined && !this.#closed) {
			if (this.#connections.size >= this.#options.maxSockets) return;
			const {delay} = this.#reconnect;
			if (delay === 0) this.#connect();
			else this.#delay = setTimeout(() => this.#connect(), delay);
		}
	}

	/** Places on the sockets that are being opened. */
	get #expected(): number {
		return [...this.#connections].filter(({connecting}) => connecting).length * this.#options.places;
	}

	#connect(): void {
		this.#delay = undefined;
		const round = this.#round;
		const connection = new Connection(
			{...this.#options, url: this.url},
			{
				opened: () => this.#serve(),
				freed: () => this.#serve(),
				spoke: () => this.#reconnect.succeeded(),
				ended: (loss, how) => {
					this.#connections.delete(connection);
					return this.#ended(loss, {...how, round});
				},
			},
		);
		this.#connections.add(connection);
	}

	#ended(loss: Loss, {opened, quick, used, round}: Ended): Loss {
		let told = loss;
		if (!loss.final && (used || !opened)) {
			if (round === this.#round) {
				this.#round++;
				this.#address++;
				// What one address asks for holds for no other.
				const retryAfter = this.#options.urls.length === 1 ? loss.retryAfter : undefined;
				this.#gaveUp = this.#reconnect.failed({quick, retryAfter});
			}
			if (this.#gaveUp && round === this.#round - 1) told = givenUp(loss);
		}
		if (told.final && (!opened || told !== loss)) this.#rejectAll(told.error);
		// Not at once: the generations of this connection are to come first.
		queueMicrotask(() => this.#serve());
		return told;
	}

	#abandon(): void {
		clearTimeout(this.#delay);
		this.#delay = undefined;
		for (const connection of this.#connections) {
			if (connection.connecting)
				void connection.close(new SpeechError('REMOTE_LOST', 'Nobody waited for it.'));
		}
	}

	#rejectAll(error: SpeechError): void {
		for (const waiter of this.#waiters) waiter.reject(error);
	}
}

function givenUp({error, retryAfter}: Loss): Loss {
	const asked = retryAfter === undefined ? '' : ` It asks to try again in ${Math.ceil(retryAfter / 1000)} s.`;
	const message = `${error.message}${asked} It failed too often in a row, or for too long: given up.`;
	return {error: new SpeechError(error.code, message, {cause: error.cause}), final: true};
}

function closedError(): SpeechError {
	return new SpeechError('CLOSED', 'The synthesizer was closed.');
}
