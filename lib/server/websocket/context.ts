import type {InputMessage} from '../../wire/messages.js';
import type {Generation} from './generation.js';

/** What a context supplies to its later generations. */
export type Inherited = {
	readonly [Field in 'voiceId' | 'sampleRate' | 'addWordTimestamps']?: InputMessage[Field] | undefined;
};

/** Generations that are spoken one after another, in the order they were opened. */
export class Context {
	#waiting: Generation[] = [];
	#inherited: Inherited = {};

	/** What the last generation was opened with. */
	get inherited(): Inherited {
		return this.#inherited;
	}

	/** Takes a generation: the text of those before it ends, so that none blocks it, and it starts when they are over. */
	open(generation: Generation, settings: Inherited): void {
		this.#inherited = settings;
		for (const before of this.#waiting) before.end();
		this.#waiting.push(generation);
		if (this.#waiting.length === 1) generation.start();
	}

	/** A generation is over: the next may start. */
	over(generation: Generation): void {
		const spoke = this.#waiting[0] === generation;
		this.#waiting = this.#waiting.filter(other => other !== generation);
		if (spoke) this.#waiting[0]?.start();
	}

	/** Cancels all; none starts meanwhile. */
	cancel(): void {
		const all = this.#waiting;
		this.#waiting = [];
		for (const generation of all) generation.cancel();
	}
}
