import test from 'ava';
import * as fc from 'fast-check';
import {cutPhonemes} from '../../lib/engines/neural/cuts.js';

/** Phonemes whose words are what stands between spaces, without punctuation. */
function phonemized(phonemes: string) {
	const words = [...phonemes.matchAll(/[a-z]+/g)].map(({0: word, index}) => ({
		textStart: index,
		textEnd: index + word.length,
		start: index,
		end: index + word.length,
	}));
	return {phonemes, words};
}

const cut = (phonemes: string, limit: number) =>
	cutPhonemes(phonemized(phonemes), limit).map(({start, end}) => phonemes.slice(start, end));

test('what fits is not cut', t => {
	t.deepEqual(cut('abc def.', 8), ['abc def.']);
});

test('cuts after punctuation in the second half first', t => {
	t.deepEqual(cut('ab cdef, gh ij kl', 12), ['ab cdef, ', 'gh ij kl']);
});

test('punctuation in the first half is passed over for a later word', t => {
	t.deepEqual(cut('ab, cdef gh ij kl', 12), ['ab, cdef gh ', 'ij kl']);
});

test('a word that is too long is cut at a space in it, or anywhere', t => {
	const phonemes = 'ab cd ef';
	const word = {textStart: 0, textEnd: 2, start: 0, end: 8};
	t.deepEqual(cutPhonemes({phonemes, words: [word]}, 5), [
		{start: 0, end: 3},
		{start: 3, end: 8},
	]);
	t.deepEqual(cut('abcdefgh', 3), ['abc', 'def', 'gh']);
});

test('nothing is lost and nothing is too long', t => {
	fc.assert(
		fc.property(
			fc.string({unit: fc.constantFrom('a', 'b', ' ', ',', '.')}),
			fc.integer({min: 1, max: 12}),
			(phonemes, limit) => {
				const cuts = cut(phonemes, limit);
				return cuts.join('') === phonemes && cuts.every(part => part.length <= limit);
			},
		),
	);
	t.pass();
});
