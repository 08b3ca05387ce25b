import test from 'ava';
import {Tokenizer} from '../../../lib/phonemes/english/tokens.js';
import type {Variety} from '../../../lib/phonemes/english/variety.js';

/** The text as words: what a rule gives in place of what is written, punctuation left out. */
function say(text: string, variety: Variety = 'us'): string {
	const tokens = new Tokenizer(text, {variety}).tokens();
	return tokens.flatMap(token => (token.kind === 'mark' ? [] : [token.text])).join(' ');
}

const tables: {readonly [rule: string]: readonly (readonly [string, string])[]} = {
	cardinals: [
		['0', 'zero'],
		['42 eggs', 'forty two eggs'],
		['1,250,000', 'one million two hundred fifty thousand'],
		['-5 to −12', 'minus five to minus twelve'],
		['007', 'zero zero seven'],
		['12345678', 'one two three four five six seven eight'],
		['10000000', 'ten million'],
		['2x', 'two times'],
	],
	ordinals: [
		['1st, 2nd, 3rd, 21st', 'first second third twenty first'],
		['the 103rd', 'the one hundred third'],
		['19th-century', 'nineteenth century'],
		['a 10-year-old', 'a ten year old'],
	],
	decimals: [
		['3.14', 'three point one four'],
		['0.5 .5', 'zero point five point five'],
		['1,234.50', 'one thousand two hundred thirty four point five zero'],
	],
	years: [
		['in 1984', 'in nineteen eighty four'],
		['1900', 'nineteen hundred'],
		['1905', 'nineteen oh five'],
		['2000 2005 2024', 'two thousand two thousand five twenty twenty four'],
		['in 1066', 'in ten sixty six'],
		['1066 men', 'one thousand sixty six men'],
		["the '90s", 'the nineties'],
		['the 1890s', 'the eighteen nineties'],
		['mid-1990s', 'mid nineteen nineties'],
	],
	fractions: [
		['1/2 3/4 3/8', 'one half three quarters three eighths'],
		['1 1/2 cups', 'one and one half cups'],
		['2½ ½', 'two and a half a half'],
		['22/7', 'twenty two over seven'],
		['24/7', 'twenty four seven'],
	],
	percentages: [
		['37.5%', 'thirty seven point five percent'],
		['10–20%', 'ten to twenty percent'],
	],
	ranges: [
		['2-3', 'two to three'],
		['1999-2000', 'nineteen ninety nine to two thousand'],
		['16:9', 'sixteen to nine'],
		['1920x1080', 'nineteen twenty by ten eighty'],
	],
	money: [
		['$1', 'one dollar'],
		['$3.50', 'three dollars and fifty cents'],
		['$0.99', 'ninety nine cents'],
		['$1.01', 'one dollar and one cent'],
		['£4.99', 'four pounds and ninety nine pence'],
		['€1,250', 'one thousand two hundred fifty euros'],
		['-$5', 'minus five dollars'],
		['$3.5 million', 'three point five million dollars'],
		['£2bn $10k', 'two billion pounds ten thousand dollars'],
		['99¢ 50p', 'ninety nine cents fifty pence'],
	],
	times: [
		['9:30', 'nine thirty'],
		['9:30am', 'nine thirty A.M.'],
		['at 3 p.m. we', 'at three P.M. we'],
		['12:05', 'twelve oh five'],
		['7:00', "seven o'clock"],
		['23:00', 'twenty three hundred'],
		['9:30:15', 'nine thirty and fifteen seconds'],
		['2-3 pm', 'two to three P.M.'],
	],
	dates: [
		['2024-03-15', 'March fifteenth, twenty twenty four'],
		['3/15/2024', 'March fifteenth, twenty twenty four'],
		['Jan. 5th, 2019', 'January fifth twenty nineteen'],
		['March 15', 'March fifteenth'],
		['15 March 2024', 'the fifteenth of March twenty twenty four'],
		['on Sat. 3 Dec.,', 'on Saturday the third of December'],
		['you may. 5', 'you may five'],
		['the Sun. The moon', 'the Sun The moon'],
		['in Dec. we', 'in December we'],
		['the 15th March', 'the fifteenth of March'],
	],
	telephones: [
		['1-800-555-0142', 'one, eight zero zero, five five five, zero one four two'],
		['555-0142', 'five five five, zero one four two'],
		['+1 (555) 123-4567', 'plus one, five five five, one two three, four five six seven'],
	],
	units: [
		['5km/h', 'five kilometers per hour'],
		['20°C', 'twenty degrees Celsius'],
		['6 ft. 2 in. tall', 'six feet two inches tall'],
		['1 kg, 2 lbs', 'one kilogram two pounds'],
		['9.8 m/s²', 'nine point eight meters per second squared'],
		['10 m²', 'ten square meters'],
		['3.5-4.2 kg', 'three point five to four point two kilograms'],
		['16GB', 'sixteen gigabytes'],
		['5 in total', 'five in total'],
		[`6'2"`, 'six foot two'],
	],
	titles: [
		['Dr. Smith', 'doctor Smith'],
		['Mr. and Mrs. Jones', 'mister and Mrs Jones'],
		['Prof. Brown', 'professor Brown'],
		['Gen. Lee', 'general Lee'],
		["near St. James's", "near saint James's"],
		['Baker St., near', 'Baker street near'],
	],
	abbreviations: [
		['e.g. this, i.e. that', 'E.G. this I.E. that'],
		['etc.', 'etc'],
		['cats vs. dogs', 'cats versus dogs'],
		['No. 5', 'number five'],
		['No. Five', 'No Five'],
		["No. I won't", "No I won't"],
		['ch. 7, pp. 3-7', 'chapter seven pages three to seven'],
		['the U.S.A.', 'the U.S.A.'],
		['a Ph.D.', 'a P.H.D.'],
		['AT&T', 'A.T. and T.'],
		['C++ and C#', 'C. plus plus and C. sharp'],
		['and/or', 'and or'],
	],
	initials: [
		['J. R. R. Tolkien', 'J. R. R. Tolkien'],
		['It was I. He left.', 'It was I He left'],
	],
	'Roman numerals': [
		['Chapter IV', 'Chapter four'],
		['scene iv', 'scene four'],
		['Henry VIII', 'Henry the eighth'],
		['John Paul II', 'John Paul the second'],
		['World War II', 'World War two'],
		['the part I liked', 'the part I liked'],
		['Then Henry I think left', 'Then Henry I think left'],
		['in MIX', 'in MIX'],
	],
	addresses: [
		['https://example.com/docs', 'H.T.T.P.S. colon slash slash example dot com slash docs'],
		['info@example.org.', 'info at example dot org'],
		['Node.js', 'Node dot J.S.'],
		['see www.example.co.uk, now', 'see W.W.W. dot example dot co dot U.K. now'],
		['localhost:8080', 'localhost eighty eighty'],
		['the end.Next', 'the end Next'],
	],
	versions: [
		['2.0.1', 'two point zero point one'],
		['v1.2', 'V. one point two'],
	],
	'words with digits': [
		['221B', 'two hundred twenty one B.'],
		['COVID-19', 'COVID nineteen'],
		['MP3', 'M.P. three'],
		['iPhone 15', 'iPhone fifteen'],
	],
	symbols: [
		['salt & pepper', 'salt and pepper'],
		['@ 5 + 2 = 7', 'at five plus two equals seven'],
		['#1 §3 ~50', 'number one section three about fifty'],
		['20°', 'twenty degrees'],
		['5 < 6', 'five is less than six'],
		['3 x 4', 'three times four'],
		['α and π', 'alpha and pi'],
	],
	respellings: [
		['the lead pipe', 'the led pipe'],
		['the lead singer', 'the lead singer'],
		['to Reading for reading', 'to Redding for reading'],
	],
};

for (const [rule, table] of Object.entries(tables)) {
	for (const [text, words] of table) test(`${rule}: ${text}`, t => t.is(say(text), words));
}

const british: readonly (readonly [string, string])[] = [
	['250', 'two hundred and fifty'],
	['15/3/2024', 'the fifteenth of March, twenty twenty four'],
	['2024-03-15', 'the fifteenth of March, twenty twenty four'],
	['1/2/2024', 'the first of February, twenty twenty four'],
	['March 15', 'March the fifteenth'],
	['the 101st', 'the one hundred and first'],
	['2,345,678', 'two million three hundred and forty five thousand six hundred and seventy eight'],
	['9.30 p.m.', 'nine thirty P.M.'],
	['020 7946 0958', 'oh two oh, seven nine four six, oh nine five eight'],
];
for (const [text, words] of british) test(`British: ${text}`, t => t.is(say(text, 'gb'), words));
