/** Months by their number, less one. */
export const months = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
] as const;

/** The months in small letters, and their abbreviations without a period. */
export const monthNames: ReadonlyMap<string, string> = new Map([
	...months.flatMap(month => [
		[month.toLowerCase(), month] as const,
		[month.slice(0, 3).toLowerCase(), month] as const,
	]),
	['sept', 'September'],
]);

/** Abbreviated days of the week in small letters, without a period. */
export const dayNames: ReadonlyMap<string, string> = new Map([
	['mon', 'Monday'],
	['tue', 'Tuesday'],
	['tues', 'Tuesday'],
	['wed', 'Wednesday'],
	['thu', 'Thursday'],
	['thur', 'Thursday'],
	['thurs', 'Thursday'],
	['fri', 'Friday'],
	['sat', 'Saturday'],
	['sun', 'Sunday'],
]);

/** Sources of patterns for abbreviated months and days, and for both written out too. */
export const shortMonth = '(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)';
export const shortDay = '(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)';
const days = '(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day';
export const month = `(?:${months.join('|')}|${shortMonth}\\.?)`;
export const day = `(?:${days}|${shortDay}\\.?)`;
