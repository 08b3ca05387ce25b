import {toCardinal, toOrdinal} from 'n2words/en-US';
import type {Variety} from '../variety.js';

/** Longer ones are read digit by digit: there is no name for them. */
const mostDigits = 36;
const digitNames = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** What stands behind a number for its zeros: 5k, £2bn. */
export const magnitudes: {readonly [short: string]: string} = {
	k: 'thousand',
	m: 'million',
	mn: 'million',
	bn: 'billion',
	t: 'trillion',
	b: 'billion',
	tn: 'trillion',
};

/** Fractions that are one sign. */
// biome-ignore format: a table
export const vulgar: {readonly [sign: string]: string} = {
	'½': 'a half', '⅓': 'a third', '⅔': 'two thirds', '¼': 'a quarter', '¾': 'three quarters', '⅕': 'a fifth', '⅖': 'two fifths',
	'⅗': 'three fifths', '⅘': 'four fifths', '⅙': 'a sixth', '⅚': 'five sixths', '⅛': 'an eighth', '⅜': 'three eighths',
	'⅝': 'five eighths', '⅞': 'seven eighths',
};

const words = (text: string) => text.replaceAll('-', ' ');

/** 007: "zero zero seven". */
export function digits(number: string): string {
	return Array.from(number.replace(/\D/g, ''), digit => digitNames[Number(digit)]).join(' ');
}

/** 1,250: "one thousand two hundred fifty", with "and" in British. Leading zeros are read out. */
export function cardinal(number: string, variety: Variety): string {
	const plain = number.replaceAll(',', '');
	if (plain.length > mostDigits || /^0\d/.test(plain)) return digits(plain);
	return words(toCardinal(BigInt(plain), {and: variety === 'gb'}));
}

/** 21: "twenty first"; 101: "one hundred first", with "and" in British. */
export function ordinal(number: string, variety: Variety): string {
	const plain = BigInt(number.replaceAll(',', ''));
	if (plain === 0n) return 'zeroth';
	const said = words(toOrdinal(plain));
	return variety === 'us'
		? said
		: said.replace(
				/(hundred|thousand|million) (?!and)(?=\S+$|\S+ty \S+$)(?!thousand|million|hundred)/,
				'$1 and ',
			);
}

/** 3.14: "three point one four"; whole numbers as cardinals. */
export function decimal(number: string, variety: Variety): string {
	const [integer = '', fraction] = number.split('.');
	const before = integer === '' ? '' : cardinal(integer, variety);
	return fraction === undefined ? before : `${before} point ${digits(fraction)}`.trim();
}

const denominator = (number: string, variety: Variety) =>
	number === '2' ? 'half' : number === '4' ? 'quarter' : ordinal(number, variety);

/** 3/4: "three quarters"; 1/2: "one half"; 7/100: "seven hundredths". */
export function fraction(top: string, bottom: string, variety: Variety): string {
	const part = denominator(bottom, variety);
	const parts = part === 'half' ? 'halves' : plural(part);
	return `${cardinal(top, variety)} ${top === '1' ? part : parts}`;
}

/** 12, 05, 30 as the second half of a year or a time: "twelve", "oh five", "thirty". */
export function pair(number: string, variety: Variety): string {
	return number.startsWith('0') ? `oh ${digits(number.slice(1))}` : cardinal(number, variety);
}

/** 1984: "nineteen eighty four"; 1900: "nineteen hundred"; 2005: "two thousand five". */
export function year(number: string, variety: Variety): string {
	const [, century = '', rest = ''] = /^([1-9]\d)(\d\d)$/.exec(number) ?? [];
	if (century === '' || (century.endsWith('0') && rest < '10')) return cardinal(number, variety);
	return `${cardinal(century, variety)} ${rest === '00' ? 'hundred' : pair(rest, variety)}`;
}

/** 747, 404, 4090 as the name of a thing: "seven forty seven", "four oh four", "forty ninety"; others as they are counted. */
export function label(number: string, variety: Variety): string {
	const [, first = '', rest = ''] = /^([1-9]\d?)(\d\d)$/.exec(number) ?? [];
	if (first === '' || rest === '00')
		return number.length > 4
			? digits(number)
			: looksLikeYear(number)
				? year(number, variety)
				: cardinal(number, variety);
	return `${cardinal(first, variety)} ${pair(rest, variety)}`;
}

/** Whether a bare number of four digits is read as a year: from 1100 to 2099. */
export const looksLikeYear = (number: string) => /^(?:1[1-9]|20)\d\d$/.test(number);

/** 90: "nineties"; 1890: "eighteen nineties"; 2000: "two thousands". */
export function decade(number: string, variety: Variety): string {
	if (number === '00') return 'two thousands';
	return plural(number.length === 4 ? year(number, variety) : cardinal(number, variety));
}

/** The last word of a phrase in the plural: "nineties", "sixths", "hundreds". */
export function plural(phrase: string): string {
	if (phrase.endsWith('y')) return `${phrase.slice(0, -1)}ies`;
	return phrase.endsWith('x') ? `${phrase}es` : `${phrase}s`;
}

const signs: {readonly [sign: string]: string} = {
	'-': 'minus ',
	'−': 'minus ',
	'+': 'plus ',
	'±': 'plus or minus ',
};

/** The name of a sign before a number, with a space after it; empty where there is none. */
export const saySign = (sign: string) => signs[sign] ?? '';
