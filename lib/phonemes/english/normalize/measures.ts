/** Numbers with abbreviated units: 5km/h, 20°C, 6 ft. 2 in. */
import {decimal, saySign} from './numbers.js';
import {decimals, pattern, type Rule, sayEach, sign, whole} from './rule.js';

/** Abbreviation, one, many (one with an s where it is not given). */
// biome-ignore format: a table
const units: readonly (readonly [abbreviation: string, one: string, many?: string])[] = [
	['mm', 'millimeter'], ['cm', 'centimeter'], ['m', 'meter'], ['km', 'kilometer'], ['nm', 'nanometer'], ['µm', 'micrometer'], ['μm', 'micrometer'],
	['mg', 'milligram'], ['g', 'gram'], ['kg', 'kilogram'], ['µg', 'microgram'], ['μg', 'microgram'], ['t', 'ton'],
	['ml', 'milliliter'], ['mL', 'milliliter'], ['cl', 'centiliter'], ['l', 'liter'], ['L', 'liter'],
	['ms', 'millisecond'], ['sec', 'second'], ['secs', 'second'], ['min', 'minute'], ['mins', 'minute'], ['h', 'hour'], ['hr', 'hour'], ['hrs', 'hour'],
	['ft', 'foot', 'feet'], ['in', 'inch', 'inches'], ['yd', 'yard'], ['yds', 'yard'], ['mi', 'mile'], ['mph', 'mile per hour', 'miles per hour'], ['kph', 'kilometer per hour', 'kilometers per hour'],
	['oz', 'ounce'], ['lb', 'pound'], ['lbs', 'pound'], ['gal', 'gallon'], ['pt', 'pint'], ['qt', 'quart'], ['tsp', 'teaspoon'], ['tbsp', 'tablespoon'],
	['Hz', 'hertz', 'hertz'], ['kHz', 'kilohertz', 'kilohertz'], ['MHz', 'megahertz', 'megahertz'], ['GHz', 'gigahertz', 'gigahertz'],
	['kB', 'kilobyte'], ['KB', 'kilobyte'], ['MB', 'megabyte'], ['GB', 'gigabyte'], ['TB', 'terabyte'], ['KiB', 'kibibyte'], ['MiB', 'mebibyte'], ['GiB', 'gibibyte'],
	['kbps', 'kilobit per second', 'kilobits per second'], ['Mbps', 'megabit per second', 'megabits per second'], ['Gbps', 'gigabit per second', 'gigabits per second'],
	['V', 'volt'], ['mV', 'millivolt'], ['kV', 'kilovolt'], ['mA', 'milliamp'], ['W', 'watt'], ['mW', 'milliwatt'], ['kW', 'kilowatt'], ['MW', 'megawatt'], ['GW', 'gigawatt'],
	['kWh', 'kilowatt hour'], ['kJ', 'kilojoule'], ['kcal', 'kilocalorie'], ['cal', 'calorie'], ['Pa', 'pascal'], ['kPa', 'kilopascal'], ['psi', 'pound per square inch', 'pounds per square inch'],
	['dB', 'decibel'], ['ha', 'hectare'], ['rpm', 'revolution per minute', 'revolutions per minute'],
	['°C', 'degree Celsius', 'degrees Celsius'], ['°F', 'degree Fahrenheit', 'degrees Fahrenheit'], ['℃', 'degree Celsius', 'degrees Celsius'], ['℉', 'degree Fahrenheit', 'degrees Fahrenheit'], ['°', 'degree'],
];

const byAbbreviation = new Map(
	units.map(([abbreviation, one, many]) => [abbreviation, {one, many: many ?? `${one}s`}]),
);
/** Those that are words or letters of their own too stand for a unit only right after the number, or with a period. */
const ambiguous: ReadonlySet<string> = new Set(['in', 't', 'pt', 'ha', 'Pa', 'mi']);
const written = [...byAbbreviation.keys()].sort((a, b) => b.length - a.length).join('|');

const areas: {readonly [power: string]: string} = {'²': 'square ', '³': 'cubic '};
const powers: {readonly [power: string]: string} = {'²': ' squared', '³': ' cubed'};

/** "5 kilometers per hour" of 5, km, ², h. */
function unit(number: string, name: string, power: string, per: string | undefined): string {
	const top = byAbbreviation.get(name);
	if (top === undefined) return name;
	const below =
		per === undefined ? '' : ` per ${per === 's' ? 'second' : (byAbbreviation.get(per)?.one ?? per)}`;
	return `${areas[power] ?? ''}${number === '1' ? top.one : top.many}${below}`;
}

export const measures: readonly Rule[] = [
	{
		// 6'2"
		pattern: /(\d{1,2})['’′]\s?(\d{1,2})["”″]/uy,
		say: ([, feet = '', inches = ''], {variety}) =>
			`${decimal(feet, variety)} foot ${decimal(inches, variety)}`,
	},
	{
		pattern: pattern(
			`(${sign}?)(${whole}${decimals})(?:([-–])(${whole}${decimals}))?([\\s-]?)(${written})([²³]?)(?:/(${written}|s)([²³]?))?(?![\\p{L}\\p{N}/])(\\.(?=\\s[\\p{Ll}\\d]|,))?`,
		),
		say(match, {variety}) {
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
			const apart = space !== '' && !name.startsWith('°');
			if (apart && ambiguous.has(name) && period === undefined && per === undefined && power === '')
				return undefined;
			const range = dash === undefined ? '' : ` to ${decimal(to, variety)}`;
			const amount = `${saySign(plusMinus)}${decimal(number, variety)}${range}`;
			const said = unit(dash === undefined ? number : to, name, power, per) + (powers[perPower] ?? '');
			const at = plusMinus.length + number.length + (dash?.length ?? 0) + to.length;
			if (!/\s/u.test(space ?? '')) return `${amount} ${said}`;
			return sayEach(match, [
				[all.slice(0, at), amount],
				[all.slice(at + 1), said],
			]);
		},
	},
];
