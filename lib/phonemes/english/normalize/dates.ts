/** Dates, decades, days of the week. */
import type {Variety} from '../variety.js';
import {day, dayNames, month, monthNames, months, shortDay, shortMonth} from './calendar-names.js';
import {cardinal, decade, ordinal, pair, year} from './numbers.js';
import {end, pattern, type Rule, sayEach} from './rule.js';
import {clock} from './times.js';

function date(yearDigits: string, month: string, day: string, variety: Variety): string | undefined {
	const name = months[Number(month) - 1];
	if (name === undefined || Number(day) < 1 || Number(day) > 31) return undefined;
	const full = yearDigits.length === 2 ? `${Number(yearDigits) < 50 ? '20' : '19'}${yearDigits}` : yearDigits;
	const said = year(full, variety);
	return variety === 'us'
		? `${name} ${ordinal(day, variety)}, ${said}`
		: `the ${ordinal(day, variety)} of ${name}, ${said}`;
}

/** "It takes 30s", but "the 30s". */
const lasts = /(?:~|(?:about|after|for|every|under|within|takes?|took|in|waits?|than|of) )$/iu;

const isDay = (number: string) => Number(number) >= 1 && Number(number) <= 31;

export const dates: readonly Rule[] = [
	{
		// 1890s, '90s
		pattern: pattern("['’]?(\\d0|\\d{3}0)['’]?s", end),
		say: ([all, number = ''], {variety, behind}) =>
			/^\d\ds$/.test(all) && lasts.test(behind)
				? `${cardinal(number, variety)} seconds`
				: decade(number, variety),
	},
	{
		// the '08 crash, class of '99
		pattern: pattern("['’](\\d{2})", end, "(?!['’]?s(?!\\p{L}))"),
		say: ([, short = ''], {behind, variety}) =>
			behind === '' || /\s$/u.test(behind) ? pair(short, variety) : undefined,
	},
	{
		// 2024-03-15T10:30:00Z
		pattern: pattern(
			'(\\d{4})-(\\d{2})-(\\d{2})T(\\d{2}):(\\d{2})(?::\\d{2}(?:\\.\\d+)?)?(?:Z|[+-]\\d{2}:?\\d{2})?',
			end,
		),
		say([, y = '', m = '', d = '', hours = '', minutes = ''], {variety}) {
			const said = date(y, m, d, variety);
			return said && `${said}, ${clock(hours, minutes, undefined, variety, true)}`;
		},
	},
	{
		// 2024-03-15
		pattern: pattern('(\\d{4})-(\\d{2})-(\\d{2})', end),
		say: ([, y = '', m = '', d = ''], {variety}) => date(y, m, d, variety),
	},
	{
		// 2024/03/15
		pattern: pattern('(\\d{4})/(\\d{2})/(\\d{2})', end),
		say: ([, y = '', m = '', d = ''], {variety}) => date(y, m, d, variety),
	},
	{
		// 15.03.2024
		pattern: pattern('(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})', end),
		say: ([, d = '', m = '', y = ''], {variety}) => date(y, m, d, variety),
	},
	{
		// 3/15/2024 in American, 15/3/2024 in British
		pattern: pattern('(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})', end),
		say: ([, first = '', second = '', y = ''], {variety}) =>
			variety === 'us' && Number(first) <= 12
				? date(y, first, second, variety)
				: date(y, second, first, variety),
	},
	{
		// on 3/15, Wed. 3/6
		pattern: pattern('(\\d{1,2})/(\\d{1,2})', end, '(?![/.]\\d)'),
		say([, first = '', second = ''], {before, variety}) {
			const dated =
				/^(?:on|by|until|till|since|due|dated|before|after)$/iu.test(before) ||
				dayNames.has(before.toLowerCase().replace(/\.$/, '')) ||
				/day$/iu.test(before);
			const [m, d] = variety === 'us' ? [first, second] : [second, first];
			const name = months[Number(m) - 1];
			if (!dated || name === undefined || !isDay(d)) return undefined;
			return variety === 'us' ? `${name} ${ordinal(d, variety)}` : `the ${ordinal(d, variety)} of ${name}`;
		},
	},
	{
		// 15 March, 5th May
		pattern: pattern(`(\\d{1,2})(?:st|nd|rd|th)?(?=\\s${month}`, end, ')'),
		say([, day = ''], {before, variety}) {
			if (!isDay(day)) return undefined;
			return `${before.toLowerCase() === 'the' ? '' : 'the '}${ordinal(day, variety)} of`;
		},
	},
];

const beginsDate = new RegExp(
	`^(?:\\s?\\d|,|\\s(?:${months.map(name => name.slice(0, 3)).join('|')})|\\s\\p{Ll})`,
	'u',
);
const beforeMonths = /^(?:in|since|until|till|on|last|next|every|early|late|mid|by)$/iu;

/** "Jan, Feb, and Mar": what stands before and after one, parted by |. */
const listed = new RegExp(
	`(?:${shortMonth}|${shortDay}), (?:and |or )?[|]|[|],? (?:and |or |& )?(?:${shortMonth}|${shortDay})(?![\\p{L}\\p{N}])`,
	'u',
);

/** What a name of a month or a day, or its abbreviation, stands for. */
const calendarName = (short: string) => {
	const key = short.toLowerCase().replace(/\.$/, '');
	return monthNames.get(key) ?? dayNames.get(key);
};

export const calendarAbbreviations: readonly Rule[] = [
	{
		// June 3-5, Dec. 28–30
		pattern: pattern(
			`(${month})(\\s)(\\d{1,2})(?:st|nd|rd|th)?\\s?[-–]\\s?(\\d{1,2})(?:st|nd|rd|th)?`,
			end,
			'(?![-–/:]\\d)',
		),
		say(match, {variety}) {
			const [all, name = '', , from = '', to = ''] = match;
			if (!isDay(from) || !isDay(to)) return undefined;
			return sayEach(match, [
				[name, calendarName(name) ?? name],
				[all.slice(name.length).trimStart(), `${ordinal(from, variety)} to ${ordinal(to, variety)}`],
			]);
		},
	},
	{
		// Mon-Fri, Jan.–Mar., May–June
		pattern: pattern(`(${day}|${month})\\s?[-–]\\s?(${day}|${month})(?![\\p{L}\\p{N}'’])`),
		say: ([, from = '', to = '']) => `${calendarName(from) ?? from} to ${calendarName(to) ?? to}`,
	},
	{
		// Jan. 5, Sat., 3 Dec., in Sept. we; "The Sun. The moon" stays as it is
		pattern: /(\p{Lu}\p{Ll}{2,4})\./uy,
		say([, short = ''], {before, after}) {
			if (
				short === 'May' ||
				!(beginsDate.test(after) || beforeMonths.test(before) || isDay(before.replace(/\D/g, '')))
			)
				return undefined;
			return calendarName(short);
		},
	},
	{
		// Tue, Jan 7
		pattern: pattern(`(${shortDay})(?=,\\s${month}\\s\\d)`),
		say: ([, short = '']) => calendarName(short),
	},
	{
		// Nov 11, 3 Dec 2020, Sat 10
		pattern: pattern(`(${shortMonth}|${shortDay})`, end, "(?!['’])"),
		say([, short = ''], {before, behind, after}) {
			const dated =
				/^,?\s\d{1,2}(?!\d)/u.test(after) ||
				(/^\d{1,2}(?:st|nd|rd|th)?$/.test(before) &&
					isDay(before.replace(/\D/g, '')) &&
					monthNames.has(short.toLowerCase())) ||
				listed.test(`${behind}|${after}`);
			return dated && !/^(?:the|a|my)$/iu.test(before) ? calendarName(short) : undefined;
		},
	},
];
