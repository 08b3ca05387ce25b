/** How long an id stays closed after an error, in ms. */
const closedFor = 10_000;

/** Ids beyond this many are forgotten early, the oldest first: a flood of errors must not pile up here. */
const most = 10_000;

/**
 * Ids whose generation failed while more text was on its way: until their client says that it knows, or some time has
 * passed, text for them is dropped, so that tokens in flight don't open the generation anew.
 */
export class RefusedIds {
	readonly #until = new Map<string, number>();

	add(id: string): void {
		this.#until.delete(id);
		this.#until.set(id, performance.now() + closedFor);
		for (const [oldest, until] of this.#until) {
			if (until > performance.now() && this.#until.size <= most) break;
			this.#until.delete(oldest);
		}
	}

	has(id: string): boolean {
		const until = this.#until.get(id);
		return until !== undefined && until > performance.now();
	}

	/** The client has said that no more text for it follows. */
	delete(id: string): void {
		this.#until.delete(id);
	}
}
