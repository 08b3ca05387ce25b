/** Streets, towns and states as addresses shorten them. */
import {digits} from './numbers.js';
import {type Rule, sayEach} from './rule.js';
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

export const streets: readonly Rule[] = [
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
		// Washington, D.C. 20500
		pattern: /D\.C\.\s(\d{5})(?![\p{L}\p{N}])/uy,
		say: match =>
			sayEach(match, [
				['D.C.', 'D.C.'],
				[match[1] ?? '', digits(match[1] ?? '')],
			]),
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
];
