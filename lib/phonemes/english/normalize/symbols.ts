/** Signs that are said by a name. */

import {closedClass} from '../word-classes.js';
import type {Rule} from './rule.js';
import {perUnit} from './units.js';

// biome-ignore format: a table
const names: {readonly [sign: string]: string} = {
	'&': 'and', '@': 'at', '%': 'percent', '+': 'plus', '=': 'equals', '°': 'degrees', '§': 'section', '¶': 'paragraph', '×': 'times', '÷': 'divided by', '±': 'plus or minus',
	'≈': 'is approximately', '≠': 'is not equal to', '≤': 'is at most', '≥': 'is at least', '∞': 'infinity', '√': 'the square root of', '→': 'to', '$': 'dollar', '£': 'pound', '€': 'euro',
	'¥': 'yen', '¢': 'cent', '‰': 'per mille', 'µ': 'mu', '№': 'number', '½': 'half', '²': 'squared', '³': 'cubed',
	'∑': 'the sum of', '∏': 'the product of', '∫': 'the integral of', '∂': 'partial', '∇': 'nabla', '∈': 'in', '∉': 'not in', '∀': 'for all', '∃': 'there is', '∅': 'the empty set', '⊂': 'is a subset of', '⊆': 'is a subset of',
	'∪': 'union', '∩': 'intersection', '∝': 'is proportional to', '≡': 'is equivalent to', '≅': 'is congruent to', '⇒': 'implies', '⇔': 'if and only if', '←': 'from', '↔': 'to and from', '∠': 'angle', '⊥': 'is perpendicular to', '∥': 'is parallel to', '−': 'minus', '¬': 'not', '∧': 'and', '∨': 'or',
};

// biome-ignore format: a table
const greek: {readonly [letter: string]: string} = {
	α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', ε: 'epsilon', θ: 'theta', λ: 'lambda', μ: 'mu', π: 'pi', σ: 'sigma', φ: 'phi', ω: 'omega',
	Δ: 'delta', Σ: 'sigma', Ω: 'omega',
};
const signs = `[${Object.keys(names).join('')}]`;

const comparisons: {readonly [sign: string]: string} = {
	'<': 'is less than',
	'>': 'is greater than',
	'<=': 'is at most',
	'>=': 'is at least',
};

export const symbols: readonly Rule[] = [
	{pattern: /©(?=\s?(?:\d{4}|\p{Lu}\p{L}))/uy, say: () => 'copyright'},
	{
		// love you <3
		pattern: /<3(?=\s*(?:[.!?,]|$))/uy,
		say: (_, {behind}) => (/\p{L}{2,}[.!]*\s$/u.test(behind) ? 'heart' : undefined),
	},
	{pattern: /#(?=\d|\p{Lu}{1,3}-?\d)/uy, say: () => 'number'},
	{pattern: /#(?=\p{L})/uy, say: () => 'hashtag'},
	{pattern: /~(?=\s?[\d$£€])/uy, say: () => 'about'},
	{
		pattern: /(?<=\d\s?)[<>](?=\s?\d)/uy,
		say: ([sign]) => (sign === '<' ? 'is less than' : 'is greater than'),
	},
	{
		// 8½ × 11 in.
		pattern: /×(?=\s?\d[\d.]*\s?(?:in|inches|ft|feet|cm|mm|m|px)(?!\p{L}))/uy,
		say: () => 'by',
	},
	{
		// >=20.19
		pattern: /[<>]=(?=\s?\d)/uy,
		say: ([sign = ''], {behind}) =>
			/[\p{L}\p{N})]\s?$/u.test(behind) ? comparisons[sign] : comparisons[sign]?.replace('is ', ''),
	},
	{
		// p<.05, i<n
		pattern: /(?<=(?<!\p{L})\p{L})[<>](?=\s?\.?\d|\p{L}(?!\p{L}))/uy,
		say: ([sign = '']) => comparisons[sign],
	},
	{
		// File > Save As
		pattern: />(?=\s\p{Lu}\p{L})/uy,
		say: (_, {behind}) => (/\p{Lu}[\p{L} ]*\p{L}["”]?\s$/u.test(behind) ? ',' : undefined),
	},
	{
		// p was < 0.05
		pattern: /[<>]=?(?=\s?[\d.])/uy,
		say: ([sign = ''], {before}) =>
			closedClass.get(before.toLowerCase()) === 'BE' ? comparisons[sign]?.replace('is ', '') : undefined,
	},
	{
		pattern: /[<>]=?(?=\s?[\p{L}\d])/uy,
		say: ([sign], {behind}) =>
			/[\p{L}\p{N})]\s$/u.test(behind) && sign !== '' ? comparisons[sign] : undefined,
	},
	{pattern: /[<>](?=\s?[\d$£€])/uy, say: ([sign]) => (sign === '<' ? 'less than' : 'more than')},
	{pattern: /&&(?=\s)/uy, say: () => 'and'},
	{pattern: /(?<=\s)\|\|(?=\s)/uy, say: () => 'or'},
	{pattern: /[!=]==?(?=\s)/uy, say: ([sign]) => (sign.startsWith('!') ? 'is not equal to' : 'equals')},
	{
		// .NET, .env
		pattern: /\.(?=\p{L}{2,12}(?!\p{L}|\.))/uy,
		say: (_, {behind}) => (behind === '' || /[^.!?]\s$/u.test(behind) ? 'dot' : undefined),
	},
	{pattern: /(?<=[\d)xyz²³]\s)[-−](?=\s\d)/uy, say: () => 'minus'},
	{pattern: /(?<=[\d%)]\s?)[*](?=\s?\d)/uy, say: () => 'times'},
	{pattern: /(?<=\d\s)\/(?=\s\d)/uy, say: () => 'divided by'},
	{
		// days/week
		pattern:
			/(?<=\p{L})\/(week|wk|day|month|mo|year|yr|hour|hr|night|person|minute|min|second|sec)(?![\p{L}\p{N}/])/uy,
		say: ([, unit = '']) => perUnit(unit),
	},
	{pattern: /(?<=[\p{L}\p{N}])\/(?=[\p{L}\p{N}])/uy, say: () => 'slash'},
	{
		pattern: /(?<!\p{Script=Greek})\p{Script=Greek}(?!\p{Script=Greek})/uy,
		say: ([letter]) => greek[letter],
	},
	{
		// A run of the same sign is decoration, but C++ is not.
		pattern: new RegExp(`(${signs})(?!\\1\\1)`, 'uy'),
		say([, sign = ''], {before}) {
			const said = Object.hasOwn(names, sign) ? names[sign] : undefined;
			return before === '' ? said?.replace(/^is /, '') : said;
		},
	},
];
