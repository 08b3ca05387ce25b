import {SpeechError} from '../../errors.js';

/** How long a model that crashed a worker while it was loaded is not tried again, in ms; one that is none, until its file changes. */
const crashedFor = 60_000;

interface Failure {
	readonly error: SpeechError;
	readonly stamp: string;
	readonly at: number;
}

/** Remembers which models could not be loaded: a file that is no model, or that crashed a worker, would only cost another. */
export class FailedModels {
	readonly #failures = new Map<string, Failure>();

	/** Notes an error that a file is to blame for; others are passed over. `stamp` changes with the file. */
	add(key: string, error: unknown, stamp: string): void {
		if (!(error instanceof SpeechError)) return;
		if (error.code !== 'WORKER_CRASHED' && error.code !== 'MODEL_INVALID') return;
		this.#failures.set(key, {error, stamp, at: performance.now()});
	}

	/** Throws what the model failed with, as long as its file is the same. */
	throwFor(key: string, stamp: string): void {
		const failure = this.#failures.get(key);
		if (!failure) return;
		const {code, message, cause} = failure.error;
		const isOver = code === 'WORKER_CRASHED' && performance.now() - failure.at > crashedFor;
		if (failure.stamp === stamp && !isOver) throw new SpeechError(code, message, {cause});
		this.#failures.delete(key);
	}
}
