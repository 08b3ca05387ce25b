import test from 'ava';
import type {UserLexicon} from '../../lib/lexicon/entries.js';
import {ReadingFinder, type ReadingOptions} from '../../lib/lexicon/readings.js';

const heart = {id: 'heart', language: 'en-US', english: 'us'} as const;
const german = {id: 'espeak:de', language: 'de', english: undefined} as const;

function find(text: string, options: ReadingOptions, voice: typeof heart | typeof german = heart) {
	const warnings: string[] = [];
	const finder = new ReadingFinder(options, voice, phonemes => warnings.push(...phonemes));
	const found = finder.find(text);
	return {
		warnings,
		/** The word and what is said for it. */
		said: found.map(({wordStart, wordEnd, phonemes, words}) => [
			text.slice(wordStart, wordEnd),
			phonemes === undefined ? words : `/${phonemes}/`,
		]),
		whole: found.map(({start, end}) => text.slice(start, end)),
	};
}

const lexicon: UserLexicon = {
	nginx: 'engine x',
	Polish: '/pˈOlɪʃ/',
	'C++': 'see plus plus',
	'New York': '/nu jɔɹk/',
	York: 'the duke',
	café: '/kæfA/',
	日本: 'Nippon',
};

const cases: readonly (readonly [name: string, text: string, said: readonly (readonly string[])[]])[] = [
	[
		'small letters stand for capitals too',
		'nginx Nginx NGINX',
		[
			['nginx', 'engine x'],
			['Nginx', 'engine x'],
			['NGINX', 'engine x'],
		],
	],
	['capitals stand for themselves alone', 'Polish polish', [['Polish', '/pˈOlɪʃ/']]],
	[
		'whole words alone',
		'nginxes anginx nginx1 nginx-based nginx’s',
		[
			['nginx', 'engine x'],
			['nginx', 'engine x'],
		],
	],
	[
		'the longest of several',
		'York and New  York',
		[
			['York', 'the duke'],
			['New  York', '/nu jɔɹk/'],
		],
	],
	[
		'signs',
		'C++, (C++)',
		[
			['C++', 'see plus plus'],
			['C++', 'see plus plus'],
		],
	],
	[
		'however it is composed',
		'cafe\u0301 café',
		[
			['cafe\u0301', '/kæfA/'],
			['café', '/kæfA/'],
		],
	],
	['other scripts', '日本.', [['日本', 'Nippon']]],
	['nothing', '', []],
];
for (const [name, text, said] of cases)
	test(name, t =>
		t.deepEqual(
			find(text, {lexicon}).said,
			said.map(pair => [...pair]),
		),
	);

test('apostrophes are alike, typed or printed', t => {
	const said = (text: string) => find(text, {lexicon: {"O'Brien": 'A', 'rock’n': 'B'}}).said;
	t.deepEqual(said("O'Brien O’Brien rock'n rock’n"), [
		["O'Brien", 'A'],
		['O’Brien', 'A'],
		["rock'n", 'B'],
		['rock’n', 'B'],
	]);
});

test('of two entries for one word the later holds', t => {
	const twice = [
		{grapheme: 'a', said: 'x'},
		{grapheme: 'a', said: 'y'},
	];
	t.deepEqual(find('a', {lexicon: twice}).said, [['a', 'y']]);
});

test('entries hold for voices of their language', t => {
	const both = [
		{grapheme: 'Chat', said: '/ʃɑ/', language: 'fr'},
		{grapheme: 'Gift', said: 'poison', language: 'de'},
		{grapheme: 'Gift', said: '/ɡɪft/', language: 'en'},
	];
	t.deepEqual(find('Chat Gift', {lexicon: both}).said, [['Gift', '/ɡɪft/']]);
	t.deepEqual(find('Chat Gift', {lexicon: both}, german).said, [['Gift', 'poison']]);
});

test('IPA as dictionaries have it becomes the voice’s alphabet', t => {
	const ipa = {
		a: '/ˈspiːtʃpaɪp/',
		b: '/dʒəˈraɪ/',
		c: '/ˈwɔːtər/',
		d: '/spˈiʧpIp/',
		e: '/ˈbʌtɚ/',
		f: '/ˈspi:k, naʊ/',
	};
	t.deepEqual(
		find('a b c d e f', {lexicon: ipa}).said.map(([, said]) => said),
		['/spˈiʧpIp/', '/ʤəɹˈI/', '/wˈɔtəɹ/', '/spˈiʧpIp/', '/bˈʌtəɹ/', '/spˈik nW/'],
	);
});

test('phonemes that the voice has not are left out, and named', t => {
	const {said, warnings} = find('a b', {lexicon: {a: '/kʘæt/', b: '/ʘkæǃt/'}});
	t.deepEqual(said, [
		['a', '/kæt/'],
		['b', '/kæt/'],
	]);
	t.deepEqual(warnings, ['ʘ', 'ʘ', 'ǃ']);
});

test('phonemes of which the voice has none are an error', t => {
	t.throws(() => find('a', {lexicon: {a: '/ʘ/'}}), {
		code: 'OPTION_INVALID',
		message: /none of the phonemes of "a"/,
	});
});

test('a voice that takes no phonemes says so, and takes words', t => {
	t.throws(() => find('a', {lexicon: {a: '/a/'}}, german), {
		code: 'VOICE_LACKS',
		message: /espeak:de takes no phonemes.*"a"/,
	});
	t.deepEqual(find('a', {lexicon: {a: 'b'}}, german).said, [['a', 'b']]);
});

test('[word](/phonemes/) is read where it is asked for', t => {
	const text = 'A [gif](/ʤˈɪf/) [x](y) [two words](/tˈu wˈɜɹdz/).';
	t.deepEqual(find(text, {}).said, []);
	const {said, whole} = find(text, {inlinePhonemes: true});
	t.deepEqual(said, [
		['gif', '/ʤˈɪf/'],
		['two words', '/tˈu wˈɜɹdz/'],
	]);
	t.deepEqual(whole, ['[gif](/ʤˈɪf/)', '[two words](/tˈu wˈɜɹdz/)']);
	t.deepEqual(find(text, {inlinePhonemes: true}, german).said, [
		['gif', 'gif'],
		['two words', 'two words'],
	]);
});

test('emoji are skipped where it is asked for', t => {
	t.deepEqual(find('a 👍🏽👨‍👩‍👧 b 🇩🇪 1 © 5️⃣', {emoji: 'skip'}).said, [
		['👍🏽👨‍👩‍👧', ''],
		['🇩🇪', ''],
		['5️⃣', ''],
	]);
	t.deepEqual(find('👍', {}).said, []);
});

for (const [name, wrong] of [
	['no object', 'nginx'],
	['a number', {a: 1}],
	['nothing to say', {a: ' '}],
	['no phonemes', {a: '/ /'}],
	['no word', {' ': 'a'}],
	['an entry without a word', [{said: 'a'}]],
	['an entry that is none', [null]],
	['a language that is none', [{grapheme: 'a', said: 'b', language: 1}]],
	['a word past all measure', {a: 'a'.repeat(2000)}],
] as const) {
	// What users of JavaScript may give.
	test(`refused: ${name}`, t =>
		void t.throws(() => find('a', {lexicon: wrong as unknown as UserLexicon}), {
			code: 'OPTION_INVALID',
			message: /^lexicon/,
		}));
}

test('a large lexicon costs a text little', t => {
	const large = Object.fromEntries(
		Array.from({length: 20_000}, (_, index) => [`word${index}`, `said ${index}`]),
	);
	t.deepEqual(find('word19999 and word1', {lexicon: large}).said, [
		['word19999', 'said 19999'],
		['word1', 'said 1'],
	]);
});
