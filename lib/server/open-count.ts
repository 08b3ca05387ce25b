import {late, waitFor} from '../waiting.js';

/** Counts what is open, and tells when nothing is. */
export class OpenCount {
	#open = 0;
	#waiting: Array<() => void> = [];

	get size(): number {
		return this.#open;
	}

	add(): void {
		this.#open++;
	}

	remove(): void {
		this.#open--;
		if (this.#open === 0) for (const resolve of this.#waiting.splice(0)) resolve();
	}

	/** Settles as soon as nothing is open. */
	empty(): Promise<void> {
		if (this.#open === 0) return Promise.resolve();
		return new Promise(resolve => {
			this.#waiting.push(resolve);
		});
	}

	/** Whether nothing was open within `ms`. */
	async emptyWithin(ms: number): Promise<boolean> {
		return (await waitFor(this.empty(), new AbortController().signal, ms)) !== late;
	}
}
