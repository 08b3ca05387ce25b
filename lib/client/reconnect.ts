/** How often and after which waits a connection is tried again; all of it is optional. */
export interface ReconnectOptions {
	/** Attempts in a row that may fail, of a connection to give any audio and of a stream to get any, before it is given up; 6 by default. */
	readonly attempts?: number | undefined;
	/** ms before the second attempt, doubled with each further one; 100 by default. */
	readonly delay?: number | undefined;
	/** Most ms between two attempts; 5,000 by default. */
	readonly maxDelay?: number | undefined;
}

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

	constructor(options: ReconnectOptions) {
		this.#options = options;
	}

	/** ms to wait before the next connection. */
	get delay(): number {
		return backoff(this.#failures, this.#options);
	}

	/** Audio came: all is well. */
	succeeded(): void {
		this.#failures = 0;
		this.#quick = 0;
	}

	/**
	 * A connection failed or was lost; `quick`: within 5 s of its opening, without one message. Gives whether to give up,
	 * and then counts anew.
	 */
	failed({quick}: {readonly quick: boolean}): boolean {
		this.#failures++;
		if (quick) this.#quick++;
		if (this.#failures < attemptsOf(this.#options) && this.#quick < quickFailures) return false;
		this.succeeded();
		return true;
	}
}
