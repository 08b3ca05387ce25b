import {Channel} from '../channel.js';

/** Something to render, and where its parts go. */
export class Job<Request, Part> {
	readonly request: Request;
	/** On `performance.now()`'s clock. */
	readonly deadline: number;
	/** What one utterance gives bounds what waits here. */
	readonly parts = new Channel<Part>(Infinity);
	readonly #onOver: () => void;
	#over = false;

	constructor(request: Request, deadline: number, onOver: () => void) {
		this.request = request;
		this.deadline = deadline;
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

/** Jobs that wait, the earliest deadline first; those with the same deadline in order of arrival. */
export class JobQueue<Request, Part> {
	readonly #jobs: Array<Job<Request, Part>> = [];

	get size(): number {
		return this.#jobs.length;
	}

	add(job: Job<Request, Part>): void {
		const before = this.#jobs.findLastIndex(({deadline}) => deadline <= job.deadline);
		this.#jobs.splice(before + 1, 0, job);
	}

	take(): Job<Request, Part> | undefined {
		return this.#jobs.shift();
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
