import {Worker} from 'node:worker_threads';
import {SpeechError} from '../errors.js';
import {workerExecArgv} from './exec-argv.js';
import type {Job} from './job-queue.js';
import {type FromWorker, fromWireError, type ToWorker} from './messages.js';
import {NativeGate, shutAtExit} from './native-gate.js';

/** What a worker tells its pool. After `gone` it tells nothing more. */
export interface PoolWorkerEvents<Report> {
	ready(report: Report): void;
	/** The job it had is over, whichever way, after so many ms. */
	free(ms: number): void;
	/** It ended: while loading with `loadError`, otherwise after a crash or an error that nobody had foreseen. */
	gone(loadError?: SpeechError): void;
}

/** MiB of JavaScript heap for what is short-lived, of which a worker makes little: V8 would take 48, and look through them seldom. */
const youngMb = 3;

/** One worker thread of a pool: what it does now, and how its messages become a job's parts or errors. */
export class PoolWorker<Request, Part, Report, Data> {
	readonly #engine: string;
	readonly #thread: Worker;
	readonly #events: PoolWorkerEvents<Report>;
	readonly #dropped = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
	readonly #gate = new NativeGate();
	readonly #exited: Promise<void>;
	#job: Job<Request, Part> | undefined;
	#jobs = 0;
	/** When the job was given, on `performance.now()`'s clock. */
	#given = 0;
	#state: 'loading' | 'ready' | 'gone' = 'loading';
	#uncaught: unknown;

	constructor(
		engine: string,
		url: URL,
		{data, heapMb, events}: {data: Promise<Data>; heapMb: number; events: PoolWorkerEvents<Report>},
	) {
		this.#engine = engine;
		this.#events = events;
		this.#thread = new Worker(url, {
			name: engine,
			execArgv: workerExecArgv(),
			resourceLimits: {maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb},
		});
		this.#thread.on('message', (message: FromWorker<Part, Report>) => this.#onMessage(message));
		this.#thread.on('error', error => {
			this.#uncaught = error;
		});
		this.#thread.on('exit', code => this.#onExit(code));
		const atExit = shutAtExit(this.#gate);
		this.#exited = new Promise(resolve => {
			this.#thread.once('exit', () => {
				atExit.forget();
				resolve();
			});
		});
		data.then(
			loaded => this.#tell({type: 'load', data: loaded, dropped: this.#dropped, gate: this.#gate.memory}),
			error =>
				this.#end(
					error instanceof SpeechError
						? error
						: fromWireError({message: String(error), cause: error}, engine),
				),
		);
	}

	get loading(): boolean {
		return this.#state === 'loading';
	}

	get idle(): boolean {
		return this.#state === 'ready' && this.#job === undefined;
	}

	/** Whether somebody waits for what it does now. */
	get awaited(): boolean {
		return this.#job !== undefined && !this.#job.over;
	}

	/** Starts a job; only while `idle`. */
	give(job: Job<Request, Part>): void {
		this.#job = job;
		this.#jobs++;
		this.#given = performance.now();
		this.#tell({type: 'job', id: this.#jobs, request: job.request});
	}

	/** Tells a running worker that nobody waits for this job any more, if it has it. */
	drop(job: Job<Request, Part>): void {
		if (this.#job === job) Atomics.store(new Int32Array(this.#dropped), 0, this.#jobs);
	}

	/** Whether the thread keeps the process alive. */
	hold(alive: boolean): void {
		if (alive) this.#thread.ref();
		else this.#thread.unref();
	}

	/** Ends the thread, as soon as no native code runs in it; its job, if any, fails with this error at once. */
	async terminate(error: SpeechError): Promise<void> {
		this.#state = 'gone';
		this.#job?.fail(error);
		await this.#stop();
	}

	/** A thread that crashed within native code would never leave it. */
	async #stop(): Promise<void> {
		this.#thread.ref();
		await Promise.race([this.#gate.shut(), this.#exited]);
		await this.#thread.terminate();
	}

	#tell(message: ToWorker<Request, Data>): void {
		this.#thread.postMessage(message);
	}

	#onMessage(message: FromWorker<Part, Report>): void {
		if (this.#state === 'gone') return;
		if (message.type === 'ready') {
			this.#state = 'ready';
			this.#events.ready(message.report);
		} else if (message.type === 'part') this.#job?.send(message.part);
		else if (message.type === 'load-failed') this.#end(fromWireError(message.error, this.#engine));
		else if (message.type === 'done') this.#finish(job => job.end());
		else {
			const error = fromWireError(message.error, this.#engine);
			if (message.error.code) this.#finish(job => job.fail(error));
			else {
				// What nobody had foreseen leaves the thread in an unknown state: a fresh one takes its place.
				this.#job?.fail(error);
				this.#end();
			}
		}
	}

	#finish(settle: (job: Job<Request, Part>) => void): void {
		if (this.#job) settle(this.#job);
		this.#job = undefined;
		this.#events.free(performance.now() - this.#given);
	}

	#onExit(code: number): void {
		if (this.#state === 'gone') return;
		const why = this.#uncaught instanceof Error ? `: ${this.#uncaught.message}` : '';
		const error = new SpeechError(
			'WORKER_CRASHED',
			`A worker of ${this.#engine} ended with exit code ${code}${why}.`,
			{
				cause: this.#uncaught,
			},
		);
		this.#job?.fail(error);
		this.#end(this.loading ? error : undefined);
	}

	#end(loadError?: SpeechError): void {
		if (this.#state === 'gone') return;
		this.#state = 'gone';
		void this.#stop();
		this.#events.gone(loadError);
	}
}
