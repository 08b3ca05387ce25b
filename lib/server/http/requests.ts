import {setMaxListeners} from 'node:events';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import type {Duplex} from 'node:stream';
import {abortError} from '../../errors.js';
import {follow} from '../../waiting.js';
import {OpenCount} from '../open-count.js';

/** A request that is being answered. */
export interface OpenRequest {
	/** Aborts when its client is gone or the server stops. */
	readonly signal: AbortSignal;
	/** It was answered; safe to call twice. */
	end(): void;
}

interface Exchange {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
}

interface Connection {
	readonly gone: AbortController;
	readonly open: Set<Exchange>;
}

/** All HTTP requests that are being answered: when their clients go away, and how they end together. */
export class Requests {
	readonly #count = new OpenCount();
	readonly #stop = new AbortController();
	readonly #connections = new WeakMap<Duplex, Connection>();

	constructor() {
		setMaxListeners(0, this.#stop.signal);
	}

	/**
	 * Notes a request. Of pipelined ones only the first has the socket, and those behind it hear of no end of it: so the
	 * socket itself is what is listened to, once, however many requests it brings.
	 */
	begin(exchange: Exchange): OpenRequest {
		const connection = this.#connectionOf(exchange.request.socket);
		const work = new AbortController();
		const unfollow = [connection.gone.signal, this.#stop.signal].map(signal => follow(work, signal));
		let open = true;
		const end = () => {
			if (!open) return;
			open = false;
			for (const stop of unfollow) stop();
			connection.open.delete(exchange);
			this.#count.remove();
		};
		connection.open.add(exchange);
		this.#count.add();
		work.signal.addEventListener('abort', end, {once: true});
		return {signal: work.signal, end};
	}

	/** Whether an answer to some request is on its way on this socket, or owed to one that has come whole. */
	isBusy(socket: Duplex): boolean {
		const open = [...(this.#connections.get(socket)?.open ?? [])];
		return open.some(({request, response}) => request.complete || response.headersSent);
	}

	/** Waits for all to be answered; gives whether they were within `timeout` ms. */
	drain(timeout: number): Promise<boolean> {
		return this.#count.emptyWithin(timeout);
	}

	/** Stops all that run. */
	close(): void {
		this.#stop.abort(abortError('the server was closed'));
	}

	#connectionOf(socket: Socket): Connection {
		const known = this.#connections.get(socket);
		if (known) return known;
		const connection: Connection = {gone: new AbortController(), open: new Set()};
		setMaxListeners(0, connection.gone.signal);
		socket.once('close', () => connection.gone.abort(abortError('the client is gone')));
		this.#connections.set(socket, connection);
		return connection;
	}
}
