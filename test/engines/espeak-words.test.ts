import test from 'ava';
import {loadEspeakWords} from '../../lib/engines/espeak/words.js';

const read = await loadEspeakWords();

/** The words as they stand in the text, each with what eSpeak NG says for it. */
function words(text: string, voice: string, language = voice): Array<readonly [string, string]> {
	return read(text, {voice, language}).map(
		({textStart, textEnd, phonemes}) => [text.slice(textStart, textEnd), phonemes.join('')] as const,
	);
}

test('each word has its phonemes, those of numbers all of theirs', t => {
	t.deepEqual(words('Hello there, it costs $3.50 in all.', 'en-us'), [
		['Hello', 'həlˈoʊ'],
		['there', 'ðˈɛɹ'],
		['it', 'ɪt'],
		['costs', 'kˈɔsts'],
		['$3.50', 'dˈɑːlɚ'],
		['$3.50', 'θɹˈiː'],
		['$3.50', 'pɔɪnt'],
		['$3.50', 'fˈaɪv'],
		['$3.50', 'zˈiəɹoʊ'],
		['in', 'ɪn'],
		['all', 'ˈɔːl'],
	]);
});

test('a compound that is said as one word is one', t => {
	t.deepEqual(words('A well-known man', 'en-us'), [
		['A', 'ɐ'],
		['well-known', 'wˈɛlnˈoʊn'],
		['man', 'mˈæn'],
	]);
});

test('phonemes that its events shorten are whole', t => {
	t.deepEqual(words('Gli gnocchi sono buoni', 'it'), [
		['Gli', 'ʎɪ'],
		['gnocchi', 'ɲˈokːɪ'],
		['sono', 'sˌono'],
		['buoni', 'bʊˈɔnɪ'],
	]);
	t.deepEqual(words('não são', 'pt-br'), [
		['não', 'nˈɐ̃ʊ̃'],
		['são', 'sɐ̃ʊ̃'],
	]);
});

test('the tones of Mandarin are told apart', t => {
	t.deepEqual(
		words('妈骂，你好。我们去！', 'cmn', 'zh').flatMap(([, phonemes]) => phonemes.match(/\d+/g)),
		['55', '51', '35', '214', '214', '1', '51'],
	);
});

test('words of another language lose the name of it, not their phonemes', t => {
	const said = words('Das Computer-Game', 'de');
	t.true(
		said.every(([, phonemes]) => !phonemes.includes('(') && phonemes !== ''),
		JSON.stringify(said),
	);
});

test('the same text gives the same phonemes, whatever came before', t => {
	const before = words('One, two.', 'en-us');
	words('Ganz anderes.', 'de');
	t.deepEqual(words('One, two.', 'en-us'), before);
});

test('nothing to say gives nothing', t => {
	for (const text of ['', ' ', '...', '\u0000', '\ud800']) t.deepEqual(words(text, 'en-us'), []);
});
