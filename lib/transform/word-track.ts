import {Channel} from '../channel.js';
import {SpeechError} from '../errors.js';
import type {TimedWord} from '../synthesizer.js';

/** Words that may wait for their reader: some ten hours of speech. */
const limit = 100_000;

/** The words of a stream as an async iterable; they are kept from the moment it is asked for. */
export class WordTrack {
	#words: Channel<TimedWord> | undefined;
	#outcome: {error: unknown} | 'ended' | undefined;

	get reader(): AsyncIterableIterator<TimedWord, undefined> {
		if (!this.#words) {
			this.#words = new Channel(limit);
			if (this.#outcome === 'ended') this.#words.end();
			else if (this.#outcome) this.#words.fail(this.#outcome.error);
		}
		return this.#words;
	}

	/** Throws WORDS_UNREAD when nobody reads what was asked for. */
	add(word: TimedWord): void {
		if (!this.#words) return;
		if (this.#words.size >= limit) {
			throw new SpeechError(
				'WORDS_UNREAD',
				`${limit} words wait in stream.words: read them while the audio is read.`,
			);
		}
		void this.#words.send(word);
	}

	end(): void {
		this.#outcome ??= 'ended';
		this.#words?.end();
	}

	fail(error: unknown): void {
		this.#outcome ??= {error};
		this.#words?.fail(error);
	}
}
