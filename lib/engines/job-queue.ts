import {Channel} from '../channel.js';
import type {RenderOptions} from './engine.js';

/**
 * Who has heard nothing yet waits for so many ms, if need be; who listens cannot. More than the lateness with which a server
 * begins to refuse (`maxLateness`, 1,000): so what speaks already stays in time, and what is new is refused.
 */
export const patience = 1250;

/** Something to render, and where its parts go. */
export class Job<Request, Part> {
	readonly request: Request;
	readonly key: string;
	readonly #added = performance.now();
	readonly #options: Pick<RenderOptions, 'deadline' | 'onQueued'>;
	/** What one utterance gives bounds what waits here. */
	readonly parts = new Channel<Part>(Infinity);
	readonly #onOver: () => void;
	#over = false;

	constructor(
		request: Request,
		options: Pick<RenderOptions, 'deadline' | 'key' | 'onQueued'>,
		onOver: () => void,
	) {
		this.request = request;
		this.key = options.key ?? '';
		this.#options = options;
		this.#onOver = onOver;
	}

	/** When it is needed, on `performance.now()`'s clock; it may move. */
	get deadline(): number {
		return this.#options.deadline;
	}

	/** When it is to be begun, lest it be late: `patience` before it is needed, but not before it was there. */
	get due(): number {
		return Math.max(this.deadline - patience, this.#added);
	}

	/** Whether it has ended, failed or was dropped: nobody waits for it any more. */
	get over(): boolean {
		return this.#over;
	}

	/** A worker begins with it. */
	begin(): void {
		this.#options.onQueued?.(performance.now() - this.#added);
	}

	send(part: Part): void {
		void this.parts.send(part);
	}

	end(): void {
		this.#settle(() => this.parts.end());
	}

	fail(error: unknown): void {
		this.#settle(() => this.parts.fail(error));
	}

	/** The reader left. */
	drop(): void {
		this.#settle(() => this.parts.close());
	}

	#settle(how: () => void): void {
		if (this.#over) return;
		this.#over = true;
		how();
		this.#onOver();
	}
}

/** Jobs needed within so many ms of each other are needed at the same time. */
const sameTime = 20;

/** So many keys are remembered: more have hardly work at the same time. */
const keysRemembered = 1000;

/**
 * Jobs that wait, the earliest deadline first. Of those needed at the same time, the one whose key had its last turn
 * longest ago; of one key in order of deadlines, then of arrival.
 */
export class JobQueue<Request, Part> {
	readonly #jobs: Array<Job<Request, Part>> = [];
	readonly #lastTurns = new Map<string, number>();
	#turn = 0;

	get size(): number {
		return this.#jobs.length;
	}

	/** The earliest deadline, or Infinity. */
	get earliest(): number {
		return Math.min(Infinity, ...this.#jobs.map(({deadline}) => deadline));
	}

	/** How late the latest will be begun after it was due, if one is taken every `jobMs`, in ms. */
	lateness(jobMs: number): number {
		const now = performance.now();
		const dues = this.#jobs.map(({due}) => due).sort((a, b) => a - b);
		return dues.reduce((latest, due, before) => Math.max(latest, now + before * jobMs - due), 0);
	}

	add(job: Job<Request, Part>): void {
		this.#jobs.push(job);
	}

	take(): Job<Request, Part> | undefined {
		const until = this.earliest + sameTime;
		const [best] = this.#jobs
			.map(job => ({job, deadline: job.deadline, turn: this.#lastTurns.get(job.key) ?? 0}))
			.filter(({deadline}) => deadline <= until)
			.sort((a, b) => a.turn - b.turn || a.deadline - b.deadline);
		if (!best) return undefined;
		this.remove(best.job);
		this.#remember(best.job.key);
		return best.job;
	}

	/** Gives whether it was waiting. */
	remove(job: Job<Request, Part>): boolean {
		const index = this.#jobs.indexOf(job);
		if (index < 0) return false;
		this.#jobs.splice(index, 1);
		return true;
	}

	clear(): Array<Job<Request, Part>> {
		return this.#jobs.splice(0);
	}

	/** A key has had its turn. */
	#remember(key: string): void {
		this.#lastTurns.delete(key);
		this.#lastTurns.set(key, ++this.#turn);
		const [oldest] = this.#lastTurns.keys();
		if (oldest !== undefined && this.#lastTurns.size > keysRemembered) this.#lastTurns.delete(oldest);
	}
}
