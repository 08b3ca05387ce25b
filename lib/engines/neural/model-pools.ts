import {SpeechError} from '../../errors.js';
import type {EngineLoad, RenderOptions} from '../engine.js';
import {Pool} from '../pool.js';
import {FailedModels} from './failed-models.js';
import type {ModelFiles} from './model.js';
import {type ModelSize, modelSize} from './model-size.js';
import type {RuntimeReport} from './runtime-choice.js';
import type {NeuralData, NeuralPart, NeuralRequest} from './worker.js';

type ModelPool = Pool<NeuralRequest, NeuralPart, RuntimeReport, NeuralData>;

export interface ModelPoolsOptions {
	/** Worker threads of each model, at most. */
	readonly workers: number;
	/** Bytes that all loaded models may take together, as estimated from their files. */
	readonly maxMemory: number;
	/** What the workers of a model load with. */
	readonly data: (files: ModelFiles) => Promise<NeuralData>;
}

/** The model that a job is for. */
export interface ModelUse extends ModelFiles {
	/** For messages: the voice's id. */
	readonly name: string;
	/** It comes with the package: what happens while it is loaded is not its fault. */
	readonly trusted: boolean;
}

interface Loaded {
	readonly pool: ModelPool;
	/** Bytes that all its workers take. */
	readonly memory: number;
	/** Of the file that it was made for. */
	readonly stamp: string;
	/** Jobs that it has, or that are about to be given to it. */
	uses: number;
}

interface Waiting {
	readonly use: ModelUse;
	readonly size: ModelSize;
	readonly resolve: (loaded: Loaded) => void;
	readonly reject: (error: unknown) => void;
}

/**
 * The pools of worker threads of the models in use, one each, within a bound of memory: for a model that is not loaded the one
 * that was used least recently goes, as soon as it has nothing to do. Who needs what does not fit yet waits in line; nobody overtakes.
 */
export class ModelPools {
	readonly #options: ModelPoolsOptions;
	/** Least recently used first. */
	readonly #loaded = new Map<string, Loaded>();
	readonly #failed = new FailedModels();
	#waiting: Waiting[] = [];
	/** Pools that are being unloaded. */
	readonly #leaving = new Map<ModelPool, {readonly memory: number; readonly left: Promise<void>}>();
	#closed = false;

	constructor(options: ModelPoolsOptions) {
		this.#options = options;
	}

	/** What a worker told when it was ready; undefined before the first was. */
	get report(): RuntimeReport | undefined {
		for (const {pool} of this.#loaded.values()) if (pool.report) return pool.report;
		return undefined;
	}

	/** What all models have to do, or one of them. */
	load(files?: ModelFiles): EngineLoad {
		const only = files && this.#loaded.get(keyOf(files));
		const pools = files ? (only ? [only] : []) : [...this.#loaded.values()];
		const loads = pools.map(({pool}) => pool.load);
		const sum = (of: 'workers' | 'busy' | 'waiting') => loads.reduce((all, load) => all + load[of], 0);
		return {
			workers: sum('workers'),
			busy: sum('busy'),
			waiting: sum('waiting') + this.#waiting.length,
			lateness: Math.max(0, ...loads.map(({lateness}) => lateness)),
		};
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
		const leaving = [...this.#leaving.values()].map(({left}) => left);
		await Promise.all([...leaving, ...[...this.#loaded.values()].map(({pool}) => pool.close())]);
	}

	async #acquire(use: ModelUse, signal?: AbortSignal): Promise<Loaded> {
		if (this.#closed) throw closedError(use.name);
		const {maxMemory, workers} = this.#options;
		const size = modelSize(use, {maxMemory, workers});
		this.#failed.throwFor(keyOf(use), size.stamp);
		const ready = this.#waiting.length === 0 ? this.#take(use, size) : undefined;
		if (ready) return ready;
		signal?.throwIfAborted();
		const {promise, resolve, reject} = withResolvers<Loaded>();
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

	/** The model's pool, or undefined as long as there is no room for it. */
	#take(use: ModelUse, size: ModelSize): Loaded | undefined {
		const key = keyOf(use);
		const known = this.#loaded.get(key);
		if (!known && !this.#makeRoom(size.memory)) return undefined;
		const loaded = known ?? this.#create(use, size);
		loaded.uses += 1;
		this.#loaded.delete(key);
		this.#loaded.set(key, loaded);
		return loaded;
	}

	#create(use: ModelUse, {workers, memory, stamp}: ModelSize): Loaded {
		const {family, model, companion} = use;
		const pool: ModelPool = new Pool({
			name: use.name,
			worker: new URL('./worker.js', import.meta.url),
			size: workers,
			data: () => this.#options.data({family, model, companion}),
			loadAttempts: use.trusted ? 2 : 1,
		});
		return {pool, memory, stamp, uses: 0};
	}

	/** Unloads what has nothing to do, the least recently used first, until so many bytes are free; gives whether they are now. */
	#makeRoom(memory: number): boolean {
		const {maxMemory} = this.#options;
		const inUse = () => [...this.#loaded.values()].reduce((sum, loaded) => sum + loaded.memory, 0);
		for (const [key, loaded] of this.#loaded) {
			if (inUse() + memory <= maxMemory) break;
			if (loaded.uses > 0) continue;
			this.#loaded.delete(key);
			this.#unload(loaded);
		}
		const leaving = [...this.#leaving.values()].reduce((sum, {memory}) => sum + memory, 0);
		return inUse() + leaving + memory <= maxMemory;
	}

	#unload({pool, memory}: Loaded): void {
		const left = pool.close().then(() => {
			this.#leaving.delete(pool);
			this.#serve();
		});
		this.#leaving.set(pool, {memory, left});
	}

	#release(loaded: Loaded): void {
		loaded.uses -= 1;
		this.#serve();
	}

	/** Serves those who wait, in order, as far as there is room. */
	#serve(): void {
		for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
			const loaded = this.#take(first.use, first.size);
			if (!loaded) return;
			this.#waiting.shift();
			first.resolve(loaded);
		}
	}

	#remember(use: ModelUse, {pool, stamp}: Loaded, error: unknown): void {
		// Once a worker was ready the model itself is sound.
		if (pool.report === undefined && !use.trusted) this.#failed.add(keyOf(use), error, stamp);
	}
}

function keyOf({family, model, companion}: ModelFiles): string {
	return [family, model, companion].join('\n');
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
