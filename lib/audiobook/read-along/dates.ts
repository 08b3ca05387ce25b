import {unescaped} from './markup.js';

/** The earliest that ZIP knows, for a book that tells no date at all. */
const earliest = '1980-01-01';

/**
 * When the new book was last changed: one second after the book that it was made of, by what that one says of itself. So the same book
 * gives the same, and another release identifier than its own (EPUB 3.3, 5.4.1 and 5.5.4).
 */
export function modifiedAfter(source: string, year: string | undefined): Date {
	const modified = /<(?:\w+:)?meta\b[^>]*\bproperty\s*=\s*["']dcterms:modified["'][^>]*>([^<]*)</.exec(
		source,
	)?.[1];
	const dates = [...source.matchAll(/<dc:date\b[^>]*>([^<]*)</g)].map(([, date]) => date);
	for (const told of [modified, ...dates, year, earliest]) {
		const time = timeOf(unescaped(told ?? '').trim());
		if (time !== undefined) return new Date(time + 1000);
	}
	throw new Error('the earliest date is one');
}

/** W3C's profile of ISO 8601: a year, a month, a day, a time; without a zone it is UTC. */
function timeOf(date: string): number | undefined {
	if (!/^\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?$/.test(date)) return undefined;
	const time = Date.parse(/T[\d:.]+$/.test(date) ? `${date}Z` : date);
	return Number.isNaN(time) ? undefined : Math.floor(time / 1000) * 1000;
}
