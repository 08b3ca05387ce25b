import type {WebSocket} from 'ws';
import {IdleTimer} from '../../idle-timer.js';
import type {Limits} from '../limits.js';
import type {Session, SessionSocket} from './session.js';

/** After the close frame the peer has so long to answer it, in ms. */
const closingTime = 5000;

/** A WebSocket as a session sees it: who sends waits while too much is unsent. */
export class WsSocket implements SessionSocket {
	readonly #ws: WebSocket;
	readonly #maxUnsentBytes: number;
	#waiting: Array<() => void> = [];

	constructor(ws: WebSocket, maxUnsentBytes: number) {
		this.#ws = ws;
		this.#maxUnsentBytes = maxUnsentBytes;
		ws.on('close', () => this.#release());
	}

	send(message: string): Promise<void> {
		if (this.#ws.readyState !== this.#ws.OPEN) return Promise.resolve();
		this.#ws.send(message, () => {
			if (!this.#full) this.#release();
		});
		if (!this.#full) return Promise.resolve();
		return new Promise(resolve => {
			this.#waiting.push(resolve);
		});
	}

	close(code: number, reason: string): void {
		this.#ws.close(code, reason);
		const timer = setTimeout(() => this.#ws.terminate(), closingTime);
		this.#ws.on('close', () => clearTimeout(timer));
	}

	get #full(): boolean {
		return this.#ws.bufferedAmount > this.#maxUnsentBytes;
	}

	#release(): void {
		for (const resolve of this.#waiting.splice(0)) resolve();
	}
}

/** Lets a session hear what comes through a WebSocket, and learn when its peer is gone. */
export function connect(ws: WebSocket, session: Session, {pingInterval}: Pick<Limits, 'pingInterval'>): void {
	let answered = true;
	const pings = new IdleTimer(pingInterval, () => {
		if (!answered) {
			ws.terminate();
			return;
		}
		answered = false;
		ws.ping();
		pings.refresh();
	});
	ws.on('pong', () => {
		answered = true;
	});
	ws.on('message', (data, isBinary) => {
		if (isBinary) session.close('binary');
		else session.receive(data.toString());
	});
	ws.on('error', () => {
		// What `ws` itself finds wrong it closes for, with its own code (1002, 1007, 1009): no work goes on meanwhile.
		session.gone();
	});
	ws.on('close', () => {
		pings.clear();
		session.gone();
	});
}
