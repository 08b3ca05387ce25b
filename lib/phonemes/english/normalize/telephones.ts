/** Telephone numbers and the like: digit by digit, with a pause between groups. */
import type {Variety} from '../variety.js';
import {digits} from './numbers.js';
import {end, pattern, type Rule} from './rule.js';

/** Digits as one says them to somebody: a British zero is "oh". */
function dialled(number: string, variety: Variety): string {
	return variety === 'us' ? digits(number) : digits(number).replaceAll('zero', 'oh');
}

const calls = /^(?:call(?:ed|ing|s)?|dial(?:ed|ing|s)?|text(?:ed|ing)?)$/iu;
const codes =
	/(?:(?:zip|postal|area|pass|access|pin|dialing|security|verification|country|postcode|confirmation)\s?codes?|PIN|postcode|zip|OTP|passcode|extension|ext\.)(?:,? (?:is|was|are|of)|:)? (?:now )?$|(?:card|account|number|SSN|phone)\p{L}* (?:that )?end(?:s|ing) (?:in|with) $/iu;

export const telephones: readonly Rule[] = [
	{
		// +44 20 7946 0958
		pattern: pattern('\\+\\d{1,3}(?:[ -]\\(?\\d{1,4}\\)?){2,5}', end),
		say: ([number], {variety}) =>
			`plus ${(number.match(/\d+/g) ?? []).map(group => dialled(group, variety)).join(', ')}`,
	},
	{
		// +1 (555) 123-4567, 555-123-4567, 555-0142
		pattern: pattern(
			'(?:\\+(\\d{1,3})[ -]?)?(?:\\((\\d{3})\\)[ -]?|(\\d{3})[-. ])?(\\d{3})[-.](\\d{4})(?![-.]?\\d)',
			end,
		),
		say: ([, country, bracketed, area, exchange = '', line = '']) =>
			[
				country === undefined ? '' : `plus ${digits(country)}`,
				digits(bracketed ?? area ?? ''),
				digits(exchange),
				digits(line),
			]
				.filter(Boolean)
				.join(', '),
	},
	{
		// 1-800-555-0142, 978-3-16-148410-0
		pattern: pattern('\\d{1,12}(?:-\\d{1,12}){2,8}', end),
		say: ([number]) => number.split('-').map(digits).join(', '),
	},
	{
		// 020 7946 0958, 07700 900123
		pattern: pattern('0\\d{2,4}(?: \\d{3,6}){1,2}', end),
		say: ([number], {variety}) =>
			number
				.split(' ')
				.map(group => dialled(group, variety))
				.join(', '),
	},
	{
		// 90210-1234
		pattern: pattern('\\d{5}-\\d{4}', end),
		say: ([number]) => number.split('-').map(digits).join(', '),
	},
	{
		// 1-800-FLOWERS
		pattern: pattern('(?:1-)?(\\d{3})-(\\p{Lu}{4,8})', end),
		say: ([all, area = '', word = '']) => `${all.startsWith('1-') ? 'one, ' : ''}${digits(area)}, ${word}`,
	},
	{
		// Call 911; the emergency number is one wherever it stands.
		pattern: pattern('\\d{3}', end, '(?![-.,:/%]\\d|-?\\p{L})'),
		say: ([number], {before, behind, after}) =>
			calls.test(before) ||
			(number === '911' && !/Porsche $/u.test(behind) && !/^ \p{Ll}+s(?!\p{L})/u.test(after))
				? digits(number)
				: undefined,
	},
	{
		// The ZIP code is 90210, my PIN is 0420, a card that ends in 6789
		pattern: pattern('\\d{3,8}', end, '(?![-.,:/%]\\d|-?\\p{L})'),
		say: ([number], {behind}) => (codes.test(behind) ? digits(number) : undefined),
	},
];
