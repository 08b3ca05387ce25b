/** Numbers of every kind that have no unit. */

import type {Variety} from '../variety.js';
import {monthNames} from './calendar-names.js';
import {
	cardinal,
	decimal,
	digits,
	fraction,
	label,
	looksLikeYear,
	ordinal,
	pair,
	plural,
	saySign,
	vulgar,
	year,
} from './numbers.js';
import {decimals, end, pattern, type Rule, sign, whole} from './rule.js';

const signs = Object.keys(vulgar).join('');

const scales: {readonly [letter: string]: string} = {C: 'degrees Celsius', F: 'degrees Fahrenheit'};

const idioms: {readonly [written: string]: string} = {
	'24/7': 'twenty four seven',
	'9/11': 'nine eleven',
	'7/11': 'seven eleven',
};

export const quantities: readonly Rule[] = [
	{
		// Python 3.x
		pattern: /(\d{1,3})\.x(?![\p{L}\p{N}])/uy,
		say: ([, number = ''], {variety}) => `${cardinal(number, variety)} point X.`,
	},
	{
		// 200C/400F
		pattern: pattern('(\\d{2,3})([CF])/(\\d{2,3})([CF])', end),
		say: ([, first = '', scale, second = '', other], {variety}) =>
			`${cardinal(first, variety)} ${scales[scale ?? '']}, ${cardinal(second, variety)} ${scales[other ?? '']}`,
	},
	{
		// 1½ and ½
		pattern: pattern(`(\\d{0,6})([${signs}])(?!\\d)(["”″](?=[\\s,.;)]|$))?`),
		say([, integer = '', part = '', inches], {variety, behind}) {
			const said = integer === '' ? vulgar[part] : `${cardinal(integer, variety)} and ${vulgar[part]}`;
			const closes = (behind.match(/["“”]/gu)?.length ?? 0) % 2 === 1;
			return inches === undefined ? said : closes ? [[0, integer.length + 1, said ?? '']] : `${said} inches`;
		},
	},
	{
		// 3/4, and the 1/2 of 1 1/2
		pattern: pattern('(\\d{1,3})/(\\d{1,3})(?:nds|rds|ths|th)?(?![/\\d])', end),
		say([, top = '', bottom = ''], {before, after, variety}) {
			if (Number(bottom) < 1 || top.startsWith('0') || bottom.startsWith('0')) return undefined;
			const idiom =
				idioms[`${top}/${bottom}`] ??
				(top === bottom ? `${cardinal(top, variety)} ${cardinal(top, variety)}` : undefined);
			if (idiom !== undefined) return idiom;
			if (steps.test(before)) return `${cardinal(top, variety)} of ${cardinal(bottom, variety)}`;
			if (/^(?:5|10|100)$/.test(bottom) && (/^ stars?(?!\p{L})/u.test(after) || marks.test(before)))
				return `${cardinal(top, variety)} out of ${cardinal(bottom, variety)}`;
			if (Number(top) + Number(bottom) === 100 && before !== '')
				return `${cardinal(top, variety)} ${cardinal(bottom, variety)}`;
			if (bottom === '4' && /^-\p{L}/u.test(after)) return `${cardinal(top, variety)} quarter`;
			if (Number(top) > Number(bottom)) return `${cardinal(top, variety)} over ${cardinal(bottom, variety)}`;
			const said = fraction(top, bottom, variety);
			return /^\d+$/.test(before) ? `and ${said}` : said;
		},
	},
	{
		// 2.0.1, 192.168.0.1
		pattern: pattern('\\d{1,5}(?:\\.\\d{1,5}){2,8}', end),
		say([number], {variety}) {
			const parts = number.split('.');
			const isAddress =
				parts.length === 4 && parts.every(part => Number(part) < 256) && parts.some(part => part.length > 2);
			const [read, point] = isAddress ? [label, ' dot '] : [cardinal, ' point '];
			return parts.map(part => read(part, variety)).join(point);
		},
	},
	{
		// 11th–13th
		pattern: pattern(`(${whole})(?:st|nd|rd|th)\\s?[-–]\\s?(${whole})(?:st|nd|rd|th)`, end),
		say: ([, from = '', to = ''], {variety}) => `${ordinal(from, variety)} to ${ordinal(to, variety)}`,
	},
	{
		// 21st, 1,000th
		pattern: pattern(`(${whole})(?:st|nd|rd|th)`, end, '(?!-\\p{L})'),
		say: ([, number = ''], {variety}) => ordinal(number, variety),
	},
	{
		// 1920x1080, 3 × 4 as one word
		pattern: pattern(`(${whole}${decimals})[x×](?!10\\^)(${whole}${decimals})`, end),
		say: ([, width = '', height = ''], {variety}) => `${size(width, variety)} by ${size(height, variety)}`,
	},
	{
		// a 747, the 737 MAX, a Boeing 747-400
		pattern: pattern('(7\\d7)(s)?(?:-(\\d{1,3}))?', end),
		say([, number = '', many = '', series], {variety, before, after}) {
			const jet =
				/^(?:an?|the|boeing)$/iu.test(before) && (many !== '' || !/^ \p{Ll}+s(?!\p{L})/u.test(after));
			if (!jet && !/^ MAX/u.test(after) && series === undefined) return undefined;
			const said = label(number, variety);
			return `${many === '' ? said : plural(said)}${series === undefined ? '' : ` ${label(series, variety)}`}`;
		},
	},
	{
		// John 3:16-18, Genesis 1:1
		pattern: pattern('(\\d{1,3}):(\\d{1,3})(?:[-–](\\d{1,3}))?', end, '(?![-–:]\\d)'),
		say([, chapter = '', verse = '', to], {variety, before}) {
			if (!/^\p{Lu}\p{Ll}/u.test(before)) return undefined;
			const from = `${cardinal(chapter, variety)} ${cardinal(verse, variety)}`;
			return to === undefined ? from : `${from} to ${cardinal(to, variety)}`;
		},
	},
	{
		// 401(k), 501(c)(3)
		pattern: /(\d{3})\((\p{L})\)(?:\((\d)\))?/uy,
		say: ([, number = '', letter = '', rest], {variety}) =>
			`${label(number, variety)} ${letter.toUpperCase()}.${rest === undefined ? '' : ` ${cardinal(rest, variety)}`}`,
	},
	{
		// 27:13.5
		pattern: pattern('(\\d{1,2}):(\\d{2})\\.(\\d{1,3})', end),
		say: ([, minutes = '', seconds = '', rest = ''], {variety}) =>
			`${cardinal(minutes, variety)} ${pair(seconds, variety)} point ${digits(rest)}`,
	},
	{
		// 4x100m
		pattern: pattern('(\\d{1,2})[x×](\\d{2,4})m', end),
		say: ([, times = '', length = ''], {variety}) =>
			`${cardinal(times, variety)} by ${cardinal(length, variety)} meters`,
	},
	{
		// a .45 caliber pistol
		pattern: /\.(\d{2})(?=[\s-]cal(?:iber|ibre)?(?!\p{L}))/uy,
		say: ([, bore = ''], {variety}) => cardinal(bore, variety),
	},
	{
		// 1080p of a picture
		pattern: pattern('(\\d{3,4})([pi])', end),
		say: ([, lines = '', scan = ''], {variety}) =>
			`${lines.length === 3 ? label(lines, variety) : size(lines, variety)} ${scan.toUpperCase()}.`,
	},
	{
		// 2-3, 1999-2000, 16:9
		pattern: pattern(`(?!\\d{4,}:)(${whole}${decimals})[-–:](${whole}${decimals})(?![-–:/]\\d)(%?)`, end),
		say([, from = '', to = '', percent], {variety, before}) {
			// Of a British game: "three nil". No range falls to nought.
			if (variety === 'gb' && to === '0' && /^\d{1,2}$/.test(from))
				return `${from === '0' ? 'nil' : cardinal(from, variety)} nil`;
			const between = /^(?:no|nos|case|docket|bill|file)\.?$/iu.test(before) ? ' dash ' : ' to ';
			const last = looksLikeYear(from) && /^0\d$/.test(to) ? pair(to, variety) : bare(to, variety);
			return `${bare(from, variety)}${between}${last}${percent ? ' percent' : ''}`;
		},
	},
	{
		// -5, 3.14, 1,250,000, 1984, 37.5%, 2x
		pattern: pattern(
			`(${sign}?)(${whole}${decimals}|\\.\\d{1,40})(%|‰|x(?!\\p{L}))?`,
			end,
			'(?!-\\p{L}|[.,]\\d)',
		),
		say([, plusMinus = '', number = '', suffix = ''], {variety, before}) {
			const said = suffix === '' ? inContext(number, variety, before) : decimal(number, variety);
			return `${saySign(plusMinus)}${said}${suffixes[suffix] ?? ''}`;
		},
	},
];

/** Before what is counted, or judged, out of a whole. */
const steps =
	/^(?:steps?|page|part|question|slide|chapter|level|day|round|task|lesson|phase|stage|batch|test|image|file)$/iu;
const marks = /^(?:an?|it|rated?|rating|scored?|solid|easy|gave|perfect|strong)$/iu;

const suffixes: {readonly [suffix: string]: string} = {'%': ' percent', '‰': ' per mille', x: ' times'};
/** After these a number is a name: "Room 101", "a Boeing 747". */
const named =
	/^(?:port|rtx|gtx|rx|rfc|model|h\.r\.|bill|room|flight|route|highway|interstate|suite|apartment|boeing|airbus|error|http|status|bus|gate|studio|area|channel|xbox|office|fahrenheit|psalm|hymn|peugeot|porsche|nokia|lot|unit)$/iu;
/** What a server answers. */
const answers = /^(?:returns?|returned|throws|responds?|codes?|got|gets|with)$/iu;
const answer = /^(?:40[0-9]|41[0-8]|42[2-9]|50[0-4])$/;
/** After these even an early number of four digits is a year: "in 1066". */
const beforeYears = /^(?:in|of|since|by|from|until|till|before|after|year|ad|circa)$/iu;

function bare(number: string, variety: Variety): string {
	return looksLikeYear(number) ? year(number, variety) : decimal(number, variety);
}

/** 1080 of a picture: "ten eighty". */
function size(number: string, variety: Variety): string {
	return /^\d\d[1-9]\d$/.test(number) ? year(number, variety) : decimal(number, variety);
}

function inContext(number: string, variety: Variety, before: string): string {
	const month = monthNames.has(before.toLowerCase().replace(/\.$/, ''));
	if (month && /^(?:[1-9]|[12]\d|3[01])$/.test(number))
		return (variety === 'us' ? '' : 'the ') + ordinal(number, variety);
	if ((named.test(before) || before === 'US') && /^\d{3,4}$/.test(number)) return label(number, variety);
	if (answers.test(before) && answer.test(number)) return label(number, variety);
	if (/^2[1-9]00$/.test(number) && /^(?:in|by|year|until|before|after|since)$/iu.test(before))
		return `${cardinal(number.slice(0, 2), variety)} hundred`;
	if (/^10\d\d$/.test(number) && beforeYears.test(before)) return year(number, variety);
	if (/^\d{7,}$/.test(number) && Number(number) % 1000 !== 0) return digits(number);
	return bare(number, variety);
}
