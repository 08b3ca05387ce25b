/** Counts messages by seconds of the clock: bursts pass, what goes on does not. */
export class FloodGuard {
	readonly #perSecond: number;
	#second = 0;
	#messages = 0;
	#answers = 0;

	constructor(perSecond: number) {
		this.#perSecond = perSecond;
	}

	/** Counts a message; gives whether it is one too many. */
	message(): boolean {
		const second = Math.floor(performance.now() / 1000);
		if (second !== this.#second) this.#messages = 0;
		this.#second = second;
		this.#messages++;
		return this.#messages > this.#perSecond;
	}

	/** Counts an answer that waits to be read until `sent` settles; gives whether it is one too many. */
	answer(sent: Promise<void>): boolean {
		this.#answers++;
		void sent.then(() => this.#answers--);
		return this.#answers > this.#perSecond;
	}
}
