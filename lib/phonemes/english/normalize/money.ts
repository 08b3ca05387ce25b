/** Amounts of money. */
import type {Variety} from '../variety.js';
import {cardinal, decimal, saySign} from './numbers.js';
import {decimals, pattern, type Rule, sayEach, sign, whole} from './rule.js';

interface Currency {
	readonly one: string;
	readonly many: string;
	readonly cent?: string;
	readonly cents?: string;
}

const currencies: {readonly [sign: string]: Currency} = {
	$: {one: 'dollar', many: 'dollars', cent: 'cent', cents: 'cents'},
	'£': {one: 'pound', many: 'pounds', cent: 'penny', cents: 'pence'},
	'€': {one: 'euro', many: 'euros', cent: 'cent', cents: 'cents'},
	'¥': {one: 'yen', many: 'yen'},
	'₹': {one: 'rupee', many: 'rupees'},
	'₽': {one: 'ruble', many: 'rubles'},
	'₩': {one: 'won', many: 'won'},
};
const magnitudes: {readonly [short: string]: string} = {
	k: 'thousand',
	m: 'million',
	bn: 'billion',
	b: 'billion',
	tn: 'trillion',
};

/** 3.50 in dollars: "three dollars and fifty cents". */
function amount(number: string, {one, many, cent, cents}: Currency, variety: Variety): string {
	const [integer = '', fraction = ''] = number.split('.');
	const units = `${cardinal(integer, variety)} ${integer === '1' ? one : many}`;
	if (fraction === '' || /^0+$/.test(fraction)) return units;
	if (fraction.length !== 2 || cents === undefined) return `${decimal(number, variety)} ${many}`;
	const small = `${cardinal(String(Number(fraction)), variety)} ${fraction === '01' ? cent : cents}`;
	return integer === '0' ? small : `${units} and ${small}`;
}

const signs = '[$£€¥₹₽₩]';

export const money: readonly Rule[] = [
	{
		// $3.5 million, £2bn, $10k
		pattern: pattern(
			`(${sign}?)(?:US|A|C|NZ)?(${signs})(${whole}${decimals})(?:(\\s)(thousand|million|billion|trillion)|([kKmM]|bn?|tn))(?![\\p{L}\\p{N}])`,
		),
		say(match, {variety}) {
			const [all, plusMinus = '', symbol = '', number = '', space, word = '', short = ''] = match;
			const many = currencies[symbol]?.many ?? '';
			const said = `${saySign(plusMinus)}${decimal(number, variety)}`;
			if (space === undefined) return `${said} ${magnitudes[short.toLowerCase()]} ${many}`;
			return sayEach(match, [
				[all.slice(0, all.indexOf(space)), said],
				[word, `${word} ${many}`],
			]);
		},
	},
	{
		// $3.50, -£5, US$20
		pattern: pattern(`(${sign}?)(?:US|A|C|NZ)?(${signs})(${whole}${decimals})(?!\\p{N})`),
		say([, plusMinus = '', symbol = '', number = ''], {variety}) {
			const currency = currencies[symbol];
			if (currency === undefined) return undefined;
			return `${saySign(plusMinus)}${amount(number, currency, variety)}`;
		},
	},
	{
		// 99¢, 50p, 100€
		pattern: pattern(`(${whole}${decimals})\\s?([¢€£]|p(?![\\p{L}\\p{N}]))`),
		say([, number = '', symbol = ''], {variety}) {
			const [one, many] = symbol === '¢' ? ['cent', 'cents'] : symbol === 'p' ? ['penny', 'pence'] : [];
			const currency = currencies[symbol];
			if (currency !== undefined) return amount(number, currency, variety);
			return `${decimal(number, variety)} ${number === '1' ? one : many}`;
		},
	},
];
