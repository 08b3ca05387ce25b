import {UnrecoverableError, Worker} from 'bullmq';
import type {Redis} from 'ioredis';
import {SpeechError} from '../../errors.js';
import type {Renderer} from '../rendered.js';
import type {Board} from './board.js';
import {lastingKeys, queueExpiry, queuePrefix, resultExpiry, resultKey} from './keys.js';
import {checkedJob, failureOf, type Job, type Offer} from './messages.js';
import {packResult} from './results.js';

/** Of one job, in ms: whoever does not renew it is dead, and the next check of another worker takes the job over. */
const lockDuration = 4000;
const stalledInterval = 2000;
/** A job whose worker died so often is given up: it may be what they die of. */
const maxStalledCount = 5;
/** Longer than any utterance takes, in ms. */
const longest = 600_000;

export interface ServingOptions {
	readonly redis: Redis;
	readonly board: Board;
	readonly renderer: Renderer;
	/** How many utterances are rendered side by side. */
	readonly concurrency: number;
	/** Hears of each utterance rendered. */
	readonly onRendered: () => void;
	readonly onError: (error: Error) => void;
}

/** Renders the jobs of one queue until it is closed. */
export class Serving {
	readonly #options: ServingOptions;
	readonly #worker: Worker<Job, undefined>;

	constructor({queue}: Offer, options: ServingOptions) {
		this.#options = options;
		this.#worker = new Worker<Job, undefined>(queue, job => this.#work(job.id ?? '', job.data), {
			connection: options.redis,
			prefix: queuePrefix,
			concurrency: options.concurrency,
			lockDuration,
			stalledInterval,
			maxStalledCount,
			runRetryDelay: 500,
			skipVersionCheck: true,
		});
		this.#worker.on('error', options.onError);
	}

	/** What BullMQ keeps of the queue is to go when nobody uses it any more. */
	async expire(): Promise<void> {
		const pipeline = this.#options.redis.pipeline();
		for (const key of lastingKeys(this.#worker.keys)) pipeline.expire(key, queueExpiry);
		await pipeline.exec();
	}

	/** Finishes what is being rendered, unless `force` is set. */
	async close({force = false} = {}): Promise<void> {
		await this.#worker.close(force);
	}

	async #work(id: string, data: unknown): Promise<undefined> {
		const {redis, board, renderer, onRendered} = this.#options;
		try {
			const {book, request} = checkedJob(data);
			// Nobody waits for what a dead book wanted.
			if (!(await board.lives(book))) return;
			const rendered = await renderer.render(request, AbortSignal.timeout(longest));
			await redis.set(resultKey(id), await packResult(rendered), 'EX', resultExpiry).catch(notTaken);
			onRendered();
		} catch (error) {
			// Whether to try again is the book's affair.
			throw new UnrecoverableError(failureOf(error));
		}
	}
}

function notTaken(cause: Error): never {
	throw new SpeechError('ENGINE_FAILED', `Redis did not take what was rendered: ${cause.message}.`, {cause});
}
