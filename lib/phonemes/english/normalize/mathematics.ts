/** Powers, and numbers in formulas. */
import {cardinal, decimal, saySign} from './numbers.js';
import {decimals, end, pattern, type Rule, sign} from './rule.js';

/** Raised digits as plain ones. */
const lowered = (raised: string) => raised.normalize('NFKC');

export const mathematics: readonly Rule[] = [
	{
		// 3.5e-4
		pattern: pattern(`(${sign}?)(\\d{1,9}${decimals})[eE]([-+−]?)(\\d{1,3})`, end),
		say: ([, plusMinus = '', number = '', minus = '', power = ''], {variety}) =>
			`${saySign(plusMinus)}${decimal(number, variety)} times ten to the power of ${/[-−]/.test(minus) ? 'minus ' : ''}${cardinal(power, variety)}`,
	},
	{
		// 3x + 5
		pattern: /(\d{1,9})(?=[xyz]\s?[-+=−]\s?\d)|(?<=[=+*(]\s?)(\d{1,9})(?=[xyz](?![\p{L}\p{N}]))/uy,
		say: ([number], {variety}) => cardinal(number, variety),
	},
	{
		// 10^6, a^2
		pattern: pattern('\\^([-−]?)(\\d{1,4}|\\p{L})', end),
		say([, minus = '', power = ''], {behind, variety}) {
			if (!/[\p{L}\p{N})]$/u.test(behind)) return undefined;
			if (minus === '' && (power === '2' || power === '3')) return power === '2' ? 'squared' : 'cubed';
			return `to the power of ${minus === '' ? '' : 'minus '}${/\d/.test(power) ? cardinal(power, variety) : `${power.toUpperCase()}.`}`;
		},
	},
	{
		// 5! = 120
		pattern: /(?<=\d)!(?=\s[-+*/×=−]\s)/uy,
		say: () => 'factorial',
	},
	{
		// Ca²⁺, Cl⁻
		pattern: /(?<=\p{L})([⁰¹²³⁴-⁹]?)([⁺⁻])/uy,
		say: ([, number = '', charge]) =>
			`${number === '' ? '' : `${cardinal(lowered(number), 'us')} `}${charge === '⁺' ? 'plus' : 'minus'}`,
	},
	{
		// 10⁶, 10⁻⁵, x⁴
		pattern: /(?<=[\p{N})]|(?<!\p{L})\p{L})(⁻?)([⁰¹²³⁴-⁹]{1,4})/uy,
		say([, minus, power = ''], {variety}) {
			if (minus === '' && /^[²³]$/.test(power)) return power === '²' ? 'squared' : 'cubed';
			return `to the power of ${minus === '' ? '' : 'minus '}${cardinal(lowered(power), variety)}`;
		},
	},
	{
		// ¹⁴C
		pattern: /([⁰¹²³⁴-⁹]{1,3})(?=\p{Lu})/uy,
		say: ([number], {variety}) => cardinal(lowered(number), variety),
	},
	{
		// 2³, x²
		pattern: /(?<=[\p{L}\p{N})])[²³]/uy,
		say: ([power]) => (power === '²' ? 'squared' : 'cubed'),
	},
];
