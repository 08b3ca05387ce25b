/** Roman numerals: after a word that counts ("Chapter IV": four) or the name of a king ("Henry VIII": the eighth). */
import {beforeNumbers} from './abbreviation-tables.js';
import {cardinal, ordinal} from './numbers.js';
import type {Context, Rule} from './rule.js';

const counting = new Set(
	'chapter part act scene volume vol book section article title appendix phase type class level grade stage step figure table page canto war bowl grand mark series episode season round group category division corps unit lesson'.split(
		' ',
	),
);
const kings = new Set(
	'henry louis george edward richard james charles william elizabeth mary john paul pius benedict gregory leo clement innocent urban alexander nicholas peter ivan catherine frederick wilhelm otto napoleon philip ferdinand alfonso felipe carlos juan francis franz joseph leopold christian gustav charlemagne robert malcolm david stephen victoria anne constantine justinian theodosius ptolemy ramses rameses darius xerxes cyrus artaxerxes thutmose cleopatra harald haakon olav magnus albert rainier sixtus boniface celestine honorius eugene adrian julius martin nero'.split(
		' ',
	),
);

const continued =
	/(?:chapter|part|act|volume|book|section|article|table|figure|type|phase|world war)s? [IVXLC]+(?:, [IVXLC]+)*,? (?:and|or|to|through|&) $/iu;

/** "Queen Elizabeth I ruled": with a title even a lone I counts. */
const titles =
	/(?:King|Queen|Pope|Emperor|Empress|Tsar|Czar|Prince|Sultan|Kaiser|Shah|Duke)\s\p{Lu}\p{L}+\s$/u;

const values: {readonly [letter: string]: number} = {I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000};
const wellFormed = /^M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/;

/** The number, or undefined where the letters are not a numeral. */
function value(numeral: string): number | undefined {
	if (!wellFormed.test(numeral)) return undefined;
	const parts = Array.from(numeral, letter => values[letter] ?? 0);
	return parts.reduce((sum, part, index) => sum + (part < (parts[index + 1] ?? 0) ? -part : part), 0);
}

export const roman: readonly Rule[] = [
	{
		// pages i–xii
		pattern: /([ivxlc]{1,8})[-–]([ivxlc]{1,8})(?![\p{L}\p{N}'’])/uy,
		say([, from = '', to = ''], {before, variety}) {
			const numbers = [from, to].map(numeral => value(numeral.toUpperCase()));
			if (!/^(?:pages?|pp?\.?|chapters?|stanzas?|verses?)$/iu.test(before) || numbers.includes(undefined))
				return undefined;
			return numbers.map(number => cardinal(String(number), variety)).join(' to ');
		},
	},
	{
		pattern: /([IVXLCDM]{1,12}|[ivxlc]{2,8})(['’]s(?!\p{L})|(?![\p{L}\p{N}'’]))/uy,
		say([, numeral = '', owner], {before, behind, after, variety}) {
			const said = sayNumeral(numeral, {before, behind, after, variety});
			return said === undefined ? undefined : `${said}${owner === '' ? '' : "'s"}`;
		},
	},
];

function sayNumeral(numeral: string, {before, behind, after, variety}: Context): string | undefined {
	const number = value(numeral.toUpperCase());
	if (number === undefined) return undefined;
	const previous = before.toLowerCase().replace(/\.$/, '');
	// A lone I is mostly the pronoun: "the part I liked", "Then Henry I think left".
	const alone = numeral === 'I' && !/^\s*(?:[.,;:!?)\]"”—–-]|$|of\b|was\b|is\b)/u.test(after);
	const counts = Object.hasOwn(beforeNumbers, previous) ? beforeNumbers[previous] : previous;
	const counted = counting.has(counts?.replace(/s$/, '') ?? '') || counting.has(previous);
	if (counted) return alone && !/^\p{Lu}/u.test(before) ? undefined : cardinal(String(number), variety);
	// (iv), "part ii and part iii": of small letters these are no words
	if (numeral === numeral.toLowerCase()) {
		const listed = behind.endsWith('(') && after.startsWith(')');
		return listed || /^(?:ii|x{0,2}iii|x?vii|x?viii|xii)$/.test(numeral)
			? cardinal(String(number), variety)
			: undefined;
	}
	if (numeral.length > 1 && continued.test(behind)) return cardinal(String(number), variety);
	if (previous === 'malcolm' && numeral === 'X') return undefined;
	const isName = /^\p{Lu}\p{Ll}/u.test(before);
	const titled = titles.test(behind);
	if ((kings.has(previous) || titled) && isName)
		return alone && !titled ? undefined : `the ${ordinal(String(number), variety)}`;
	// Of the letters that make up longer numerals some are initials.
	if (numeral.length < 2 || !/^[IVX]+$/.test(numeral) || numeral === 'XX' || numeral === 'XXX')
		return undefined;
	// the XXIV Olympic Games, the XIX century
	if (
		previous === 'the' &&
		(numeral.length > 3 || /^ (?:Olympi|Winter|Summer|century|dynasty|Corps)/iu.test(after))
	)
		return ordinal(String(number), variety);
	// Rocky IV, Apollo XIII
	return isName && previous !== 'the' ? cardinal(String(number), variety) : undefined;
}
