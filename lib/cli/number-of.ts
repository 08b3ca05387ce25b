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

/** Bytes for the GB that an option was given, if it was. Throws UsageError for less than none. */
export function bytesOf(name: string, gigabytes: number | undefined): number | undefined {
	if (gigabytes === undefined) return undefined;
	if (gigabytes < 0) throw new UsageError(`${name} takes GB, 0 or more.`);
	return gigabytes * 1e9;
}
