import {SpeechError} from './errors.js';

/** Throws OPTION_INVALID, saying what is `allowed`, unless `value` is undefined or a number that `admits` lets through. */
export function checkNumber(
	name: string,
	value: unknown,
	allowed: string,
	admits: (value: number) => boolean,
): void {
	if (value === undefined || (typeof value === 'number' && admits(value))) return;
	throw new SpeechError(
		'OPTION_INVALID',
		`${name} is ${JSON.stringify(value) ?? String(value)}; it must be ${allowed}.`,
	);
}
