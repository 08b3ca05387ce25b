import {late, waitFor} from '../waiting.js';
import type {InputMessage} from '../wire/messages.js';
import type {Connection} from './connection.js';
import {MessageRate} from './message-rate.js';
import type {ResumePoint} from './resume.js';
import type {TextSource} from './text-source.js';
import type {Window} from './window.js';

export interface TextSenderOptions {
	/** The generation's. */
	readonly id: string;
	readonly connection: Connection;
	/** Where the generation begins. */
	readonly point: ResumePoint;
	readonly source: TextSource;
	readonly window: Window;
	/** Tells whether audio waits for the reader. */
	readonly out: {readonly unread: number};
	/** What the first message says besides. */
	readonly first: InputMessage;
	/** ms without new text after which it is ended, so that the server does not do it first. */
	readonly textIdle: number;
	/** Nothing more is to be sent. */
	readonly signal: AbortSignal;
	/** Told when the reader has had everything, and text waits all the same. */
	readonly onStarved: () => void;
}

/** How long a reader that has had everything waits before more text is sent all the same, in ms. */
const starvation = 1000;
/** Text that joins a message, in UTF-16 units. */
const mostGathered = 1000;

/** The text of one generation on its way to the server, as its window lets it pass. */
export class TextSender {
	readonly #options: TextSenderOptions;
	readonly #rate = new MessageRate();
	#sent: number;
	#opened = false;
	#ended = false;
	#sentAt = performance.now();
	#wake = () => {};

	constructor(options: TextSenderOptions) {
		this.#options = options;
		this.#sent = options.point.textStart;
	}

	/** Offset in all the text up to which it was sent. */
	get sent(): number {
		return this.#sent;
	}

	/** The server was told that no more text follows. */
	get ended(): boolean {
		return this.#ended;
	}

	/** Tells the server to stop, if it knows of the generation. */
	cancel(): void {
		if (this.#opened) this.#options.connection.send({generationId: this.#options.id, cancel: true});
	}

	/** Looks anew whether text may pass: the reader read, or the server said something. */
	wake(): void {
		this.#wake();
	}

	/** Sends text as it comes and the window allows, then the end. Throws what the text throws, or the signal's reason. */
	async run(): Promise<void> {
		const {point, textIdle} = this.#options;
		for (let taken = point.textStart; ; ) {
			const length = await this.#take(taken, this.#idleIn(textIdle));
			if (length === 0) break;
			taken = await this.#gather(taken + length);
			if (!(await this.#pass(taken))) break;
		}
		this.#ended = true;
		this.#send({text: '', finalText: true});
	}

	/** Hands the next piece of text to the window and gives its length; 0 where it ends, is flushed, or does not come within `ms`. */
	async #take(at: number, ms: number): Promise<number> {
		const {source, point, window, signal} = this.#options;
		const piece = await waitFor(source.next(at, point.textStart), signal, ms);
		if (typeof piece !== 'object') return 0;
		window.push(piece.text);
		return piece.text.length;
	}

	/** Where messages are many, waits a moment for text to join the one to be sent. Gives the offset up to which it was taken. */
	async #gather(from: number): Promise<number> {
		const until = performance.now() + this.#rate.count();
		let taken = from;
		while (taken - from < mostGathered) {
			const ms = until - performance.now();
			const length = ms > 0 ? await this.#take(taken, ms) : 0;
			if (length === 0) break;
			taken += length;
		}
		return taken;
	}

	/** Sends text up to `end` as the window lets it pass; false: the reader let it wait for too long. */
	async #pass(end: number): Promise<boolean> {
		const {source, point, window, out, textIdle, signal, onStarved} = this.#options;
		for (;;) {
			const to = point.textStart + window.pass();
			if (to > this.#sent) {
				const text = source.slice(this.#sent, to);
				this.#sent = to;
				this.#send({text});
			}
			if (to === end) return true;
			const idleIn = this.#idleIn(textIdle);
			if (idleIn <= 0) return false;
			const changed = new Promise<void>(resolve => {
				this.#wake = resolve;
			});
			const result = await waitFor(changed, signal, Math.min(starvation, idleIn));
			if (result === late && out.unread === 0) {
				window.starved();
				onStarved();
			}
		}
	}

	/** What is not open yet is not idle: ended without text, it would say nothing of what is to be resumed. */
	#idleIn(textIdle: number): number {
		return this.#opened ? Math.max(0, this.#sentAt + textIdle - performance.now()) : textIdle;
	}

	#send(message: InputMessage): void {
		// It was aborted between two awaits: the server was told already.
		if (this.#options.signal.aborted) return;
		const {connection, id, first} = this.#options;
		this.#sentAt = performance.now();
		connection.send({generationId: id, ...(this.#opened ? {} : first), ...message});
		this.#opened = true;
	}
}
