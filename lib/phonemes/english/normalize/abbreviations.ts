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
import {digits} from './numbers.js';
import {pattern, type Rule, sayEach} from './rule.js';
import {states} from './states.js';

const ways =
	'(?:St|Ave|Blvd|Rd|Dr|Ln|Ct|Pl|Way|Street|Avenue|Boulevard|Road|Drive|Lane|Court|Place|Parkway|Pkwy)';
const directions: {readonly [short: string]: string} = {
	N: 'north',
	S: 'south',
	E: 'east',
	W: 'west',
	NE: 'northeast',
	NW: 'northwest',
	SE: 'southeast',
	SW: 'southwest',
};
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
		// 5 Elm Dr.
		pattern: /Dr\.(?!\s\p{Lu}\p{Ll}+\s\p{Lu})/uy,
		say(_, {before, behind, after}) {
			// A doctor has a name behind the title: "on King Dr. near the lake".
			const nameless = /^\p{Lu}\p{Ll}/u.test(before) && /^(?:,|\s\p{Ll})/u.test(after);
			return nameless || /\d\s(?:\p{Lu}\p{L}+\s){1,3}$/u.test(behind) ? 'drive' : undefined;
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
		// St. James's, Baker St.
		pattern: /St(?:\.|(?=\s\p{Lu}\p{Ll}))/uy,
		say: (_, {before, after}) =>
			/^\p{Lu}|\d(?:st|nd|rd|th)$/u.test(before) && !/^\s\p{Lu}\p{L}/u.test(after) ? 'street' : 'saint',
	},
	{
		// Mt Vernon, Ft Worth
		pattern: /(Mt|Ft)(?=\s\p{Lu}\p{Ll})/uy,
		say: ([, short]) => (short === 'Mt' ? 'mount' : 'fort'),
	},
	{
		// N. Main St., 12 W. 4th St.
		pattern: new RegExp(
			`([NSEW]{1,2})\\.?(?=\\s(?:\\p{Lu}\\p{Ll}+|\\d+(?:st|nd|rd|th))\\s${ways}(?!\\p{L}))`,
			'uy',
		),
		say: ([, short = '']) => (Object.hasOwn(directions, short) ? directions[short] : undefined),
	},
	{
		// Pennsylvania Ave. NW
		pattern: /([NS][EW])(?![\p{L}\p{N}])/uy,
		say: ([, short = ''], {before}) =>
			new RegExp(`^${ways}\\.?$`, 'u').test(before) ? directions[short] : undefined,
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
		// Washington, D.C. 20500
		pattern: /D\.C\.\s(\d{5})(?![\p{L}\p{N}])/uy,
		say: match =>
			sayEach(match, [
				['D.C.', 'D.C.'],
				[match[1] ?? '', digits(match[1] ?? '')],
			]),
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
	{
		// Springfield, IL 62704
		pattern: /(\p{Lu}{2})(?:(\s)(\d{5})(?:-(\d{4}))?)?(?![\p{L}\p{N}])/uy,
		say(match, {behind}) {
			const [, code = '', space, zip = '', more] = match;
			const state = Object.hasOwn(states, code) ? states[code] : undefined;
			if (state === undefined || !/\p{Lu}\p{Ll}+,\s$/u.test(behind)) return undefined;
			if (space === undefined) return state;
			return sayEach(match, [
				[code, state],
				[match[0].slice(3), digits(zip) + (more === undefined ? '' : `, ${digits(more)}`)],
			]);
		},
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
