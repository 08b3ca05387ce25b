import {SpeechError} from '../../errors.js';
import type {EngineLoad, RenderOptions} from '../engine.js';
import {FailedModels} from './failed-models.js';
import {
	keyOf,
	type LoadedModel,
	LoadedModels,
	type LoadedModelsOptions,
	type ModelUse,
} from './loaded-models.js';
import type {ModelFiles} from './model.js';
import {type ModelSize, modelSize} from './model-size.js';
import type {RuntimeReport} from './runtime-choice.js';
import type {NeuralPart, NeuralRequest} from './worker.js';

interface Waiting {
	readonly use: ModelUse;
	readonly size: ModelSize;
	readonly resolve: (loaded: LoadedModel) => void;
	readonly reject: (error: unknown) => void;
}

/**
 * The pools of worker threads of the models in use, one each, within a bound of memory: for a model that is not loaded the one
 * that was used least recently goes, as soon as it has nothing to do. Who needs what does not fit yet waits in line; nobody overtakes.
 */
export class ModelPools {
	readonly #options: LoadedModelsOptions;
	readonly #loaded: LoadedModels;
	readonly #failed = new FailedModels();
	#waiting: Waiting[] = [];
	#closed = false;

	constructor(options: LoadedModelsOptions) {
		this.#options = options;
		this.#loaded = new LoadedModels(options, () => this.#serve());
	}

	/** What a worker told when it was ready; undefined before the first was. */
	get report(): RuntimeReport | undefined {
		return this.#loaded.report;
	}

	/** What all models have to do, or one of them. */
	load(files?: ModelFiles): EngineLoad {
		const load = this.#loaded.load(files);
		return {...load, waiting: load.waiting + this.#waiting.length};
	}

	/** `Pool.run` of a model, which is loaded first where it is not. Throws `SpeechError` MODEL_TOO_LARGE too, MODEL_MISSING and MODEL_INVALID. */
	async *run(
		use: ModelUse,
		request: NeuralRequest,
		options: RenderOptions,
	): AsyncGenerator<NeuralPart, void> {
		const loaded = await this.#acquire(use, options.signal);
		try {
			yield* loaded.pool.run(request, options);
		} catch (error) {
			this.#remember(use, loaded, error);
			throw error;
		} finally {
			this.#release(loaded);
		}
	}

	/** `Pool.warm` of a model. */
	async warm(use: ModelUse, practice: NeuralRequest): Promise<void> {
		const loaded = await this.#acquire(use);
		try {
			await loaded.pool.warm(practice);
		} catch (error) {
			this.#remember(use, loaded, error);
			throw error;
		} finally {
			this.#release(loaded);
		}
	}

	/** Ends all threads; what waits or runs fails with CLOSED. Safe to call twice. */
	async close(): Promise<void> {
		this.#closed = true;
		for (const {use, reject} of this.#waiting.splice(0)) reject(closedError(use.name));
		await this.#loaded.close();
	}

	async #acquire(use: ModelUse, signal?: AbortSignal): Promise<LoadedModel> {
		if (this.#closed) throw closedError(use.name);
		const {maxMemory, workers} = this.#options;
		const size = modelSize(use, {maxMemory, workers});
		this.#failed.throwFor(keyOf(use), size.stamp);
		const ready = this.#waiting.length === 0 ? this.#loaded.take(use, size) : undefined;
		if (ready) return ready;
		signal?.throwIfAborted();
		const {promise, resolve, reject} = withResolvers<LoadedModel>();
		const waiting = {use, size, resolve, reject};
		this.#waiting.push(waiting);
		const onAbort = () => {
			this.#waiting = this.#waiting.filter(other => other !== waiting);
			reject(signal?.reason);
			this.#serve();
		};
		signal?.addEventListener('abort', onAbort, {once: true});
		return promise.finally(() => signal?.removeEventListener('abort', onAbort));
	}

	#release(loaded: LoadedModel): void {
		loaded.uses -= 1;
		this.#serve();
	}

	/** Serves those who wait, in order, as far as there is room. */
	#serve(): void {
		for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
			const loaded = this.#loaded.take(first.use, first.size);
			if (!loaded) return;
			this.#waiting.shift();
			first.resolve(loaded);
		}
	}

	#remember(use: ModelUse, {pool, stamp}: LoadedModel, error: unknown): void {
		// Once a worker was ready the model itself is sound.
		if (pool.report === undefined && !use.trusted) this.#failed.add(keyOf(use), error, stamp);
	}
}

function closedError(name: string): SpeechError {
	return new SpeechError('CLOSED', `The engine of ${name} was closed.`);
}

/** `Promise.withResolvers`, which Node.js 20 lacks. */
function withResolvers<Value>() {
	let resolve: (value: Value) => void = () => {};
	let reject: (reason: unknown) => void = () => {};
	const promise = new Promise<Value>((yes, no) => {
		[resolve, reject] = [yes, no];
	});
	return {promise, resolve, reject};
}
