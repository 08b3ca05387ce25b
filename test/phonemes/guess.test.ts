import test from 'ava';
import {decodeGuess, encodeGuess, guessablePieces} from '../../lib/phonemes/guess.js';

const coding = {in: ['a', 'b', 'c'], out: ['x', 'y'], maxlen: 4};

test('letters become their places in the alphabet, counted from 1', t => {
	t.deepEqual(encodeGuess(coding, 'cab'), [3, 1, 2]);
});

test('letters outside the alphabet are left out, surrogates and all', t => {
	t.deepEqual(encodeGuess(coding, 'a-😀\ud800b'), [1, 2]);
	t.deepEqual(encodeGuess(coding, '世界'), []);
});

test('no more letters than the network takes', t => {
	t.deepEqual(encodeGuess(coding, 'abcabc'), [1, 2, 3, 1]);
});

test('a long word is guessed in pieces, none of it lost', t => {
	const limits = {in: [], out: [], maxlen: 10};
	t.deepEqual(guessablePieces(limits, 'short'), ['short']);
	t.deepEqual(guessablePieces(limits, 'antidisestablishmentarianism'), [
		'antidi',
		'sestablish',
		'mentaria',
		'nism',
	]);
	for (const word of ['b'.repeat(305), 'ab'.repeat(150), '😀'.repeat(30)]) {
		const pieces = guessablePieces(limits, word);
		t.is(pieces.join(''), word);
		t.true(pieces.every(piece => Array.from(piece).length <= 10));
	}
	t.deepEqual(guessablePieces(limits, ''), []);
});

test('repeated ids collapse, blanks go, and a blank between keeps a double', t => {
	t.is(decodeGuess(coding, [0, 1, 1, 0, 2, 2, 0, 2]), 'xyy');
	t.is(decodeGuess(coding, [1n, 0n, 1n]), 'xx');
	t.is(decodeGuess(coding, []), '');
});

test('an id past the alphabet gives nothing', t => {
	t.is(decodeGuess(coding, [9, 1]), 'x');
});
