import {SpeechError} from '../errors.js';
import {IdleTimer} from '../idle-timer.js';
import type {InputMessage, OutputMessage} from '../wire/messages.js';
import {parseOutput} from '../wire/parse.js';
import {type Loss, lossOf} from './loss.js';
import {openSocket, type Socket, type SocketEnd} from './ws-socket.js';

export interface ConnectionOptions {
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	/** Generations that it carries at once. */
	readonly places: number;
	/** ms; see `RemoteSynthesizerOptions`. */
	readonly connectTimeout: number;
	readonly keepAlive: number;
	readonly idleTimeout: number;
}

/** What the pool hears of a connection. */
export interface ConnectionEvents {
	opened(): void;
	/** A chunk of audio came. */
	spoke(): void;
	/** A place became free. */
	freed(): void;
	/** Exactly once; what it gives back is what the generations are told. */
	ended(loss: Loss, how: {readonly opened: boolean; readonly quick: boolean; readonly used: boolean}): Loss;
}

/** One generation's ear on the socket. */
export interface GenerationEvents {
	message(message: OutputMessage): void;
	/** Nothing more comes. */
	lost(loss: Loss): void;
}

/** A socket that dies within this time, without a word, was of no use; ms. */
const quickly = 5000;

/** One socket, shared by the generations that hold a place of it; without any it closes after a while and keeps no process alive. */
export class Connection {
	readonly #options: ConnectionOptions;
	readonly #events: ConnectionEvents;
	readonly #socket: Socket;
	readonly #generations = new Map<string, GenerationEvents>();
	/** Settles when the socket is closed. */
	readonly closed: Promise<void>;
	#socketClosed = () => {};
	#state: 'connecting' | 'open' | 'ended' = 'connecting';
	#loss: Loss | undefined;
	#taken = 0;
	#draining = false;
	#openedAt = 0;
	#heard = false;
	/** Something came since the last ping. */
	#alive = true;
	#pinging: IdleTimer | undefined;
	#idling: NodeJS.Timeout | undefined;

	constructor(options: ConnectionOptions, events: ConnectionEvents) {
		this.#options = options;
		this.#events = events;
		this.closed = new Promise(resolve => {
			this.#socketClosed = resolve;
		});
		this.#socket = openSocket(options, {
			opened: () => this.#opened(),
			message: text => this.#message(text),
			pong: () => {
				this.#alive = true;
			},
			ended: end => this.#socketEnded(end),
		});
	}

	get host(): string {
		return this.#options.url.host;
	}

	get connecting(): boolean {
		return this.#state === 'connecting';
	}

	/** Generations that it can carry besides those it does; none before it is open, or once the server drains. */
	get room(): number {
		return this.#state === 'open' && !this.#draining ? this.#options.places - this.#taken : 0;
	}

	/** Takes one place. */
	take(): this {
		this.#taken++;
		clearTimeout(this.#idling);
		this.#socket.holdProcess(true);
		return this;
	}

	/** Gives a place back. */
	release(): void {
		this.#taken--;
		if (this.#state !== 'open') return;
		if (this.#taken === 0) this.#rest();
		this.#events.freed();
	}

	/** No new generations go here: the server said that it is going away. */
	drain(): void {
		this.#draining = true;
	}

	/** From now on the generation hears what the server sends it; on a socket that is gone, at once that it is. */
	attach(generationId: string, events: GenerationEvents): void {
		if (this.#loss) events.lost(this.#loss);
		else this.#generations.set(generationId, events);
	}

	/** The generation is over: what still comes for it is ignored. */
	detach(generationId: string): void {
		this.#generations.delete(generationId);
	}

	send(message: InputMessage): void {
		this.#socket.send(JSON.stringify(message));
	}

	/** Ends it; the generations on it hear `error`. Settles when the socket is closed. */
	async close(error: SpeechError): Promise<void> {
		this.#finish({error, final: true});
		this.#socket.close(1000, '');
		await this.closed;
	}

	#opened(): void {
		this.#state = 'open';
		this.#openedAt = performance.now();
		this.#pinging = new IdleTimer(this.#options.keepAlive, () => this.#ping()).unref();
		this.#rest();
		this.#events.opened();
	}

	/** Nobody needs the socket now. */
	#rest(): void {
		if (this.#taken > 0) return;
		this.#socket.holdProcess(false);
		const end = () => {
			this.#finish({
				error: new SpeechError('REMOTE_LOST', `The idle socket to ${this.host} was closed.`),
				final: false,
			});
			this.#socket.close(1000, 'idle');
		};
		this.#idling = setTimeout(end, this.#draining ? 0 : this.#options.idleTimeout).unref();
	}

	/** A peer that did not answer the last ping is gone, whatever TCP believes. */
	#ping(): void {
		if (!this.#alive) {
			this.#socketEnded({code: 1006, reason: `no answer to a ping for ${this.#options.keepAlive} ms`});
			this.#socket.destroy();
			return;
		}
		this.#alive = false;
		this.#socket.ping();
		this.#pinging?.refresh();
	}

	#message(text: string | undefined): void {
		if (this.#state === 'ended') return;
		this.#alive = true;
		this.#heard = true;
		if (text === undefined) {
			this.#violated('a binary frame');
			return;
		}
		const parsed = parseOutput(text);
		if (parsed.ok) this.#deliver(parsed.message);
		else if (!parsed.unknown) this.#violated(parsed.problem.explanation);
	}

	#deliver(message: OutputMessage): void {
		if (message.type === 'chunk') this.#events.spoke();
		// An error that names none belongs to the only generation there is; among several nobody could tell whose it is.
		const [only] = this.#generations.size === 1 ? this.#generations.values() : [];
		const nameless = message.type === 'error' && message.generationId === '';
		(nameless ? only : this.#generations.get(message.generationId))?.message(message);
	}

	#violated(what: string): void {
		const error = new SpeechError('REMOTE_PROTOCOL', `${this.host} broke the protocol: ${what}.`);
		this.#finish({error, final: true});
		this.#socket.close(1002, 'not a message of this protocol');
	}

	#socketEnded(end: SocketEnd): void {
		this.#socketClosed();
		this.#finish(lossOf(end, this.host));
	}

	#finish(loss: Loss): void {
		if (this.#state === 'ended') return;
		const opened = this.#state === 'open';
		const quick = opened && !this.#heard && performance.now() - this.#openedAt < quickly;
		this.#state = 'ended';
		this.#pinging?.clear();
		clearTimeout(this.#idling);
		this.#loss = loss;
		this.#loss = this.#events.ended(loss, {opened, quick, used: this.#taken > 0});
		for (const generation of [...this.#generations.values()]) generation.lost(this.#loss);
		this.#generations.clear();
	}
}
