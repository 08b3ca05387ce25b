import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {EnglishPhonemizer} from '../../../lib/phonemes/english/phonemizer.js';
import {readData} from '../../../lib/voices/data.js';
import {loadEnglish} from '../../helpers/english.js';

let english: EnglishPhonemizer;
let british: EnglishPhonemizer;
let vocabulary: ReadonlySet<string>;
test.before(async () => {
	[english, british] = await Promise.all([loadEnglish('us'), loadEnglish('gb')]);
	vocabulary = new Set(Object.keys(JSON.parse(Buffer.from(await readData('heart/vocab.json')).toString())));
});

/** The words as they stand in the text. */
async function words(text: string): Promise<string[]> {
	const phonemized = await english.phonemize(text);
	return phonemized.words.map(({textStart, textEnd}) => text.slice(textStart, textEnd));
}

const texts: readonly (readonly [string, readonly string[]])[] = [
	['Hello, world!', ['Hello', 'world']],
	['“It’s,” she said, ‘the boys’ dog.’', ['It’s', 'she', 'said', 'the', 'boys', 'dog']],
	['It cost $3.50 on 2024-03-15.', ['It', 'cost', '$3.50', 'on', '2024-03-15']],
	['Dr. and Mrs. Smith', ['Dr.', 'and', 'Mrs.', 'Smith']],
	['a well-known, twenty-two-year-old author', ['a', 'well-known', 'twenty-two-year-old', 'author']],
	[
		'$3.5 million, 5 km, 9:30 p.m., 6 ft. 2 in.',
		['$3.5', 'million', '5', 'km', '9:30', 'p.m.', '6', 'ft.', '2', 'in'],
	],
	['see https://a.com/b, now.', ['see', 'https://a.com/b', 'now']],
	['(555) 123-4567', ['(555) 123-4567']],
	['one—two…three', ['one', 'two', 'three']],
	['cafe\u0301 s\u0327a, ﬁnd', ['cafe\u0301', 's\u0327a', 'ﬁnd']],
	['😀 one 世界 two\0three \ud800four', ['😀', 'one', 'two', 'three', 'four']],
	['  \n\n spaced   out \t', ['spaced', 'out']],
];
for (const [text, expected] of texts) {
	test(`the words of ${JSON.stringify(text)}`, async t => t.deepEqual(await words(text), [...expected]));
}

test('a word knows its phonemes, punctuation left out', async t => {
	const {phonemes, words: found} = await english.phonemize('Yes, $3 “now”.');
	t.deepEqual(
		found.map(({start, end}) => phonemes.slice(start, end)),
		['jˈɛs', 'θɹˈi dˈɑləɹz', 'nˈW'],
	);
});

async function holds(t: ExecutionContext, text: string, reader = english): Promise<void> {
	const {phonemes, words: found} = await reader.phonemize(text);
	t.notRegex(phonemes, /^ | {2}| $/);
	t.deepEqual(
		Array.from(phonemes).filter(letter => !vocabulary.has(letter)),
		[],
	);
	let [textEnd, end] = [0, 0];
	for (const word of found) {
		t.true(word.textStart >= textEnd && word.textEnd > word.textStart && word.textEnd <= text.length, text);
		t.true(word.start >= end && word.end > word.start && word.end <= phonemes.length, text);
		[textEnd, end] = [word.textEnd, word.end];
	}
}

const bits = fc.constantFrom(
	...'aBe9.,-’\'"$%/@:—…()&#½²°°éσ世 \n\0'.split(''),
	...[
		'😀',
		'\ud800',
		'\udc00',
		'\u0301',
		'\u200b',
		'http://',
		'St.',
		'a.m.',
		'1/2',
		'the ',
		'read ',
		'IV',
		'ﬁ',
		'İ',
		'Ⅷ',
		'①',
		'10:30',
		'km/h',
	],
);

test('any string: words in order, within bounds, spoken in letters that the voices know', async t => {
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(
				fc.string({unit: 'binary', maxLength: 60}),
				fc.array(bits, {maxLength: 16}).map(all => all.join('')),
			),
			text => holds(t, text),
		),
		{numRuns: 600},
	);
});

test('so in British English, in letters that are not American', async t => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(bits, {maxLength: 16}).map(all => all.join('')),
			async text => {
				await holds(t, text, british);
				t.notRegex((await british.phonemize(text)).phonemes, /[TOᵻæ]/u);
			},
		),
		{numRuns: 150},
	);
});

for (const run of [
	'a',
	'A',
	'1',
	'aA',
	'a.',
	"a'",
	'a-',
	'a@',
	'a1',
	'1,',
	'1.',
	'1-',
	'1 ',
	'.',
	'. ',
	'$',
	'(',
	'@',
	'\0',
	'世',
	'e\u0301',
	'word ',
	'\ud800',
	"s'll",
	"s's",
]) {
	test(`10,000 characters of ${JSON.stringify(run)}`, async t =>
		holds(t, run.repeat(Math.floor(10_000 / run.length))));
}
