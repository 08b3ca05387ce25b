import {Channel} from '../channel.js';
import type {RenderOptions} from './engine.js';

/** Something to render, and where its parts go. */
export class Job<Request, Part> {
	readonly request: Request;
	/** On `performance.now()`'s clock. */
	readonly deadline: number;
	readonly key: string;
	/** What one utterance gives bounds what waits here. */
	readonly parts = new Channel<Part>(Infinity);
	readonly #onOver: () => void;
	#over = false;

	constructor(
		request: Request,
		{deadline, key = ''}: Pick<RenderOptions, 'deadline' | 'key'>,
		onOver: () => void,
	) {
		this.request = request;
		this.deadline = deadline;
		this.key = key;
		this.#onOver = onOver;
	}

	/** Whether it has ended, failed or was dropped: nobody waits for it any more. */
	get over(): boolean {
		return this.#over;
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

	add(job: Job<Request, Part>): void {
		const before = this.#jobs.findLastIndex(({deadline}) => deadline <= job.deadline);
		this.#jobs.splice(before + 1, 0, job);
	}

	/** The earliest deadline, or Infinity. */
	get earliest(): number {
		return this.#jobs[0]?.deadline ?? Infinity;
	}

	/** How many were due by then. */
	due(time: number): number {
		const later = this.#jobs.findIndex(({deadline}) => deadline > time);
		return later < 0 ? this.#jobs.length : later;
	}

	take(): Job<Request, Part> | undefined {
		let best = this.#jobs[0];
		if (!best) return undefined;
		const until = best.deadline + sameTime;
		for (const job of this.#jobs) {
			if (job.deadline > until) break;
			if (this.#lastTurn(job) < this.#lastTurn(best)) best = job;
		}
		this.remove(best);
		this.#lastTurns.delete(best.key);
		this.#lastTurns.set(best.key, ++this.#turn);
		const [oldest] = this.#lastTurns.keys();
		if (oldest !== undefined && this.#lastTurns.size > keysRemembered) this.#lastTurns.delete(oldest);
		return best;
	}

	#lastTurn({key}: Job<Request, Part>): number {
		return this.#lastTurns.get(key) ?? 0;
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
}
