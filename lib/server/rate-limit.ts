import {HttpProblem} from './problem.js';

interface Bucket {
	tokens: number;
	/** On `performance.now()`'s clock. */
	filledAt: number;
}

const minute = 60_000;

/** Requests a minute, by key: a bucket that holds a minute's worth and fills evenly. */
export class RateLimit {
	readonly #perMinute: number;
	/** Only valid keys come here, so there are no more than those. */
	readonly #buckets = new Map<string, Bucket>();

	constructor(perMinute: number) {
		this.#perMinute = perMinute;
	}

	/** Counts a request. Throws `HttpProblem` rate_limited, which says when the next is admitted. */
	take(key: string): void {
		const now = performance.now();
		const {tokens, filledAt} = this.#buckets.get(key) ?? {tokens: this.#perMinute, filledAt: now};
		const filled = Math.min(this.#perMinute, tokens + ((now - filledAt) * this.#perMinute) / minute);
		this.#buckets.set(key, {tokens: filled < 1 ? filled : filled - 1, filledAt: now});
		if (filled >= 1) return;
		const seconds = Math.ceil(((1 - filled) * minute) / this.#perMinute / 1000);
		throw new HttpProblem(
			'rate_limited',
			`maxRequestsPerMinute is ${this.#perMinute}: the next is admitted in ${seconds} s`,
			{headers: {'retry-after': String(seconds)}},
		);
	}
}
