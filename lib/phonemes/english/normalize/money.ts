/** Amounts of money. */
import type {Variety} from '../variety.js';
import {qualifies} from './attributive.js';
import {cardinal, decimal, magnitudes, saySign} from './numbers.js';
import {decimals, pattern, type Rule, sayEach, sign, whole} from './rule.js';
import {perUnit} from './units.js';

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
	'₪': {one: 'shekel', many: 'shekels'},
	'₺': {one: 'lira', many: 'lira'},
	'₫': {one: 'dong', many: 'dong'},
	'฿': {one: 'baht', many: 'baht'},
};
/** By their codes in ISO 4217. */
const codes: {readonly [code: string]: Currency} = {
	USD: {one: 'U.S. dollar', many: 'U.S. dollars', cent: 'cent', cents: 'cents'},
	EUR: {one: 'euro', many: 'euros', cent: 'cent', cents: 'cents'},
	GBP: {one: 'pound', many: 'pounds', cent: 'penny', cents: 'pence'},
	JPY: {one: 'yen', many: 'yen'},
	CHF: {one: 'Swiss franc', many: 'Swiss francs'},
	CAD: {one: 'Canadian dollar', many: 'Canadian dollars', cent: 'cent', cents: 'cents'},
	AUD: {one: 'Australian dollar', many: 'Australian dollars', cent: 'cent', cents: 'cents'},
	INR: {one: 'rupee', many: 'rupees'},
};

/** 3.50 in dollars: "three dollars and fifty cents". */
function amount(number: string, currency: Currency | undefined, variety: Variety): string {
	const {one, many, cent, cents} = currency ?? {one: '', many: '', cent: undefined, cents: undefined};
	const [integer = '', fraction = ''] = number.replace(/,(?=\d\d$)/, '.').split('.');
	const units = `${cardinal(integer, variety)} ${integer === '1' ? one : many}`;
	if (fraction === '' || /^0+$/.test(fraction)) return units;
	if (fraction.length !== 2 || cents === undefined) return `${decimal(number, variety)} ${many}`;
	const small = `${cardinal(String(Number(fraction)), variety)} ${fraction === '01' ? cent : cents}`;
	return integer === '0' ? small : `${units} and ${small}`;
}

const signs = '[$£€¥₹₽₩₪₺₫฿]';
/** Whose dollars. */
const countries: {readonly [code: string]: string} = {
	US: 'U.S.',
	A: 'Australian',
	AU: 'Australian',
	C: 'Canadian',
	CA: 'Canadian',
	NZ: 'New Zealand',
	HK: 'Hong Kong',
	S: 'Singapore',
};
const country = `(${Object.keys(countries)
	.sort((a, b) => b.length - a.length)
	.join('|')})?`;
/** A comma before two digits is a decimal point, as on the Continent. */
const sum = `(?:${whole}(?:,\\d{2}(?![\\d,]))?${decimals})`;
const amountRange = `(${sum})(?:[-–]${signs}?(${sum}))?`;
const magnitude = '(?:(\\s|-)(thousand|million|billion|trillion)|([kKMmBT]|\\s?(?:[bt]n|BN|mn)))?';
/** What money is counted by: $15/hr. */
const per = `(?:/(hr|hour|h|day|wk|week|mo|month|yr|year|night|person|user|seat|lb|kg|oz|gal|gallon|mile|mi|km|sq\\s?ft|unit|item|each|ea|kWh|MWh|GB|TB|MB|min|minute|word|share|barrel|bbl|ton|tonne|m²|ft²))?`;
export const money: readonly Rule[] = [
	{
		// 2/$5
		pattern: pattern('(\\d{1,3})/(?=[$£€]\\d)'),
		say: ([, number = ''], {variety}) => `${cardinal(number, variety)} for`,
	},
	{
		// $3.50, -£5, US$20, $3.5 million, £2bn, $10k, $5-10, $15/hr
		pattern: pattern(
			`(${sign}?)${country}(${signs})${amountRange}${magnitude}${per}(?![\\p{L}\\p{N}])(?:(?<=/mo|/yr|/hr|/wk)\\.(?=\\s\\p{Ll}))?`,
		),
		say(match, {variety, before, after}) {
			const [all, plusMinus = '', code, symbol = '', number = '', to, space, word, short = '', by] = match;
			const currency = currencyOf(symbol, code, qualifies(before, after));
			const each = by === undefined ? '' : ` ${perUnit(by)}`;
			const [minus, scale] = [saySign(plusMinus), word ?? magnitudes[short.trim().toLowerCase()]];
			if (scale === undefined && to === undefined) return minus + amount(number, currency, variety) + each;
			if (scale === undefined && to !== undefined && /\.\d\d(?: |$)/.test(`${number} ${to}`))
				return `${minus}${amount(number, currency, variety)} to ${amount(to, currency, variety)}${each}`;
			const numbers =
				to === undefined
					? decimal(number, variety)
					: `${decimal(number, variety)} to ${decimal(to, variety)}`;
			const unit = number === '1' && to === undefined && scale === undefined ? currency.one : currency.many;
			if (word === undefined || space === '-')
				return `${minus}${numbers} ${scale === undefined ? '' : `${scale} `}${unit}${each}`;
			return sayEach(match, [
				[
					all.slice(0, all.indexOf(` ${word}`) >= 0 ? all.indexOf(` ${word}`) : all.length - word.length - 1),
					minus + numbers,
				],
				[all.slice(all.lastIndexOf(word)), `${word} ${unit}${each}`],
			]);
		},
	},
	{
		// USD 500, Rs. 500
		pattern: pattern(`(${Object.keys(codes).join('|')}|Rs)\\.?\\s?(${sum})(?![\\p{L}\\p{N}])`),
		say: ([, code = '', number = ''], {variety}) =>
			amount(number, code === 'Rs' ? codes['INR'] : codes[code], variety),
	},
	{
		// 500 USD
		pattern: pattern(`(${sum})(\\s?)(${Object.keys(codes).join('|')})(?![\\p{L}\\p{N}])`),
		say: ([, number = '', , code = ''], {variety}) => amount(number, codes[code], variety),
	},
	{
		// 99¢, 50p, 100€, 1080p of a picture
		pattern: pattern(`(${sum})\\s?(?:([¢€£])(?:${per}(?![\\p{L}\\p{N}])|(?!/))|(p)(?![\\p{L}\\p{N}]))`),
		say([all, number = '', sign, by, penny], {variety}) {
			const symbol = sign ?? penny ?? '';
			const each = by === undefined ? '' : ` ${perUnit(by)}`;
			if (symbol === 'p' && (Number(number) > 99 || / p$/u.test(all))) return undefined;
			const [one, many] = symbol === '¢' ? ['cent', 'cents'] : symbol === 'p' ? ['penny', 'pence'] : [];
			const currency = currencies[symbol];
			if (currency !== undefined) return amount(number, currency, variety) + each;
			return `${decimal(number, variety)} ${number === '1' ? one : many}${each}`;
		},
	},
];

function currencyOf(symbol: string, code: string | undefined, singular: boolean): Currency {
	const {one, many, cent, cents} = currencies[symbol] ?? {one: '', many: ''};
	const whose = code === undefined ? '' : `${countries[code]} `;
	return {
		one: whose + one,
		many: whose + (singular ? one : many),
		...(cent && cents ? {cent, cents: singular ? cent : cents} : {}),
	};
}
