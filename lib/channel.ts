/** First in, first out, in constant time: an array's own `shift` moves all that it holds. */
class Queue<T> {
	#in: T[] = [];
	#out: T[] = [];

	get size(): number {
		return this.#in.length + this.#out.length;
	}

	push(item: T): void {
		this.#in.push(item);
	}

	shift(): T | undefined {
		if (this.#out.length === 0) [this.#in, this.#out] = [this.#out, this.#in.reverse()];
		return this.#out.pop();
	}

	clear(): void {
		this.#in = [];
		this.#out = [];
	}
}

type Waiter<T> = {resolve: (result: IteratorResult<T, undefined>) => void; reject: (error: unknown) => void};

/**
 * A bounded queue between one sender and one reader. `send` settles once no more than `capacity` items wait: at 0 it
 * settles when the item was taken. It is how work is handed on in order without ever piling up.
 */
export class Channel<T> implements AsyncIterableIterator<T, undefined> {
	readonly #capacity: number;
	readonly #items = new Queue<T>();
	readonly #senders: Array<() => void> = [];
	readonly #readers: Array<Waiter<T>> = [];
	#ended = false;
	#failure: {error: unknown} | undefined;

	constructor(capacity: number) {
		this.#capacity = capacity;
	}

	/** How many items wait. */
	get size(): number {
		return this.#items.size;
	}

	/** No item is taken any more: `end`, `fail` or `close` was called. */
	get ended(): boolean {
		return this.#ended;
	}

	/** Hands an item on; after the end it is dropped. */
	send(item: T): Promise<void> {
		if (this.#ended) return Promise.resolve();
		const reader = this.#readers.shift();
		if (reader) {
			reader.resolve({done: false, value: item});
			return Promise.resolve();
		}
		this.#items.push(item);
		if (this.#items.size <= this.#capacity) return Promise.resolve();
		return new Promise(resolve => {
			this.#senders.push(resolve);
		});
	}

	/** What waits is still read; then the reader is done. */
	end(): void {
		this.#ended = true;
		for (const reader of this.#readers.splice(0)) reader.resolve({done: true, value: undefined});
	}

	/** What waits is still read; then the reader gets the error, once. */
	fail(error: unknown): void {
		if (this.#ended) return;
		const reader = this.#readers.shift();
		if (reader) reader.reject(error);
		else this.#failure = {error};
		this.end();
	}

	/** Drops what waits; the reader is done, senders go on. */
	close(): void {
		this.#items.clear();
		this.#failure = undefined;
		this.end();
		for (const resolve of this.#senders.splice(0)) resolve();
	}

	next(): Promise<IteratorResult<T, undefined>> {
		if (this.#items.size > 0) {
			// The size was looked at: `shift` gives an item, even where T itself admits undefined.
			const value = this.#items.shift() as T;
			if (this.#items.size <= this.#capacity) this.#senders.shift()?.();
			return Promise.resolve({done: false, value});
		}
		if (this.#failure) {
			const {error} = this.#failure;
			this.#failure = undefined;
			return Promise.reject(error);
		}
		if (this.#ended) return Promise.resolve({done: true, value: undefined});
		return new Promise((resolve, reject) => {
			this.#readers.push({resolve, reject});
		});
	}

	return(): Promise<IteratorResult<T, undefined>> {
		this.close();
		return Promise.resolve({done: true, value: undefined});
	}

	[Symbol.asyncIterator](): this {
		return this;
	}
}
