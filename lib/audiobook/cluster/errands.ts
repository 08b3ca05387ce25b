import {Queue, QueueEvents} from 'bullmq';
import type {Redis} from 'ioredis';
import {SpeechError} from '../../errors.js';
import type {Rendered, RenderRequest} from '../rendered.js';
import {throwFirst} from './board.js';
import {lastingKeys, queueExpiry, queuePrefix, resultKey} from './keys.js';
import {errorOf, type Job, type Offer} from './messages.js';
import {unpackResult} from './results.js';

interface Errand {
	readonly request: RenderRequest;
	readonly resolve: (rendered: Rendered) => void;
	readonly reject: (error: unknown) => void;
	/** Its result is being fetched. */
	taking: boolean;
	/** How often it had to be given out again. */
	again: number;
	/** Whether it was out at the last `check` already. */
	old: boolean;
}

export interface ErrandsOptions {
	readonly redis: Redis;
	/** Its id. */
	readonly book: string;
	/** How many are out at most: whoever asks for more waits here, not in the queue that others share. */
	readonly jobs: number;
	readonly onError: (error: Error) => void;
}

/** A result that gets lost so often does not get lost by accident. */
const mostAgain = 10;

/**
 * A book's jobs in one queue: each is out until its audio came, it failed, or nobody wants it any more. What BullMQ's events tell
 * is only the fast way: `check`, called every few seconds, finds what they did not tell.
 */
export class Errands {
	readonly #redis: Redis;
	readonly #book: string;
	readonly #queue: Queue<Job>;
	readonly #events: QueueEvents;
	readonly #jobs: number;
	readonly #onError: (error: Error) => void;
	readonly #out = new Map<string, Errand>();
	/** Those for which there is no room yet. */
	readonly #waiting = new Map<string, Errand>();
	#count = 0;
	#done = 0;

	constructor(offer: Offer, {redis, book, jobs, onError}: ErrandsOptions) {
		this.#redis = redis;
		this.#book = book;
		this.#jobs = jobs;
		this.#onError = onError;
		const options = {connection: redis, prefix: queuePrefix, skipVersionCheck: true};
		this.#queue = new Queue(offer.queue, {...options, streams: {events: {maxLen: 1000}}});
		this.#events = new QueueEvents(offer.queue, options);
		this.#queue.on('error', onError);
		this.#events.on('error', onError);
		this.#events.on('completed', ({jobId}) => void this.#take(jobId));
		this.#events.on('failed', ({jobId, failedReason}) => this.#fail(jobId, errorOf(failedReason)));
	}

	/** How many are out. */
	get out(): number {
		return this.#out.size;
	}

	/** How many came to an end so far. */
	get done(): number {
		return this.#done;
	}

	/** How many workers serve the queue now. */
	workers(): Promise<number> {
		return this.#queue.getWorkersCount();
	}

	/** Sends an utterance out. Throws the signal's reason, and `SpeechError`: what the worker met, REDIS_FAILED, CLOSED. */
	async run(request: RenderRequest, signal: AbortSignal): Promise<Rendered> {
		signal.throwIfAborted();
		const id = `${this.#book}-${this.#count++}`;
		const onAbort = () => this.#giveUp(id, signal.reason);
		signal.addEventListener('abort', onAbort, {once: true});
		try {
			return await new Promise<Rendered>((resolve, reject) => {
				this.#waiting.set(id, {request, resolve, reject, taking: false, again: 0, old: false});
				this.#sendOut();
			});
		} finally {
			signal.removeEventListener('abort', onAbort);
			this.#done++;
			this.#sendOut();
		}
	}

	#sendOut(): void {
		for (const [id, errand] of this.#waiting) {
			if (this.#out.size >= this.#jobs) return;
			this.#waiting.delete(id);
			this.#out.set(id, errand);
			void this.#add(id, errand.request);
		}
	}

	/** Fetches results that were not heard of, and gives jobs out again that got lost, as when Redis restarts with nothing kept. */
	async check(): Promise<void> {
		const old = [...this.#out].filter(([, errand]) => errand.old).map(([id]) => id);
		for (const errand of this.#out.values()) errand.old = true;
		const pipeline = this.#redis.pipeline();
		const keys = lastingKeys(this.#queue.keys);
		for (const key of keys) pipeline.expire(key, queueExpiry);
		// The job before its result: a job that ends in between has one.
		for (const id of old) pipeline.expire(this.#queue.toKey(id), queueExpiry).exists(resultKey(id));
		const found = throwFirst(await pipeline.exec());
		await Promise.all(
			old.map((id, index) => {
				const [job, result] = found.slice(keys.length + 2 * index);
				if (result === 1) return this.#take(id);
				return job === 1 ? undefined : this.#again(id);
			}),
		);
	}

	/** Ends all that is out or waits. */
	failAll(error: unknown): void {
		for (const id of [...this.#waiting.keys(), ...this.#out.keys()]) this.#giveUp(id, error);
	}

	/** Ends what no worker has begun. */
	async takeBack(reason: unknown): Promise<void> {
		for (const id of [...this.#waiting.keys()]) this.#giveUp(id, reason);
		const remove = async (id: string) => {
			if ((await this.#queue.remove(id)) === 1) this.#fail(id, reason);
		};
		await Promise.all([...this.#out.keys()].map(remove));
	}

	/** Settles late or never where Redis is away; nothing is left open all the same. */
	async close(): Promise<void> {
		await Promise.all([this.#events.close(), this.#queue.close()]);
	}

	async #add(id: string, request: RenderRequest): Promise<void> {
		try {
			const options = {jobId: id, removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0};
			await this.#queue.add('utterance', {book: this.#book, request}, options);
			const {wait, marker, events, meta, id: counter} = this.#queue.keys;
			const pipeline = this.#redis.pipeline();
			for (const key of [this.#queue.toKey(id), wait, marker, events, meta, counter]) {
				if (key !== undefined) pipeline.expire(key, queueExpiry);
			}
			await pipeline.exec();
		} catch (cause) {
			const why = cause instanceof Error ? cause.message : String(cause);
			this.#fail(id, new SpeechError('REDIS_FAILED', `Redis took no job: ${why}.`, {cause}));
		}
		// It was given up meanwhile.
		if (!this.#out.has(id)) await this.#remove(id);
	}

	/** Where there is no result, or a damaged one, the next `check` gives the job out again. */
	async #take(id: string): Promise<void> {
		const errand = this.#out.get(id);
		if (!errand || errand.taking) return;
		errand.taking = true;
		try {
			const bytes = await this.#redis.getdelBuffer(resultKey(id));
			if (!bytes) return;
			const rendered = await unpackResult(bytes);
			this.#out.delete(id);
			errand.resolve(rendered);
		} catch (error) {
			if (!(error instanceof SpeechError)) this.#onError(error as Error); // ioredis throws Errors.
		} finally {
			errand.taking = false;
		}
	}

	async #again(id: string): Promise<void> {
		const errand = this.#out.get(id);
		if (!errand) return;
		if (++errand.again <= mostAgain) return this.#add(id, errand.request);
		const message = `What workers rendered got lost ${mostAgain} times in a row: does Redis drop keys, or run out of memory?`;
		this.#fail(id, new SpeechError('REDIS_FAILED', message));
	}

	#fail(id: string, error: unknown): void {
		const errand = this.#out.get(id) ?? this.#waiting.get(id);
		this.#out.delete(id);
		this.#waiting.delete(id);
		errand?.reject(error);
	}

	/** Nobody wants it any more: what a worker has begun is finished there, and forgotten. */
	#giveUp(id: string, error: unknown): void {
		const wasOut = this.#out.has(id);
		this.#fail(id, error);
		if (wasOut) void this.#remove(id);
	}

	async #remove(id: string): Promise<void> {
		try {
			await this.#queue.remove(id);
			await this.#redis.del(resultKey(id));
		} catch {
			// It expires.
		}
	}
}
