import {availableParallelism} from 'node:os';
import {SpeechError} from '../errors.js';

/** How many worker threads an engine may use: `max` is one for each processor; by default so many, but no more than 4. */
export type Workers = number | 'max';

/** Throws `SpeechError` OPTION_INVALID. */
export function workerCount(workers: Workers | undefined): number {
	if (workers === undefined) return Math.min(availableParallelism(), 4);
	if (workers === 'max') return availableParallelism();
	if (Number.isInteger(workers) && workers >= 1) return workers;
	throw new SpeechError(
		'OPTION_INVALID',
		`workers must be a whole number from 1, or max, not ${String(workers)}.`,
	);
}
