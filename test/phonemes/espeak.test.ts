import test from 'ava';
import {alignWords} from '../../lib/phonemes/espeak/align.js';
import {assembleEspeak} from '../../lib/phonemes/espeak/assemble.js';
import {kokoroAlphabet} from '../../lib/phonemes/espeak/kokoro.js';
import {withTones} from '../../lib/phonemes/espeak/mandarin.js';
import {piperAlphabet} from '../../lib/phonemes/espeak/piper.js';
import type {EspeakAlphabet, EspeakWord} from '../../lib/phonemes/espeak/word.js';
import {readLetters} from '../../lib/phonemes/letters.js';

test('words are found among the phonemes by their letters, whatever came in between', t => {
	t.deepEqual(alignWords(['ab', 'cd'], ['a', 'b', 'c', 'd']), [0, 2]);
	t.deepEqual(alignWords(['ma', 'ma'], ['m', 'ɑ5', 'm', 'aɜ']), [0, 2]);
	t.deepEqual(alignWords(['ki', 'ka'], ['kː', 'i', 'k', 'a']), [0, 2]);
	t.deepEqual(alignWords(['x', 'cd'], ['c', 'd']), [0, 0]);
	t.deepEqual(alignWords(['ab', 'x'], ['a', 'b']), [0, 2]);
	t.deepEqual(alignWords([], ['a']), []);
	t.deepEqual(alignWords(['a'], []), [0]);
});

/** The words of a text as eSpeak NG would say them: one after the other, each as it is spelled. */
function saidAsSpelled(text: string): EspeakWord[] {
	return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({index, 0: word}) => ({
		textStart: index,
		textEnd: index + word.length,
		phonemes: Array.from(word.toLowerCase()),
		spaced: true,
	}));
}

function assembled(text: string, alphabet: EspeakAlphabet, language = 'en'): string {
	const {phonemes, words} = assembleEspeak(text, saidAsSpelled(text), {alphabet, language});
	for (const {start, end} of words)
		if (start >= end || end > phonemes.length) throw new Error('a word has no place among the phonemes');
	return phonemes;
}

test('Kokoro is given the punctuation that it was taught, at the words where it stands', t => {
	const kokoro = (text: string, language?: string) => assembled(text, kokoroAlphabet, language);
	t.is(kokoro('Yes, no; (so) "he" said... well!'), 'yes, no; (so) “he” said… well!');
	t.is(kokoro('Dr. Who is in. Yes.'), 'dr who is in. yes.');
	t.is(kokoro('one - two -- three – four'), 'one — two — three — four');
	t.is(kokoro('你好，世界。', 'zh'), '你好, 世界.');
	t.is(kokoro('« bien » ¿no?', 'fr'), '“ bien ” no?');
});

test('Piper is given one mark, as its clauses ended in training', t => {
	const piper = (text: string) => assembled(text, piperAlphabet);
	t.is(piper('Yes, "no"; (so)... well?!'), 'yes, no; so; well?');
	t.is(piper('Dr. Who is in. Yes'), 'dr who is in. yes');
});

test("Kokoro's letters stand for eSpeak NG's phonemes as misaki has them", t => {
	const word = (phonemes: readonly string[], language = 'es') => kokoroAlphabet.word(phonemes, language);
	t.is(word(['h', 'ə', 'l', 'ˈoʊ']), 'həlˈO');
	t.is(word(['tʃ', 'ˈa', 'o']), 'ʧˈao');
	t.is(word(['l', 'ə-']), 'lə');
	t.is(word(['v', 'ˈɔ̃', 't']), 'vˈɔ̃t');
	t.is(word(['d', 'aɪ', 'aʊ', 'eɪ', 'ɔɪ', 'dʒ', 'ts']), 'dIWAYʤʦ');
	t.is(word(['k', 'ˌo̞', 'n', 'i', 'tɕ', 'ˈi', 'h', 'ä'], 'ja'), 'koniʨiha');
});

test('Mandarin has its tones, those that its IPA makes one of told apart', t => {
	const pieces = withTones(
		['m', 'ˈɑ5', 'm', 'ˈɑɜ', 'm', 'ˈɑ2', 'm', 'ˈɑ5', 'm', 'ɑ1'],
		"m_'A55__| m_'A35__| m_'A214__| m_'A51__| mA1",
	);
	t.is(kokoroAlphabet.word(pieces, 'zh'), 'ma→ma↗ma↓ma↘ma');
	t.is(
		kokoroAlphabet.word(['ts.h', 'ˈu55', 'tɕh', 'ˈy51', 's.', 'ˈi.35', 'th', 'iɛ55', 'n'], 'zh-CN'),
		'ꭧʰu→ʨʰy↘ʂɨ↗tʰjɛ→n',
	);
});

test('several words said for one of the text are one word', t => {
	const said = [
		{textStart: 0, textEnd: 5, phonemes: ['a'], spaced: true},
		{textStart: 0, textEnd: 5, phonemes: ['b'], spaced: true},
		{textStart: 6, textEnd: 8, phonemes: ['c'], spaced: false},
	];
	const {phonemes, words} = assembleEspeak('$3.50 is', said, {alphabet: piperAlphabet, language: 'en'});
	t.is(phonemes, 'a bc');
	t.deepEqual(words, [
		{textStart: 0, textEnd: 5, start: 0, end: 3},
		{textStart: 6, textEnd: 8, start: 3, end: 4},
	]);
});

test('nothing to say gives nothing', t => {
	t.deepEqual(assembleEspeak('...', [], {alphabet: kokoroAlphabet, language: 'en'}), {
		phonemes: '',
		words: [],
	});
});

test('letters as phonemes are small, accents apart', t => {
	const {phonemes, words} = readLetters('Été  là.', 'fr');
	t.is(phonemes, 'été là.'.normalize('NFD'));
	t.deepEqual(
		words.map(({start, end}) => phonemes.slice(start, end).normalize()),
		['été', 'là'],
	);
});
