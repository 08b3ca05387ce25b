/** Titles, abbreviations, initials. */

import {closedClass} from '../word-classes.js';
import {
	abbreviations,
	afterDay,
	beforeNames,
	beforeNumbers,
	inSentences,
	scripture,
	withoutPeriod,
} from './abbreviation-tables.js';
import {pattern, type Rule} from './rule.js';
import {states} from './states.js';

const name = /^\s+(?:\p{Lu}|$)|^\s*$/u;
/** As a phrase has letters that are spelled. */
const spellOut = (letters: string) => `${Array.from(letters.toUpperCase()).join('.')}.`;

export const abbreviationRules: readonly Rule[] = [
	{
		// M.D.s, the P.M.'s
		pattern: /((?:\p{Lu}\.){2,6}|Ph\.D\.)(['’]?s)(?!\p{L})/uy,
		say: ([, letters = '', ending]) => letters.replaceAll('.', '').toUpperCase() + ending?.replace('’', "'"),
	},
	{
		// 1 Cor. 13:4
		pattern: /(?:([123])\s)?(\p{Lu}\p{Ll}{1,5})\.?(?=\s\d{1,3}:\d)/uy,
		say([, number, short = '']) {
			const book = Object.hasOwn(scripture, short) ? scripture[short] : undefined;
			return (
				book && `${number === undefined ? '' : `${['first', 'second', 'third'][Number(number) - 1]} `}${book}`
			);
		},
	},
	{
		// e.g., i.e., U.S., p.m., Ph.D.
		pattern:
			/(?:\p{L}\.){2,10}(?!\p{L})|(?:\p{L}\.){1,9}\p{L}(?![\p{L}.'’])|Ph\.\s?D\.?(?!\p{L})|[BM]\.?(?:Sc|Ed|Phil)\.(?!\p{L})/uy,
		say([all]) {
			const letters = all.replace(/[^\p{L}]/gu, '');
			return letters.length < 2 ? undefined : spellOut(letters);
		},
	},
	{
		// non-U.S.
		pattern: /(\p{L}{2,12})-((?:\p{Lu}\.){2,6})/uy,
		say: ([, prefix, letters = '']) => `${prefix} ${spellOut(letters.replaceAll('.', ''))}`,
	},
	{
		// (R-AZ)
		pattern: /([RDI])-(\p{Lu}{2})(?=\))/uy,
		say([, party, code = ''], {behind}) {
			const state = behind.endsWith('(') && Object.hasOwn(states, code) ? states[code] : undefined;
			return state === undefined ? undefined : `${party}. ${state}`;
		},
	},
	{
		// N° 5
		pattern: /N[º°]\s?(?=\d)/uy,
		say: () => 'number',
	},
	{
		// No. 5, p. 12, figs. 3 and 4
		pattern:
			/(\p{L}{1,4})\.\s?(?=\(?\d|(?:[IVXLC]{2,}|[VXLC]|I(?=,|\s§)|[ivxlc]{2,7}|[vx])(?![\p{L}\p{N}'’]))/uy,
		say([all, short = '']) {
			const key = short.toLowerCase();
			const said = Object.hasOwn(beforeNumbers, key) ? beforeNumbers[key] : undefined;
			return said === undefined ? undefined : [[0, all.trimEnd().length, said]];
		},
	},
	{
		pattern: pattern('(\\p{L}{2,6})(\\.?)(?![\\p{L}\\p{N}])'),
		say([all, short = '', period], {before, after}) {
			const key = `${short.toLowerCase()}.`;
			if (!Object.hasOwn(abbreviations, key) || (period === '' && !withoutPeriod.has(key.slice(0, -1))))
				return undefined;
			if (short === short.toUpperCase()) return undefined;
			if (inSentences.has(key) && !/^\s[\p{Ll}\d]/u.test(after)) return undefined;
			if (key === 'est.' && /^\s\d/u.test(after)) return 'established';
			const titled = /^(?:Lt|Maj|Brig|Asst|Col|Rear|Vice|Adm)\.?$/u.test(before);
			if (beforeNames.has(key) && !titled && !(/^\p{Lu}/u.test(all) && name.test(after))) return undefined;
			if (key === 'rt.' && !/^\sHon/u.test(after)) return undefined;
			if (key === 'ret.' && !/^[),]/u.test(after)) return undefined;
			if (key === 'rev.' && /^\p{Ll}/u.test(all)) return 'revision';
			if (afterDay.has(key) && !/\d(?:st|nd|rd|th)$/u.test(before)) return undefined;
			return abbreviations[key];
		},
	},
	{
		// J. R. R. Tolkien; "It was I. He left" stays as it is
		pattern: /(\p{Lu})\.(?=\s?\p{Lu}(?:\.|\p{Ll}))/uy,
		say: ([, letter = ''], {before, after}) =>
			letter === 'I' && !/^\s?\p{Lu}\./u.test(after) && !/^\p{Lu}\.?$/u.test(before)
				? undefined
				: `${letter}.`,
	},
	{
		// Roe v. Wade
		pattern: /v\.?(?=\s\p{Lu})/uy,
		say: (_, {before}) => (/^\p{Lu}/u.test(before) ? 'versus' : undefined),
	},
	{
		// AT&T, R&D, M&Ms
		pattern: /(\p{Lu}{1,3})&(\p{Lu}{1,3})(s?)(?![\p{L}\p{N}])/uy,
		say: ([, first = '', second = '', many = '']) =>
			`${spellOut(first)} and ${many === '' ? spellOut(second) : `${second}s`}`,
	},
	{
		// C++, C#, F#
		pattern: /(\p{Lu})(\+\+|#)/uy,
		say: ([, letter = '', sign]) => `${letter}. ${sign === '#' ? 'sharp' : 'plus plus'}`,
	},
	{
		// WWII, WW2
		pattern: /WW(I{1,3}|[123])(?![\p{L}\p{N}])/uy,
		say: ([, number = '']) =>
			`World War ${['one', 'two', 'three'][/\d/.test(number) ? Number(number) - 1 : number.length - 1]}`,
	},
	{
		// a B- grade, an A-: not "A- and B-side"
		pattern: /([A-F])[-−](?=[\s.,;:!?)"”]|$)(?! (?:and|or|to) )/uy,
		say: ([, letter = '']) => `${letter}. minus`,
	},
	{
		// GMT-5
		pattern: /(GMT|UTC)[-−](?=\d)/uy,
		say: ([, zone = '']) => `${spellOut(zone)} minus`,
	},
	{
		// E. coli, T. rex
		pattern: /([A-HJ-Z])\.(?=\s(\p{Ll}{3,}))/uy,
		say: ([, letter, next = ''], {before}) =>
			closedClass.has(next) || !(before === '' || closedClass.has(before.toLowerCase()))
				? undefined
				: `${letter}.`,
	},
	{pattern: /TL;?DR(?!\p{L})/uy, say: () => 'T.L.D.R.'},
	{
		// YoY
		pattern: /([YQM])o\1(?!\p{L})/uy,
		say([, letter]) {
			const span = letter === 'Y' ? 'year' : letter === 'Q' ? 'quarter' : 'month';
			return `${span} over ${span}`;
		},
	},
	{
		// the 18th c.
		pattern: /c\./uy,
		say: (_, {before}) => (/^\d{1,2}(?:st|nd|rd|th)$/u.test(before) ? 'century' : undefined),
	},
	{
		// a 5 y/o boy
		pattern: /y\/o(?!\p{L})/uy,
		say: () => 'year old',
	},
	{pattern: /['’‘]n['’](?=\s)/uy, say: () => "'n'"},
	{pattern: /and\/or(?!\p{L})/uy, say: () => 'and or'},
	{
		pattern: /(he|she|him|her|his)\/(he|she|him|her|hers|his)(?![\p{L}/])/iuy,
		say: ([, first, second]) => `${first} or ${second}`,
	},
	{pattern: /b\/c(?!\p{L})/uy, say: () => 'because'},
	{pattern: /[wW]\/o(?!\p{L})/uy, say: () => 'without'},
	{pattern: /[wW]\/(?=\s)/uy, say: () => 'with'},
	{pattern: /[nN]\/[aA](?!\p{L})/uy, say: () => 'N.A.'},
	{pattern: /[cC]\/o(?!\p{L})/uy, say: () => 'care of'},
];
