/** Numbers of every kind that have no unit. */

import type {Variety} from '../variety.js';
import {monthNames} from './calendar-names.js';
import {cardinal, decimal, digits, looksLikeYear, ordinal, plural, saySign, year} from './numbers.js';
import {decimals, end, pattern, type Rule, sign, whole} from './rule.js';

// biome-ignore format: a table
const vulgar: {readonly [sign: string]: string} = {
	'½': 'a half', '⅓': 'a third', '⅔': 'two thirds', '¼': 'a quarter', '¾': 'three quarters', '⅕': 'a fifth', '⅖': 'two fifths',
	'⅗': 'three fifths', '⅘': 'four fifths', '⅙': 'a sixth', '⅚': 'five sixths', '⅛': 'an eighth', '⅜': 'three eighths',
	'⅝': 'five eighths', '⅞': 'seven eighths',
};
const signs = Object.keys(vulgar).join('');

const denominator = (number: string) =>
	number === '2' ? 'half' : number === '4' ? 'quarter' : ordinal(number);

const idioms: {readonly [written: string]: string} = {'24/7': 'twenty four seven', '9/11': 'nine eleven'};

/** 3/4: "three quarters"; 1/2: "one half"; 7/100: "seven hundredths". */
function fraction(top: string, bottom: string): string {
	const part = denominator(bottom);
	const parts = part === 'half' ? 'halves' : plural(part);
	return `${cardinal(top, 'us')} ${top === '1' ? part : parts}`;
}

export const quantities: readonly Rule[] = [
	{
		// 1½ and ½
		pattern: pattern(`(\\d{0,6})([${signs}])(?!\\d)`),
		say: ([, integer = '', part = ''], {variety}) =>
			integer === '' ? vulgar[part] : `${cardinal(integer, variety)} and ${vulgar[part]}`,
	},
	{
		// 3/4, and the 1/2 of 1 1/2
		pattern: pattern('(\\d{1,3})/(\\d{1,3})(?![/\\d])', end),
		say([, top = '', bottom = ''], {before, variety}) {
			if (Number(bottom) < 1 || top.startsWith('0') || bottom.startsWith('0')) return undefined;
			if (Number(top) > Number(bottom))
				return idioms[`${top}/${bottom}`] ?? `${cardinal(top, variety)} over ${cardinal(bottom, variety)}`;
			const said = fraction(top, bottom);
			return /^\d+$/.test(before) ? `and ${said}` : said;
		},
	},
	{
		// 2.0.1, 192.168.0.1
		pattern: pattern('\\d{1,5}(?:\\.\\d{1,5}){2,8}', end),
		say: ([number], {variety}) =>
			number
				.split('.')
				.map(part => cardinal(part, variety))
				.join(' point '),
	},
	{
		// 21st, 1,000th
		pattern: pattern(`(${whole})(?:st|nd|rd|th)`, end, '(?!-\\p{L})'),
		say: ([, number = '']) => ordinal(number),
	},
	{
		// 1920x1080, 3 × 4 as one word
		pattern: pattern(`(${whole}${decimals})[x×](${whole}${decimals})`, end),
		say: ([, width = '', height = ''], {variety}) => `${size(width, variety)} by ${size(height, variety)}`,
	},
	{
		// 2-3, 1999-2000, 16:9
		pattern: pattern(`(${whole}${decimals})[-–:](${whole}${decimals})(?![-–:/]\\d)(%?)`, end),
		say: ([, from = '', to = '', percent], {variety}) =>
			`${bare(from, variety)} to ${bare(to, variety)}${percent ? ' percent' : ''}`,
	},
	{
		// -5, 3.14, 1,250,000, 1984, 37.5%, 2x
		pattern: pattern(`(${sign}?)(${whole}${decimals}|\\.\\d{1,40})(%|‰|x(?!\\p{L}))?`, end, '(?!-\\p{L})'),
		say([, plusMinus = '', number = '', suffix = ''], {variety, before}) {
			const said = suffix === '' ? inContext(number, variety, before) : decimal(number, variety);
			return `${saySign(plusMinus)}${said}${suffixes[suffix] ?? ''}`;
		},
	},
];

const suffixes: {readonly [suffix: string]: string} = {'%': ' percent', '‰': ' per mille', x: ' times'};
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
	if (month && /^(?:[1-9]|[12]\d|3[01])$/.test(number)) return ordinal(number);
	if (/^10\d\d$/.test(number) && beforeYears.test(before)) return year(number, variety);
	if (/^\d{7,}$/.test(number) && Number(number) % 1000 !== 0) return digits(number);
	return bare(number, variety);
}
