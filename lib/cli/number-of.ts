import {UsageError} from './exit.js';

/** How commander reads the number that an option takes. Throws UsageError for what is none. */
export function numberOf(name: string): (value: string) => number {
	return value => {
		const number = Number(value);
		if (value.trim() === '' || !Number.isFinite(number))
			throw new UsageError(`${name} takes a number, not ${JSON.stringify(value)}.`);
		return number;
	};
}
