/** How often and after which waits a connection is tried again; all of it is optional. */
export interface ReconnectOptions {
	/** Attempts in a row that may fail, of a connection to give any audio and of a stream to get any, before it is given up; 6 by default. */
	readonly attempts?: number | undefined;
	/** ms before the second attempt, doubled with each further one; 100 by default. */
	readonly delay?: number | undefined;
	/** Most ms between two attempts; 5,000 by default. */
	readonly maxDelay?: number | undefined;
}

/** The longest that a service's Retry-After is waited for, in ms: one that asks for more is not there for this speech. */
const longestRetryAfter = 60_000;

/** Sockets that die at once, without a word, before it is given up. */
const quickFailures = 3;

export function attemptsOf({attempts = 6}: ReconnectOptions): number {
	return attempts;
}

/** ms to wait before the attempt that follows so many failures: doubled with each, any moment of its second half. */
export function backoff(failures: number, {delay = 100, maxDelay = 5000}: ReconnectOptions): number {
	if (failures === 0) return 0;
	return Math.min(maxDelay, delay * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}

/** Counts failures of connections to one service, and says when there have been enough. */
export class Reconnect {
	readonly #options: ReconnectOptions;
	#failures = 0;
	#quick = 0;
	/** When the service may be asked again, on `performance.now()`'s clock. */
	#notBefore = 0;

	constructor(options: ReconnectOptions) {
		this.#options = options;
	}

	/** ms to wait before the next connection. */
	get delay(): number {
		const asked = this.#notBefore - performance.now();
		return Math.max(backoff(this.#failures, this.#options), asked, 0);
	}

	/** Audio came: all is well. */
	succeeded(): void {
		this.#failures = 0;
		this.#quick = 0;
	}

	/**
	 * A connection failed or was lost; `quick`: within 5 s of its opening, without one message. Gives whether to give up,
	 * and then counts anew. `retryAfter`: ms for which the service asks not to be asked again.
	 */
	failed({
		quick,
		retryAfter = 0,
	}: {
		readonly quick: boolean;
		readonly retryAfter?: number | undefined;
	}): boolean {
		this.#notBefore = performance.now() + Math.min(retryAfter, longestRetryAfter);
		this.#failures++;
		if (quick) this.#quick++;
		const isHopeless = retryAfter > longestRetryAfter || this.#quick >= quickFailures;
		if (this.#failures < attemptsOf(this.#options) && !isHopeless) return false;
		this.succeeded();
		return true;
	}
}
