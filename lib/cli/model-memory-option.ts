import {Option} from 'commander';
import {numberOf} from './number-of.js';

/** MiB that models may take; for every command that speaks. */
export function modelMemoryOption(): Option {
	return new Option(
		'--max-model-memory <mib>',
		'MiB that loaded models may take together: half of the memory, at most 4096, by default; those used least recently are unloaded',
	).argParser(numberOf('--max-model-memory'));
}
