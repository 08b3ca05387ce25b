/** Numbers with abbreviated units: 5km/h, 20°C, 6 ft. 2 in. */

import {closedClass} from '../word-classes.js';
import {qualifies} from './attributive.js';
import {decimal, fraction, saySign, vulgar} from './numbers.js';
import {decimals, end, pattern, type Rule, sayEach, sign, whole} from './rule.js';
import {ambiguous, atEnds, byAbbreviation, hyphened, rates, written} from './units.js';

const areas: {readonly [power: string]: string} = {
	'²': 'square ',
	'2': 'square ',
	'³': 'cubic ',
	'3': 'cubic ',
};
const powers: {readonly [power: string]: string} = {'²': ' squared', '³': ' cubed'};

/** "5 kilometers per hour" of 5, km, ², h. */
function unit(number: string, name: string, power: string, per: string | undefined): string {
	const top = byAbbreviation.get(name);
	if (top === undefined) return name;
	const below = per === undefined ? '' : ` per ${byAbbreviation.get(per)?.one ?? per}`;
	return `${areas[power] ?? ''}${number === '1' ? top.one : top.many}${below}`;
}

/** Whether something of a size is named behind it: `2" cubes`, but `2" wide`. */
function wares(after: string): boolean {
	const next = /^\s(\p{L}+)/u.exec(after)?.[1]?.toLowerCase();
	return (
		next !== undefined &&
		!closedClass.has(next) &&
		!/^(?:tall|long|wide|high|deep|thick|apart|away|x|costs|weighs|measures|comes|fits|runs|sells|starts)$/.test(
			next,
		)
	);
}

/** Whether a quotation is open: a mark right behind a number opens none. */
function quoting(text: string): boolean {
	let open = false;
	for (const {index} of text.matchAll(/["“”]/gu)) open = !open && !/\d/.test(text.charAt(index - 1));
	return open;
}

const ways: {readonly [letter: string]: string} = {N: 'north', S: 'south', E: 'east', W: 'west'};

/** For what begins with a letter. */
export const rateRules: readonly Rule[] = [
	{
		// 3×10^8 m/s, speed in km/h
		pattern: rates,
		say([rate]) {
			const [top = '', below = ''] = rate.split('/');
			const name = below.replace(/[²³]$/u, '');
			return `${byAbbreviation.get(top)?.many ?? top} per ${areas[below.at(-1) ?? ''] ?? ''}${byAbbreviation.get(name)?.one ?? name}`;
		},
	},
];

export const measures: readonly Rule[] = [
	{
		// 12' x 15', 8" × 10"
		pattern: pattern(`(\\d{1,4}${decimals})(['’′]|["”″])\\s?[x×]\\s?(\\d{1,4}${decimals})\\2`),
		say([, width = '', mark = '', height = ''], {variety}) {
			const many = /['’′]/u.test(mark) ? 'feet' : 'inches';
			return `${decimal(width, variety)} ${many} by ${decimal(height, variety)} ${many}`;
		},
	},
	{
		// 3/4 tsp, 1/2 in., ½ lb; after a whole number too
		pattern: pattern(
			`(?:(\\d{1,2})/(\\d{1,3})|([${Object.keys(vulgar).join('')}]))\\s?(${written})\\.?(?![\\p{L}\\p{N}/])`,
		),
		say([, top, bottom = '', sign = '', name = ''], {before, variety}) {
			const mixed = /^\d+$/.test(before);
			const part = top === undefined ? (vulgar[sign] ?? '') : fraction(top, bottom, variety);
			const known = byAbbreviation.get(name);
			if (known === undefined || (ambiguous.has(name) && name !== 'in')) return undefined;
			return mixed ? `and ${part} ${known.many}` : `${part} ${known.one}`;
		},
	},
	{
		// 1,200/km²
		pattern: pattern(`(${whole}${decimals})/(${written})([²³]?)(?![\\p{L}\\p{N}/])`),
		say([, number = '', name = '', power = ''], {variety}) {
			return `${decimal(number, variety)} per ${areas[power] ?? ''}${byAbbreviation.get(name)?.one}`;
		},
	},
	{
		// 6'2"
		pattern: /(\d{1,2})['’′]\s?(\d{1,2})["”″]/uy,
		say: ([, feet = '', inches = ''], {variety}) =>
			`${decimal(feet, variety)} foot ${decimal(inches, variety)}`,
	},
	{
		// a 16" screen, 6' tall; not the end of a quotation
		pattern: pattern(
			`(?:(\\d{1,3})/(\\d{1,3})|(\\d{1,4}${decimals}))(?:(["”″])|['’′](?=\\s(?:tall|long|wide|high|deep)))(?![\\p{L}\\p{N}])`,
		),
		say([, top, bottom = '', number = '', inches], {variety, before, behind, after}) {
			if (inches !== undefined && quoting(behind)) return undefined;
			const one =
				top !== undefined ||
				number === '1' ||
				qualifies(before, after) ||
				(inches !== undefined && wares(after));
			const unit = inches === undefined ? (one ? 'foot' : 'feet') : one ? 'inch' : 'inches';
			return `${top === undefined ? decimal(number, variety) : fraction(top, bottom, variety)} ${unit}`;
		},
	},
	{
		// 40.7° N
		pattern: pattern(`(${sign}?)(\\d{1,3}${decimals})°\\s?([NSEW])`, end),
		say: ([, plusMinus = '', number = '', way = ''], {variety}) =>
			`${saySign(plusMinus)}${decimal(number, variety)} ${number === '1' ? 'degree' : 'degrees'} ${ways[way]}`,
	},
	{
		pattern: pattern(
			`(${sign}?)(${whole}${decimals})(?:([-–])(${whole}${decimals}))?([\\s-]?)(${written})([²³]?|(?<=[mt])[23])(?:/(${written}|s)([²³]?))?(?![\\p{L}\\p{N}]|(?<!°[CF])/)(\\.(?=\\s[\\p{Ll}\\d(]|[,;:)]))?`,
		),
		say(match, {variety, before, behind, after}) {
			const [
				all,
				plusMinus = '',
				number = '',
				dash,
				to = '',
				space,
				name = '',
				power = '',
				per,
				perPower = '',
				period,
			] = match;
			// The decade: "the 90s".
			if (name === 's' && !number.includes('.') && /0$/.test(number) && space === '') return undefined;
			if (name === 'st' && (space !== ' ' || !/^,? \d/u.test(after))) return undefined;
			// 12 W. 4th St.
			if (/^[NW]$/.test(name) && period !== undefined && /^ \d+(?:st|nd|rd|th)\s/u.test(after))
				return undefined;
			const apart = space !== '' && !name.startsWith('°');
			const afterFeet = name === 'in' && /(?:ft|feet|foot)\.?,?\s?$/iu.test(behind);
			const ends =
				(space === '-' && hyphened.has(name)) ||
				(atEnds.has(name) && /^(?:[,;:)]|\.?\s*$)/u.test(after) && (name !== 's' || number.includes('.'))) ||
				name === 'st';
			if (
				apart &&
				ambiguous.has(name) &&
				!ends &&
				!afterFeet &&
				period === undefined &&
				per === undefined &&
				power === ''
			)
				return undefined;
			// 3h 12m
			const minutes = name === 'm' && /\dh(?:rs?)?,?\s$/u.test(behind);
			const range = dash === undefined ? '' : ` to ${decimal(to, variety)}`;
			const amount = `${saySign(plusMinus)}${decimal(number, variety)}${range}`;
			const singular = per === undefined && (space === '-' || qualifies(before, after));
			const said =
				unit(singular ? '1' : dash === undefined ? number : to, minutes ? 'min' : name, power, per) +
				(powers[perPower] ?? '');
			const at = plusMinus.length + number.length + (dash?.length ?? 0) + to.length;
			if (!/\s/u.test(space ?? '')) return `${amount} ${said}`;
			return sayEach(match, [
				[all.slice(0, at), amount],
				[all.slice(at + 1), said],
			]);
		},
	},
];
