/** Messages sent without a pause, and then in a second: 32 streams of single letters stay below what a server takes for a flood. */
const burst = 50;
const perSecond = 200;

/** Tells when so many messages went out that text should be gathered into fewer. */
export class MessageRate {
	#credit = burst;
	#countedAt = performance.now();

	/** Counts a message; gives for how many ms it should wait for more text to join it. */
	count(): number {
		const now = performance.now();
		this.#credit = Math.min(burst, this.#credit + ((now - this.#countedAt) * perSecond) / 1000);
		this.#countedAt = now;
		this.#credit--;
		return this.#credit >= 0 ? 0 : 1000 / perSecond;
	}
}
