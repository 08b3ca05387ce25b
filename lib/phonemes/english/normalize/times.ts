/** Times of day, dates, telephone numbers. */
import type {Variety} from '../variety.js';
import {dayNames, monthNames, months} from './calendar-names.js';
import {cardinal, decade, digits, ordinal, pair, year} from './numbers.js';
import {end, pattern, type Rule, sayEach} from './rule.js';

const meridiem = '([AaPp])(?:\\.[Mm]\\.|[Mm])(?![\\p{L}\\p{N}])';
const spelledMeridiem = (letter: string) => `${letter.toUpperCase()}.M.`;

/** 9:30: "nine thirty"; 12:05: "twelve oh five"; 7:00: "seven o'clock"; 23:00: "twenty three hundred". */
function clock(
	hours: string,
	minutes: string,
	seconds: string | undefined,
	variety: Variety,
	bare: boolean,
): string {
	const hour = cardinal(String(Number(hours)), variety);
	const rest = minutes !== '00' ? ` ${pair(minutes, variety)}` : bare ? fullHour(Number(hours)) : '';
	const tail = seconds === undefined ? '' : ` and ${cardinal(String(Number(seconds)), variety)} seconds`;
	return `${hour}${rest}${tail}`;
}

const fullHour = (hour: number) => (hour >= 1 && hour <= 12 ? " o'clock" : ' hundred');

function date(yearDigits: string, month: string, day: string, variety: Variety): string | undefined {
	const name = months[Number(month) - 1];
	if (name === undefined || Number(day) < 1 || Number(day) > 31) return undefined;
	const full = yearDigits.length === 2 ? `${Number(yearDigits) < 50 ? '20' : '19'}${yearDigits}` : yearDigits;
	const said = year(full, variety);
	return variety === 'us' ? `${name} ${ordinal(day)}, ${said}` : `the ${ordinal(day)} of ${name}, ${said}`;
}

export const times: readonly Rule[] = [
	{
		// 1890s, '90s
		pattern: pattern("['’]?(\\d0|\\d{3}0)['’]?s", end),
		say: ([, number = ''], {variety}) => decade(number, variety),
	},
	{
		// 2024-03-15
		pattern: pattern('(\\d{4})-(\\d{2})-(\\d{2})', end),
		say: ([, y = '', m = '', d = ''], {variety}) => date(y, m, d, variety),
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
		// 15 March, 5th May
		pattern: pattern(`(\\d{1,2})(?:st|nd|rd|th)?(?=\\s(?:${months.join('|')})`, end, ')'),
		say([, day = ''], {before}) {
			if (Number(day) < 1 || Number(day) > 31) return undefined;
			return `${before.toLowerCase() === 'the' ? '' : 'the '}${ordinal(day)} of`;
		},
	},
	{
		// 9:30, 9:30:05, 9:30am, 9:30 p.m.
		pattern: pattern(`(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:\\s?${meridiem}|`, end, ')'),
		say(match, {variety}) {
			const [all, hours = '', minutes = '', seconds, letter] = match;
			if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
			const said = clock(hours, minutes, seconds, variety, letter === undefined && seconds === undefined);
			return withMeridiem(match, all, said, letter);
		},
	},
	{
		// 3 pm, 3pm, 2-3 p.m.
		pattern: pattern(`(\\d{1,2})(?:[-–](\\d{1,2}))?\\s?${meridiem}`),
		say(match, {variety}) {
			const [all, from = '', to, letter] = match;
			if (Number(from) > 24) return undefined;
			const said = to === undefined ? '' : ` to ${cardinal(to, variety)}`;
			return withMeridiem(match, all, cardinal(from, variety) + said, letter);
		},
	},
	{
		// +1 (555) 123-4567, 555-123-4567, 555-0142
		pattern: pattern(
			'(?:\\+(\\d{1,3})[ -]?)?(?:\\((\\d{3})\\)[ -]?|(\\d{3})[-. ])?(\\d{3})[-.](\\d{4})(?![-.]?\\d)',
			end,
		),
		say: ([, country, bracketed, area, exchange = '', line = '']) =>
			[
				country === undefined ? '' : `plus ${digits(country)}`,
				digits(bracketed ?? area ?? ''),
				digits(exchange),
				digits(line),
			]
				.filter(Boolean)
				.join(', '),
	},
	{
		// 1-800-555-0142, 978-3-16-148410-0
		pattern: pattern('\\d{1,12}(?:-\\d{1,12}){2,8}', end),
		say: ([number]) => number.split('-').map(digits).join(', '),
	},
];

export const calendarAbbreviations: readonly Rule[] = [
	{
		// Jan. 5, Sat., 3 Dec., in Sept. we; "The Sun. The moon" stays as it is
		pattern: /(\p{Lu}\p{Ll}{2,4})\./uy,
		say([, short = ''], {before, after}) {
			if (short === 'May' || !(beginsDate.test(after) || beforeMonths.test(before))) return undefined;
			return monthNames.get(short.toLowerCase()) ?? dayNames.get(short.toLowerCase());
		},
	},
];

const beginsDate = new RegExp(
	`^(?:\\s?\\d|,|\\s(?:${months.map(month => month.slice(0, 3)).join('|')}))`,
	'u',
);
const beforeMonths = /^(?:in|since|until|till|on|last|next|every|early|late)$/iu;

function withMeridiem(match: RegExpExecArray, all: string, said: string, letter: string | undefined) {
	if (letter === undefined) return said;
	const spelled = spelledMeridiem(letter);
	const space = all.search(/\s/u);
	if (space === -1) return `${said} ${spelled}`;
	return sayEach(match, [
		[all.slice(0, space), said],
		[all.slice(space + 1), spelled],
	]);
}
