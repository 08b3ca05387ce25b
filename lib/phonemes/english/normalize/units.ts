/** Units and their abbreviations. */

/** Abbreviation, one, many (one with an s where it is not given). */
// biome-ignore format: a table
const units: readonly (readonly [abbreviation: string, one: string, many?: string])[] = [
	['mm', 'millimeter'], ['cm', 'centimeter'], ['m', 'meter'], ['km', 'kilometer'], ['nm', 'nanometer'], ['µm', 'micrometer'], ['μm', 'micrometer'],
	['mg', 'milligram'], ['g', 'gram'], ['kg', 'kilogram'], ['µg', 'microgram'], ['μg', 'microgram'], ['t', 'ton'],
	['ml', 'milliliter'], ['mL', 'milliliter'], ['cl', 'centiliter'], ['l', 'liter'], ['L', 'liter'],
	['s', 'second'], ['ms', 'millisecond'], ['µs', 'microsecond'], ['μs', 'microsecond'], ['ns', 'nanosecond'], ['sec', 'second'], ['secs', 'second'], ['min', 'minute'], ['mins', 'minute'], ['h', 'hour'], ['hr', 'hour'], ['hrs', 'hour'],
	['ft', 'foot', 'feet'], ['in', 'inch', 'inches'], ['yd', 'yard'], ['yds', 'yard'], ['mi', 'mile'], ['mph', 'mile per hour', 'miles per hour'], ['kph', 'kilometer per hour', 'kilometers per hour'],
	['oz', 'ounce'], ['lb', 'pound'], ['lbs', 'pound'], ['gal', 'gallon'], ['pt', 'pint'], ['qt', 'quart'], ['tsp', 'teaspoon'], ['tbsp', 'tablespoon'],
	['Hz', 'hertz', 'hertz'], ['kHz', 'kilohertz', 'kilohertz'], ['MHz', 'megahertz', 'megahertz'], ['GHz', 'gigahertz', 'gigahertz'],
	['kB', 'kilobyte'], ['KB', 'kilobyte'], ['MB', 'megabyte'], ['GB', 'gigabyte'], ['TB', 'terabyte'], ['KiB', 'kibibyte'], ['MiB', 'mebibyte'], ['GiB', 'gibibyte'],
	['kbps', 'kilobit per second', 'kilobits per second'], ['Mbps', 'megabit per second', 'megabits per second'], ['Gbps', 'gigabit per second', 'gigabits per second'],
	['V', 'volt'], ['mV', 'millivolt'], ['kV', 'kilovolt'], ['mA', 'milliamp'], ['W', 'watt'], ['mW', 'milliwatt'], ['kW', 'kilowatt'], ['MW', 'megawatt'], ['GW', 'gigawatt'],
	['kWh', 'kilowatt hour'], ['kJ', 'kilojoule'], ['kcal', 'kilocalorie'], ['cal', 'calorie'], ['Pa', 'pascal'], ['kPa', 'kilopascal'], ['psi', 'pound per square inch', 'pounds per square inch'],
	['sq ft', 'square foot', 'square feet'], ['sq. ft.', 'square foot', 'square feet'], ['sq mi', 'square mile'], ['sq. mi.', 'square mile'], ['sq m', 'square meter'], ['sq km', 'square kilometer'], ['cu ft', 'cubic foot', 'cubic feet'], ['fl oz', 'fluid ounce'], ['fl. oz.', 'fluid ounce'],
	['yr', 'year'], ['yrs', 'year'], ['mo', 'month'], ['mos', 'month'], ['wk', 'week'], ['wks', 'week'], ['dB', 'decibel'], ['Ω', 'ohm'], ['kΩ', 'kilohm'], ['mAh', 'milliamp hour'], ['Wh', 'watt hour'], ['MWh', 'megawatt hour'], ['GWh', 'gigawatt hour'], ['N', 'newton'], ['J', 'joule'], ['hp', 'horsepower', 'horsepower'], ['px', 'pixel'], ['dpi', 'dot per inch', 'dots per inch'], ['pts', 'point'], ['ppm', 'part per million', 'parts per million'], ['ppb', 'part per billion', 'parts per billion'], ['fps', 'frame per second', 'frames per second'], ['bpm', 'beat per minute', 'beats per minute'], ['mpg', 'mile per gallon', 'miles per gallon'], ['bps', 'bit per second', 'bits per second'], ['MP', 'megapixel'], ['PB', 'petabyte'],  ['ha', 'hectare'], ['rpm', 'revolution per minute', 'revolutions per minute'],
	['dL', 'deciliter'], ['dl', 'deciliter'], ['mcg', 'microgram'], ['IU', 'international unit'], ['mol', 'mole'], ['mmol', 'millimole'], ['mmHg', 'millimeter of mercury', 'millimeters of mercury'], ['cc', 'cubic centimeter'],
	['eV', 'electron volt'], ['keV', 'kiloelectron volt'], ['MeV', 'megaelectron volt'], ['GeV', 'gigaelectron volt'], ['hPa', 'hectopascal'], ['MPa', 'megapascal'], ['GPa', 'gigapascal'], ['mbar', 'millibar'], ['kN', 'kilonewton'], ['atm', 'atmosphere'],
	['kt', 'knot'], ['kts', 'knot'], ['kn', 'knot'], ['nmi', 'nautical mile'], ['st', 'stone', 'stone'], ['ly', 'light year'], ['AU', 'astronomical unit'], ['TiB', 'tebibyte'], ['Kbps', 'kilobit per second', 'kilobits per second'], ['Tbps', 'terabit per second', 'terabits per second'],
	['sq. m.', 'square meter'], ['sq. m', 'square meter'], ['sq. km', 'square kilometer'], ['sq. yd.', 'square yard'], ['sq yd', 'square yard'], ['cu. ft.', 'cubic foot', 'cubic feet'], ['cu. in.', 'cubic inch', 'cubic inches'], ['sq in', 'square inch', 'square inches'], ['sq. in.', 'square inch', 'square inches'],
	['kVA', 'kilovolt ampere'], ['Ah', 'amp hour'], ['kHz', 'kilohertz', 'kilohertz'], ['THz', 'terahertz', 'terahertz'], ['ft-lb', 'foot pound'], ['ft-lbs', 'foot pound'], ['Nm', 'newton meter'], ['lm', 'lumen'], ['A', 'amp'], ['bbl', 'barrel'], ['lb-ft', 'pound foot', 'pound feet'], ['c.', 'cup'],
	['°C', 'degree Celsius', 'degrees Celsius'], ['°F', 'degree Fahrenheit', 'degrees Fahrenheit'], ['℃', 'degree Celsius', 'degrees Celsius'], ['℉', 'degree Fahrenheit', 'degrees Fahrenheit'], ['°', 'degree'],
];

export const byAbbreviation = new Map(
	units.map(([abbreviation, one, many]) => [abbreviation, {one, many: many ?? `${one}s`}]),
);
/** Those that are words or letters of their own too stand for a unit only right after the number, or with a period. */
export const ambiguous: ReadonlySet<string> = new Set([
	'in',
	't',
	'pt',
	'ha',
	'Pa',
	'mi',
	's',
	'N',
	'J',
	'h',
	'mo',
	'MP',
	'L',
	'V',
	'W',
	'hp',
	'A',
	'st',
	'AU',
	'ly',
	'cc',
	'IU',
]);
/** Of these those that end a phrase stand for a unit even apart: "in 3.5 s;", "220 V, 15 A". */
export const atEnds: ReadonlySet<string> = new Set([
	's',
	'V',
	'W',
	'N',
	'J',
	'L',
	'h',
	'A',
	'Pa',
	'hp',
	'ha',
	'AU',
	'ly',
	'cc',
	'IU',
	'mi',
]);
/** And these behind a hyphen: "a 2-L bottle". */
export const hyphened: ReadonlySet<string> = new Set(['L', 'V', 'W', 'hp', 'cc']);
/** Source of a pattern for any of them. */
export const written = [...byAbbreviation.keys()]
	.sort((a, b) => b.length - a.length)
	.map(name => name.replaceAll('.', '\\.'))
	.join('|');

/** A rate by itself: "in km/h". */
export const rates =
	/(?:k?m|mi|ft|[kMGT]?i?B|[kMG]bit|Mb|mg|µg|mcg|k?g|mL|ml|L|l|kWh|W|mmol|mol|J|kJ|kcal|N)\/(?:s|h|hr|min|sec|[md]?L|ml|l|dl|k?g|m[²³]?|cm[²³]|km[²³]?|day|mol)(?![\p{L}\p{N}/²³])/uy;

/** "per hour", "per square foot", of what stands behind a slash. */
export function perUnit(written: string): string {
	return `per ${units.find(([short]) => short === written.replace(/\s+/g, ' '))?.[1] ?? written.replace(/^ea$/, 'item').replace(/^sqft$/, 'square foot')}`;
}
