import {setMaxListeners} from 'node:events';
import type {Socket} from 'node:net';
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

interface Connection {
	readonly gone: AbortController;
	requests: number;
}

/** All HTTP requests that are being answered: when their clients go away, and how they end together. */
export class Requests {
	readonly #count = new OpenCount();
	readonly #stop = new AbortController();
	readonly #connections = new WeakMap<Socket, Connection>();

	constructor() {
		setMaxListeners(0, this.#stop.signal);
	}

	/**
	 * Notes a request. Of pipelined ones only the first has the socket, and those behind it hear of no end of it: so the
	 * socket itself is what is listened to, once, however many requests it brings.
	 */
	begin(socket: Socket): OpenRequest {
		const connection = this.#connectionOf(socket);
		const work = new AbortController();
		const unfollow = [connection.gone.signal, this.#stop.signal].map(signal => follow(work, signal));
		let open = true;
		const end = () => {
			if (!open) return;
			open = false;
			for (const stop of unfollow) stop();
			connection.requests--;
			this.#count.remove();
		};
		connection.requests++;
		this.#count.add();
		work.signal.addEventListener('abort', end, {once: true});
		return {signal: work.signal, end};
	}

	/** Whether an answer to some request is on its way on this socket. */
	isBusy(socket: Socket): boolean {
		return (this.#connections.get(socket)?.requests ?? 0) > 0;
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
		const connection = {gone: new AbortController(), requests: 0};
		setMaxListeners(0, connection.gone.signal);
		socket.once('close', () => connection.gone.abort(abortError('the client is gone')));
		this.#connections.set(socket, connection);
		return connection;
	}
}
