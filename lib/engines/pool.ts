import {SpeechError} from '../errors.js';
import type {EngineLoad, RenderOptions} from './engine.js';
import {Job, JobQueue} from './job-queue.js';
import {PoolWorker} from './pool-worker.js';

export interface PoolOptions<Data> {
	/** Of the engine, for messages. */
	readonly name: string;
	/** The module that calls `serve`. */
	readonly worker: URL;
	/** At most so many threads. */
	readonly size: number;
	/** What every worker is given to load with; asked for once, while the first thread starts. */
	readonly data: () => Promise<Data>;
	/** How many jobs may wait before only those are taken that go on with what was begun; 1,000 by default. */
	readonly queueLimit?: number;
	/** How often a thread that crashes while it loads is tried; 2 by default. */
	readonly loadAttempts?: number;
	/** MiB of JavaScript heap that a worker may take before it is ended; 256 by default. */
	readonly heapMb?: number;
}

/** A job's usual time is a moving average over about so many. */
const jobsAveraged = 20;

/**
 * Worker threads that render one job each at a time. They start when there is work for them, take the waiting job with
 * the earliest deadline, are replaced after a crash, and keep the process alive only while somebody waits for them.
 */
export class Pool<Request, Part, Report, Data> {
	readonly #options: PoolOptions<Data>;
	readonly #queueLimit: number;
	readonly #waiting = new JobQueue<Request, Part>();
	readonly #workers = new Set<PoolWorker<Request, Part, Report, Data>>();
	#warming: Array<{resolve: () => void; reject: (error: SpeechError) => void}> = [];
	#data: Promise<Data> | undefined;
	#size: number;
	#crashesLoading = 0;
	#report: Report | undefined;
	#jobMs = 0;
	#closed = false;

	constructor(options: PoolOptions<Data>) {
		this.#options = options;
		this.#size = options.size;
		this.#queueLimit = options.queueLimit ?? 1000;
	}

	/** What a worker told when it was ready; undefined before the first was. */
	get report(): Report | undefined {
		return this.#report;
	}

	/** What there is to do. While all workers still load nothing counts as late. */
	get load(): EngineLoad {
		const waiting = this.#waiting.size;
		const workers = this.#workers.size;
		const busy = this.#count(worker => !worker.loading && !worker.idle);
		if (this.#count(worker => !worker.loading) === 0) return {workers, busy, waiting, lateness: 0};
		return {workers, busy, waiting, lateness: this.#waiting.lateness(this.#jobMs / this.#size)};
	}

	/**
	 * Gives a job's parts as they are made; it starts to wait for its turn with the first `next()`.
	 * Throws the signal's reason, and `SpeechError` ENGINE_BUSY, CLOSED, WORKER_CRASHED or what the worker threw.
	 */
	run(request: Request, options: RenderOptions): AsyncIterableIterator<Part, undefined> {
		let job: Job<Request, Part> | undefined;
		const start = () => {
			job ??= this.#add(request, options);
			return job;
		};
		return {
			next: () => start().parts.next(),
			return: async () => {
				job ??= new Job<Request, Part>(request, options, () => {});
				job.drop();
				return {done: true, value: undefined};
			},
			[Symbol.asyncIterator]() {
				return this;
			},
		};
	}

	/**
	 * Starts all workers and has each do a job for practice, because the first takes twice as long as those after it.
	 * Throws why they cannot be loaded.
	 */
	async warm(practice: Request): Promise<void> {
		if (this.#closed) throw this.#closedError();
		await new Promise<void>((resolve, reject) => {
			this.#warming.push({resolve, reject});
			this.#arrange();
		});
		// After everything that somebody waits for.
		const runs = Array.from({length: this.#size}, () => drain(this.run(practice, {deadline: Infinity})));
		await Promise.all(runs);
	}

	/** Ends all threads; what waits or runs fails with CLOSED. Safe to call twice. */
	async close(): Promise<void> {
		this.#closed = true;
		this.#failWaiting(this.#closedError());
		const workers = [...this.#workers];
		this.#workers.clear();
		await Promise.all(workers.map(worker => worker.terminate(this.#closedError())));
	}

	#add(request: Request, options: RenderOptions): Job<Request, Part> {
		const {begun = false, signal} = options;
		const onAbort = () => job.fail(signal?.reason);
		const job = new Job<Request, Part>(request, options, () => {
			signal?.removeEventListener('abort', onAbort);
			this.#forget(job);
		});
		if (signal?.aborted) job.fail(signal.reason);
		else if (this.#closed) job.fail(this.#closedError());
		else if (!begun && this.#waiting.size >= this.#queueLimit) job.fail(this.#busyError());
		else {
			signal?.addEventListener('abort', onAbort, {once: true});
			this.#waiting.add(job);
			this.#arrange();
		}
		return job;
	}

	/** A job is over: it leaves the queue, or the worker that still has it learns that it may stop. */
	#forget(job: Job<Request, Part>): void {
		if (!this.#waiting.remove(job)) for (const worker of this.#workers) worker.drop(job);
		this.#hold();
	}

	/** Hands out what waits, starts threads for the rest. */
	#arrange(): void {
		for (const worker of this.#workers) {
			if (!worker.idle) continue;
			const job = this.#waiting.take();
			if (!job) break;
			job.begin();
			worker.give(job);
		}
		while (this.#needsWorker()) this.#start();
		const loading = this.#count(worker => worker.loading);
		if (loading === 0 && this.#workers.size >= this.#size) {
			for (const {resolve} of this.#warming.splice(0)) resolve();
		}
		this.#hold();
	}

	/** The first worker loads alone: others would only make the first sound later, or fail in the same way. */
	#needsWorker(): boolean {
		if (this.#closed || this.#workers.size >= this.#size) return false;
		const loading = this.#count(worker => worker.loading);
		if (loading === this.#workers.size) return loading === 0 && this.#wanted();
		return this.#warming.length > 0 || this.#waiting.size > loading;
	}

	#wanted(): boolean {
		return this.#warming.length > 0 || this.#waiting.size > 0;
	}

	#start(): void {
		const {name, worker: url, heapMb = 256} = this.#options;
		this.#data ??= this.#options.data();
		const worker: PoolWorker<Request, Part, Report, Data> = new PoolWorker(name, url, {
			data: this.#data,
			heapMb,
			events: {
				ready: (report: Report) => {
					this.#report = report;
					this.#crashesLoading = 0;
					this.#arrange();
				},
				free: ms => {
					this.#jobMs += (ms - this.#jobMs) / jobsAveraged;
					this.#arrange();
				},
				gone: loadError => {
					this.#workers.delete(worker);
					if (loadError) this.#onLoadError(loadError);
					this.#arrange();
				},
			},
		});
		this.#workers.add(worker);
	}

	/** A crash is tried once more as a rule; what fails for a reason would fail again. Never in a loop. */
	#onLoadError(error: SpeechError): void {
		const {loadAttempts = 2} = this.#options;
		if (error.code === 'WORKER_CRASHED' && ++this.#crashesLoading < loadAttempts) return;
		this.#crashesLoading = 0;
		if (this.#workers.size > 0) {
			// Others did load: go on with as many.
			this.#size = this.#workers.size;
			return;
		}
		this.#data = undefined;
		this.#failWaiting(error);
	}

	#failWaiting(error: SpeechError): void {
		for (const {reject} of this.#warming.splice(0)) reject(error);
		for (const job of this.#waiting.clear()) job.fail(error);
	}

	#hold(): void {
		for (const worker of this.#workers) worker.hold(worker.awaited || this.#wanted());
	}

	#count(is: (worker: PoolWorker<Request, Part, Report, Data>) => boolean): number {
		return [...this.#workers].filter(is).length;
	}

	#closedError(): SpeechError {
		return new SpeechError('CLOSED', `The engine ${this.#options.name} was closed.`);
	}

	#busyError(): SpeechError {
		return new SpeechError(
			'ENGINE_BUSY',
			`More than ${this.#queueLimit} utterances wait for ${this.#options.name}: try again later, or run fewer streams at once.`,
		);
	}
}

async function drain(parts: AsyncIterable<unknown>): Promise<void> {
	for await (const _ of parts);
}
