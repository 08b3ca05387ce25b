import type {BookEvent} from '../audiobook/index.js';

/** How far a book is, from its events. */
export class BookProgress {
	/** Utterances: all, done, and of those what was rendered before. */
	utterances = 0;
	done = 0;
	cached = 0;
	failed = 0;
	/** Seconds of audio so far. */
	seconds = 0;
	/** Of `chapters`, from 0; -1 before the first. */
	chapter = -1;
	chapters: ReadonlyArray<{readonly title: string; readonly characters: number}> = [];
	/** What is being said. */
	sentence = '';
	#characters = 0;
	#doneCharacters = 0;
	#chapterCharacters = 0;
	#measured = false;
	#renderedSeconds = 0;
	#renderedCharacters = 0;
	/** On `performance.now()`'s clock: when the first utterance was asked for that was not there. */
	#since = 0;

	take(event: BookEvent): void {
		switch (event.type) {
			case 'started':
				({utterances: this.utterances, chapters: this.chapters, characters: this.#characters} = event);
				this.#since = performance.now();
				break;
			case 'chapter':
				this.chapter = event.chapter;
				this.#chapterCharacters = 0;
				break;
			case 'utterance':
				this.#count(event);
				break;
			case 'failed':
				this.failed++;
				break;
			case 'measured':
				this.#measured = true;
				this.done = 0;
				this.#doneCharacters = 0;
				this.seconds = 0;
				break;
			case 'finishing':
				break;
		}
	}

	/** From 0 to 1. */
	get part(): number {
		return this.#characters === 0 ? 0 : this.#doneCharacters / this.#characters;
	}

	get chapterPart(): number {
		const {characters = 0} = this.chapters[this.chapter] ?? {};
		return characters === 0 ? 0 : this.#chapterCharacters / characters;
	}

	/** Seconds of audio rendered in a second; undefined while nothing was. */
	get speed(): number | undefined {
		const took = (performance.now() - this.#since) / 1000;
		return this.#renderedSeconds > 0 && took > 0 ? this.#renderedSeconds / took : undefined;
	}

	/** Seconds that the rest will take at the speed measured; undefined while that is not known. */
	get secondsLeft(): number | undefined {
		if (this.#renderedCharacters === 0) return undefined;
		const took = (performance.now() - this.#since) / 1000;
		return ((this.#characters - this.#doneCharacters) * took) / this.#renderedCharacters;
	}

	#count({utterance, seconds, cached}: Extract<BookEvent, {type: 'utterance'}>): void {
		const {length} = utterance.text;
		this.done++;
		this.seconds += seconds;
		this.sentence = utterance.text;
		this.#doneCharacters += length;
		this.#chapterCharacters += length;
		// What was measured is read again: that counts no second time.
		if (this.#measured) return;
		if (cached) {
			this.cached++;
			// What is only read takes no time to speak of: the clock starts with what has to be made.
			if (this.#renderedCharacters === 0) this.#since = performance.now();
			return;
		}
		this.#renderedSeconds += seconds;
		this.#renderedCharacters += length;
	}
}
