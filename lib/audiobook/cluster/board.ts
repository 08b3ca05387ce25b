import type {Redis} from 'ioredis';
import {
	bookExpiry,
	bookKey,
	booksExpiry,
	booksKey,
	queueExpiry,
	queuePrefix,
	refusalExpiry,
	refusalsKey,
} from './keys.js';
import {type Offer, parseOffers, parseRefusal, type Refusal} from './messages.js';

/** Where books tell what work they have, and workers which of it they refuse. */
export class Board {
	readonly #redis: Redis;

	constructor(redis: Redis) {
		this.#redis = redis;
	}

	/** To be said again and again while the book lives. */
	async announce(book: string, offers: readonly Offer[]): Promise<void> {
		await this.#redis
			.multi()
			.set(bookKey(book), JSON.stringify({offers}), 'EX', bookExpiry)
			.sadd(booksKey, book)
			.expire(booksKey, booksExpiry)
			.exec()
			.then(throwFirst);
	}

	async withdraw(book: string): Promise<void> {
		await this.#redis.multi().del(bookKey(book)).srem(booksKey, book).exec().then(throwFirst);
	}

	async lives(book: string): Promise<boolean> {
		return (await this.#redis.exists(bookKey(book))) === 1;
	}

	/** The offers of all books that live, by queue. */
	async offers(): Promise<ReadonlyMap<string, Offer>> {
		const books = await this.#redis.smembers(booksKey);
		if (books.length === 0) return new Map();
		const found = await this.#redis.mget(books.map(bookKey));
		const dead = books.filter((_, index) => found[index] === null);
		if (dead.length > 0) {
			await this.#redis.srem(booksKey, dead);
			await this.#tidy();
		}
		const offers = found.flatMap(json => (json === null ? [] : parseOffers(json)));
		return new Map(offers.map(offer => [offer.queue, offer]));
	}

	/** Who was killed may not have come to say when what he had just put there expires. */
	async #tidy(): Promise<void> {
		for await (const keys of this.#redis.scanStream({match: `${queuePrefix}:*`, count: 500})) {
			const found = keys as string[]; // What SCAN gives.
			const ask = this.#redis.pipeline();
			for (const key of found) ask.ttl(key);
			const left = throwFirst(await ask.exec());
			const expire = this.#redis.pipeline();
			for (const [index, key] of found.entries()) if (left[index] === -1) expire.expire(key, queueExpiry);
			await expire.exec();
		}
	}

	/** To be said again and again: a refusal is forgotten soon, as its worker may be. */
	async refuse({queue}: Offer, id: string, refusal: Refusal): Promise<void> {
		await this.#redis
			.multi()
			.hset(refusalsKey(queue), id, JSON.stringify(refusal))
			.expire(refusalsKey(queue), refusalExpiry)
			.exec()
			.then(throwFirst);
	}

	async refusals({queue}: Offer): Promise<readonly Refusal[]> {
		const found = await this.#redis.hvals(refusalsKey(queue));
		return found.map(parseRefusal).filter(refusal => refusal !== undefined);
	}
}

/** What ioredis gives for a transaction holds the errors of its commands. */
export function throwFirst(results: ReadonlyArray<[error: Error | null, result: unknown]> | null): unknown[] {
	return (results ?? []).map(([error, result]) => {
		if (error) throw error;
		return result;
	});
}
