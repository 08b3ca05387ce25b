import {statSync} from 'node:fs';
import {totalmem} from 'node:os';
import {SpeechError} from '../../errors.js';
import type {ModelUse} from './loaded-models.js';

/** What a model will take. */
export interface ModelSize {
	/** Worker threads that fit, with a copy of the model each. */
	readonly workers: number;
	/** Bytes that they take together. */
	readonly memory: number;
	/** Changes when the file does. */
	readonly stamp: string;
}

const mib = 2 ** 20;
/** Bytes of a worker without its model: the thread, the runtime, the network for unknown words. */
const perWorker = 40 * mib;
/** A model's weights in memory, with what it works on: so many times its file. */
const perFile = 2;
/** A Buffer can hold no more. */
const largestFile = 2 ** 31 - 1;

/** Half of what this process may use, but no more than 4 GiB. */
export function defaultModelMemory(): number {
	const allowed = process.constrainedMemory?.() ?? 0;
	const total = allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
	return Math.min(total / 2, 4096 * mib);
}

/** Throws `SpeechError` MODEL_MISSING, and MODEL_TOO_LARGE for a model that does not even fit once. */
export function modelSize(
	{model}: Pick<ModelUse, 'model'>,
	{maxMemory, workers}: {readonly maxMemory: number; readonly workers: number},
): ModelSize {
	const stats = statSync(model, {throwIfNoEntry: false});
	if (!stats) {
		throw new SpeechError(
			'MODEL_MISSING',
			`The voice's file ${model} is not there: install the voice again.`,
		);
	}
	const each = perWorker + perFile * stats.size;
	const fitting = Math.min(workers, Math.floor(maxMemory / each));
	if (fitting < 1 || stats.size > largestFile) {
		throw new SpeechError(
			'MODEL_TOO_LARGE',
			`The model ${model} takes about ${toMib(each)} MiB, and all models may take ${toMib(maxMemory)}: raise maxModelMemory (--max-model-memory), or take a smaller export.`,
		);
	}
	return {workers: fitting, memory: fitting * each, stamp: `${stats.mtimeMs} ${stats.size}`};
}

function toMib(bytes: number): number {
	return Math.ceil(bytes / mib);
}
