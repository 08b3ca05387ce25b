import {hostname} from 'node:os';
import type {Redis} from 'ioredis';
import {SpeechError} from '../../errors.js';
import type {Renderer} from '../rendered.js';
import {Board} from './board.js';
import type {Offer} from './messages.js';
import {refusalOf} from './probe.js';
import {connectRedis, disconnectRedis} from './redis.js';
import {Serving} from './serving.js';

/** How often a worker looks for books, in ms. */
const lookEvery = 1000;
/** Of these looks, every so many-th tells again what it refuses, and every so many-th tries again: a voice may have been installed. */
const refuseEvery = 5;
const retryEvery = 60;

/** Of `clusterWorker`. */
export interface ClusterWorkerOptions {
	/** `redis://[[user]:password@]host[:port][/database]`; `rediss:` over TLS. */
	readonly redis: string;
	/** What renders; it stays the caller's, who closes it after the worker. */
	readonly renderer: Renderer;
	/** How many utterances are taken at once: by default one more than the renderer works on, so that it never waits for Redis. */
	readonly concurrency?: number | undefined;
	/** Is told what happens. */
	readonly onEvent?: ((event: ClusterWorkerEvent) => void) | undefined;
	/** Gives up while it connects; later `close` ends it. */
	readonly signal?: AbortSignal | undefined;
}

/** What a worker tells of itself. */
export type ClusterWorkerEvent =
	| {readonly type: 'serving'; readonly voiceId: string}
	/** No book wants that voice any more. */
	| {readonly type: 'idle'; readonly voiceId: string}
	| {readonly type: 'refused'; readonly voiceId: string; readonly reason: string}
	| {readonly type: 'rendered'}
	| {readonly type: 'notice'; readonly message: string};

/** Renders for all books that have work on a Redis server. Made by `clusterWorker`. */
export class ClusterWorker {
	/** How it is called towards books: host and process id. */
	readonly name = `${hostname()}, process ${process.pid},`;
	readonly #redis: Redis;
	readonly #board: Board;
	readonly #renderer: Renderer;
	readonly #concurrency: number;
	readonly #onEvent: (event: ClusterWorkerEvent) => void;
	readonly #serving = new Map<string, {readonly offer: Offer; readonly serving: Serving}>();
	readonly #refused = new Map<string, string>();
	readonly #closing = new AbortController();
	readonly #timer: NodeJS.Timeout;
	#looking: Promise<void> | undefined;
	#looks = 0;

	constructor(redis: Redis, options: ClusterWorkerOptions) {
		this.#redis = redis;
		this.#board = new Board(redis);
		this.#renderer = options.renderer;
		this.#concurrency = options.concurrency ?? options.renderer.parallel + 1;
		this.#onEvent = options.onEvent ?? (() => {});
		this.#timer = setInterval(() => this.#look(), lookEvery);
		this.#look();
	}

	/** Takes no more work, finishes what is being rendered, and lets go of Redis. `force`: finishes nothing, others will. */
	async close({force = false}: {readonly force?: boolean} = {}): Promise<void> {
		clearInterval(this.#timer);
		this.#closing.abort(new SpeechError('CLOSED', 'The worker was closed.'));
		const away = this.#redis.status !== 'ready';
		// A look that Redis left in the middle goes on when it is back.
		if (!away) await this.#looking;
		await Promise.all([...this.#serving.values()].map(({serving}) => serving.close({force: force || away})));
		await disconnectRedis(this.#redis);
	}

	#look(): void {
		if (this.#looking || this.#redis.status !== 'ready') return;
		const look = this.#lookForBooks().catch(error => this.#onError(error));
		this.#looking = look.finally(() => {
			this.#looking = undefined;
		});
	}

	async #lookForBooks(): Promise<void> {
		const offers = await this.#board.offers();
		for (const [queue, {offer, serving}] of this.#serving) {
			if (offers.has(queue)) {
				await serving.expire();
				continue;
			}
			this.#serving.delete(queue);
			await serving.expire();
			await serving.close();
			this.#onEvent({type: 'idle', voiceId: offer.voiceId});
		}
		const again = ++this.#looks % retryEvery === 0;
		for (const queue of this.#refused.keys()) if (again || !offers.has(queue)) this.#refused.delete(queue);
		for (const offer of offers.values()) await this.#consider(offer);
	}

	async #consider(offer: Offer): Promise<void> {
		if (this.#closing.signal.aborted || this.#serving.has(offer.queue)) return;
		const known = this.#refused.get(offer.queue);
		const reason = known ?? (await refusalOf(offer, this.#renderer, this.#closing.signal));
		if (this.#closing.signal.aborted) return;
		if (reason === undefined) {
			this.#serve(offer);
			return;
		}
		this.#refused.set(offer.queue, reason);
		if (known === undefined) this.#onEvent({type: 'refused', voiceId: offer.voiceId, reason});
		if (known === undefined || this.#looks % refuseEvery === 0)
			await this.#board.refuse(offer, this.name, {worker: this.name, reason});
	}

	#serve(offer: Offer): void {
		const serving = new Serving(offer, {
			redis: this.#redis,
			board: this.#board,
			renderer: this.#renderer,
			concurrency: this.#concurrency,
			onRendered: () => this.#onEvent({type: 'rendered'}),
			onError: error => this.#onError(error),
		});
		this.#serving.set(offer.queue, {offer, serving});
		this.#onEvent({type: 'serving', voiceId: offer.voiceId});
	}

	/** Of a connection that is lost, `connectRedis` tells; while it is away everything fails. */
	#onError(error: unknown): void {
		if (this.#closing.signal.aborted || this.#redis.status !== 'ready') return;
		this.#onEvent({type: 'notice', message: error instanceof Error ? error.message : String(error)});
	}
}

/**
 * Renders utterances for the books that have work on a Redis server, as soon as this machine has proved by a probe utterance that
 * it makes the same samples as theirs. Throws `SpeechError`: OPTION_INVALID; REDIS_FAILED where the server isn't there, lets us
 * not in or is too old; the signal's reason. Later it comes back to Redis by itself.
 */
export async function clusterWorker(options: ClusterWorkerOptions): Promise<ClusterWorker> {
	const {concurrency, onEvent, signal} = options;
	if (concurrency !== undefined && (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 1000))
		throw new SpeechError(
			'OPTION_INVALID',
			`concurrency must be an integer from 1 to 1000, not ${concurrency}.`,
		);
	const notice = (message: string) => onEvent?.({type: 'notice', message});
	return new ClusterWorker(await connectRedis({url: options.redis, notice, signal}), options);
}
