import type {EngineLoad} from '../engine.js';
import {Pool} from '../pool.js';
import type {ModelFiles} from './model.js';
import type {ModelSize} from './model-size.js';
import type {RuntimeReport} from './runtime-choice.js';
import type {NeuralData, NeuralPart, NeuralRequest} from './worker.js';

type ModelPool = Pool<NeuralRequest, NeuralPart, RuntimeReport, NeuralData>;

export interface LoadedModelsOptions {
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

/** A model with its pool of workers. */
export interface LoadedModel {
	readonly pool: ModelPool;
	/** Bytes that all its workers take. */
	readonly memory: number;
	/** Of the file that it was made for. */
	readonly stamp: string;
	/** Jobs that it has, or that are about to be given to it. */
	uses: number;
}

/** The models that are loaded, each in a pool of workers, within a bound of memory. */
export class LoadedModels {
	readonly #options: LoadedModelsOptions;
	/** Least recently used first. */
	readonly #loaded = new Map<string, LoadedModel>();
	/** Pools that are being unloaded. */
	readonly #leaving = new Map<ModelPool, {readonly memory: number; readonly left: Promise<void>}>();
	readonly #onLeft: () => void;

	/** `onLeft` is called whenever memory was given back. */
	constructor(options: LoadedModelsOptions, onLeft: () => void) {
		this.#options = options;
		this.#onLeft = onLeft;
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
			waiting: sum('waiting'),
			lateness: Math.max(0, ...loads.map(({lateness}) => lateness)),
		};
	}

	/** The model's pool, or undefined as long as there is no room for it. */
	take(use: ModelUse, size: ModelSize): LoadedModel | undefined {
		const key = keyOf(use);
		const known = this.#loaded.get(key);
		if (!known && !this.#makeRoom(size.memory)) return undefined;
		const loaded = known ?? this.#create(use, size);
		loaded.uses += 1;
		this.#loaded.delete(key);
		this.#loaded.set(key, loaded);
		return loaded;
	}

	/** Ends all threads. */
	async close(): Promise<void> {
		const leaving = [...this.#leaving.values()].map(({left}) => left);
		await Promise.all([...leaving, ...[...this.#loaded.values()].map(({pool}) => pool.close())]);
	}

	#create(use: ModelUse, {workers, memory, stamp}: ModelSize): LoadedModel {
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

	#unload({pool, memory}: LoadedModel): void {
		const left = pool.close().then(() => {
			this.#leaving.delete(pool);
			this.#onLeft();
		});
		this.#leaving.set(pool, {memory, left});
	}
}

/** A model's identity. */
export function keyOf({family, model, companion}: ModelFiles): string {
	return [family, model, companion].join('\n');
}
