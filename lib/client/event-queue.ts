import {Channel} from '../channel.js';
import type {SpeechEvent} from '../synthesizer.js';

/** Speech on its way to its reader. The window bounds how much of it waits: what comes cannot be refused. */
export class EventQueue {
	readonly #events = new Channel<SpeechEvent>(Infinity);
	#unread = 0;
	#samples = 0;
	/** Told after each event that was read. */
	onRead = () => {};

	/** Samples that wait to be read. */
	get unread(): number {
		return this.#unread;
	}

	/** Samples given so far, read or not. */
	get samples(): number {
		return this.#samples;
	}

	/** Events that wait to be read. */
	get size(): number {
		return this.#events.size;
	}

	emit(event: SpeechEvent): void {
		if (event.type === 'audio') {
			const samples = event.pcm.length / 2;
			this.#unread += samples;
			this.#samples += samples;
		}
		void this.#events.send(event);
	}

	/** What waits is still read; then the reader is done. */
	end(): void {
		this.#events.end();
	}

	/** What waits is still read; then the reader gets the error. */
	fail(error: unknown): void {
		this.#events.fail(error);
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<SpeechEvent, void> {
		for await (const event of this.#events) {
			if (event.type === 'audio') this.#unread -= event.pcm.length / 2;
			this.onRead();
			yield event;
		}
	}
}
