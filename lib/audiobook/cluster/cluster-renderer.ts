import {randomBytes} from 'node:crypto';
import {setMaxListeners} from 'node:events';
import type {Redis} from 'ioredis';
import {SpeechError} from '../../errors.js';
import {waitFor} from '../../waiting.js';
import type {Rendered, Renderer, RenderRequest} from '../rendered.js';
import {Board} from './board.js';
import {Errands} from './errands.js';
import type {Offer} from './messages.js';
import {offerFor} from './probe.js';
import {connectRedis, disconnectRedis} from './redis.js';
import {type ClusterRendererOptions, checkSettings, type Settings} from './settings.js';

/** How often a book says that it lives and looks after its jobs, in ms. */
const beatEvery = 2000;
/** How long saying goodbye may take, in ms. */
const goodbye = 2000;

interface Voice {
	readonly offer: Offer;
	readonly errands: Errands;
	/** Beats in a row in which nothing came back and nobody served the queue. */
	idleBeats: number;
	doneBefore: number;
}

/** Utterances rendered by workers over Redis. Made by `clusterRenderer`. */
class ClusterRenderer implements Renderer {
	readonly parallel: number;
	readonly #redis: Redis;
	readonly #board: Board;
	readonly #settings: Settings;
	readonly #book = randomBytes(8).toString('hex');
	readonly #voices = new Map<string, Promise<Voice>>();
	readonly #known: Voice[] = [];
	readonly #closed = new AbortController();
	readonly #timer: NodeJS.Timeout;
	/** Beats in a row that found a beat still waiting for Redis, or failed. */
	#silentBeats = 0;
	/** Why the last of them failed. */
	#failure: Error | undefined;
	#beating = false;

	constructor(redis: Redis, settings: Settings) {
		this.#redis = redis;
		this.#board = new Board(redis);
		this.#settings = settings;
		this.parallel = settings.jobs;
		this.#timer = setInterval(() => void this.#beat(), beatEvery);
		const {signal} = settings;
		signal?.addEventListener('abort', () => this.#stop(signal.reason), {
			once: true,
			signal: this.#closed.signal,
		});
	}

	async fingerprint(voiceId: string): Promise<string> {
		const {local, mixed} = this.#settings;
		const fingerprint = await local.fingerprint(voiceId);
		// What other machines made otherwise must not pass for what this one makes.
		return mixed ? `mixed, ${fingerprint}` : fingerprint;
	}

	async render(request: RenderRequest, signal: AbortSignal): Promise<Rendered> {
		signal.throwIfAborted();
		this.#settings.signal?.throwIfAborted();
		this.#throwIfClosed();
		// As many may listen to one signal as there are jobs, which is no leak.
		setMaxListeners(0, signal);
		const voice = await waitFor(this.#voice(request.voiceId), signal);
		this.#throwIfClosed();
		return voice.errands.run(request, signal);
	}

	async close(): Promise<void> {
		if (this.#closed.signal.aborted) return;
		clearInterval(this.#timer);
		const closed = new SpeechError('CLOSED', 'The renderer was closed.');
		this.#closed.abort(closed);
		for (const {errands} of this.#known) errands.failAll(closed);
		const leave = async () => {
			await Promise.all(this.#known.map(({errands}) => errands.check()));
			await this.#board.withdraw(this.#book);
		};
		if (this.#redis.status === 'ready') await soon(leave());
		await soon(Promise.all(this.#known.map(({errands}) => errands.close())));
		await disconnectRedis(this.#redis);
		await this.#settings.local.close();
	}

	/** From a Redis that is away nothing can be taken back, and nothing will come. */
	#stop(reason: unknown): void {
		for (const {errands} of this.#known) {
			if (this.#redis.status !== 'ready') errands.failAll(reason);
			else errands.takeBack(reason).catch(() => errands.failAll(reason));
		}
	}

	#throwIfClosed(): void {
		if (this.#closed.signal.aborted) throw this.#closed.signal.reason;
	}

	#voice(voiceId: string): Promise<Voice> {
		let voice = this.#voices.get(voiceId);
		if (!voice) {
			voice = this.#open(voiceId);
			this.#voices.set(voiceId, voice);
			// What failed once may be tried again.
			voice.catch(() => this.#voices.delete(voiceId));
		}
		return voice;
	}

	async #open(voiceId: string): Promise<Voice> {
		const {local, mixed} = this.#settings;
		const offer = await offerFor(local, voiceId, {mixed, signal: this.#closed.signal});
		this.#throwIfClosed();
		const onError = () => {}; // The connection's own are told by `connectRedis`; a command's by who gave it.
		const errands = new Errands(offer, {redis: this.#redis, book: this.#book, jobs: this.parallel, onError});
		const voice: Voice = {offer, errands, idleBeats: 0, doneBefore: 0};
		this.#known.push(voice);
		// Not awaited: it comes before the first job all the same, and the next beat says it again.
		this.#board.announce(this.#book, this.#offers()).catch(() => {});
		// Tidies up behind books that were killed.
		if (this.#known.length === 1) this.#board.offers().catch(() => {});
		return voice;
	}

	#offers(): Offer[] {
		return this.#known.map(({offer}) => offer);
	}

	async #beat(): Promise<void> {
		if (this.#silentBeats++ * beatEvery > this.#settings.redisTimeout) this.#giveUpOnRedis();
		if (this.#beating) return;
		this.#beating = true;
		try {
			if (this.#known.length > 0) await this.#board.announce(this.#book, this.#offers());
			for (const voice of this.#known) {
				await voice.errands.check();
				await this.#lookForWorkers(voice);
			}
			this.#silentBeats = 0;
			this.#failure = undefined;
		} catch (error) {
			// The next one tries again, up to a limit.
			this.#failure = error instanceof Error ? error : undefined;
		} finally {
			this.#beating = false;
		}
	}

	#giveUpOnRedis(): void {
		const seconds = Math.round(this.#settings.redisTimeout / 1000);
		const why = this.#failure ? ` as it should: ${this.#failure.message}` : '';
		const error = new SpeechError('REDIS_FAILED', `Redis did not answer for ${seconds} s${why}.`, {
			cause: this.#failure,
		});
		for (const {errands} of this.#known) errands.failAll(error);
	}

	async #lookForWorkers(voice: Voice): Promise<void> {
		const {errands, offer} = voice;
		const moved = errands.out === 0 || errands.done > voice.doneBefore;
		voice.doneBefore = errands.done;
		if (moved || (await errands.workers()) > 0) {
			voice.idleBeats = 0;
			return;
		}
		const {workerTimeout, notice} = this.#settings;
		const waited = ++voice.idleBeats * beatEvery;
		const refusals = await this.#board.refusals(offer);
		const why = refusals.map(({worker, reason}) => ` ${worker} ${reason}.`).join('');
		const missing = `No worker renders the voice ${offer.voiceId}.${why}`;
		if (voice.idleBeats === 2) notice(`${missing} Start some: speechpipe worker --redis URL`);
		if (waited < workerTimeout) return;
		const seconds = Math.round(waited / 1000);
		errands.failAll(new SpeechError('WORKERS_MISSING', `${missing} Waited ${seconds} s for one.`));
	}
}

/** Waits for what may fail or never come: what it was to remove expires by itself. */
async function soon(farewell: Promise<unknown>): Promise<void> {
	await waitFor(
		farewell.catch(() => {}),
		new AbortController().signal,
		goodbye,
	);
}

/**
 * Utterances rendered by `speechpipe worker` on any number of machines: as the local renderer makes them, sample for sample.
 * Throws `SpeechError`: OPTION_INVALID; REDIS_FAILED where the server isn't there, lets us not in or is too old. `render` throws
 * what a worker met, REDIS_FAILED where Redis stays away, and WORKERS_MISSING.
 */
export async function clusterRenderer(options: ClusterRendererOptions): Promise<Renderer> {
	const settings = checkSettings(options);
	return new ClusterRenderer(await connectRedis({url: options.redis, ...settings}), settings);
}
