import test from 'ava';
import type {Block} from '../../lib/audiobook/book.js';
import {cacheKey} from '../../lib/audiobook/cache.js';
import {planBook} from '../../lib/audiobook/plan.js';
import {bookOf} from '../helpers/books.js';

const paragraph = (text: string, more: Partial<Block> = {}): Block => ({
	kind: 'paragraph',
	text,
	runs: [],
	...more,
});
const bookWith = (...blocks: Block[]) => {
	const book = bookOf([['One']]);
	return {...book, chapters: book.chapters.map(chapter => ({...chapter, blocks}))};
};
const voiceFor = () => 'v';

test('an utterance is a sentence, at its place in its block, without the white space around it', t => {
	const block = paragraph('  “Where?” asked Dr. Hale. Nobody knew… Not even I!');
	const plan = planBook(bookWith(block), {voiceFor});
	t.deepEqual(
		plan.map(({text}) => text),
		['“Where?” asked Dr. Hale.', 'Nobody knew…', 'Not even I!'],
	);
	for (const {text, textStart} of plan) t.is(block.text.slice(textStart, textStart + text.length), text);
});

test('a changed sentence changes its own key alone, wherever the others move to', t => {
	const keysOf = (text: string) =>
		planBook(bookWith(paragraph(text)), {voiceFor}).map(utterance =>
			cacheKey({text: utterance.text, voiceId: utterance.voiceId, sampleRate: 24_000, speed: 1}, 'print'),
		);
	const before = keysOf('One came. Two came. Three came. Two came.');
	const after = keysOf('One came, and stayed for tea. Two came. Three came. Two came.');
	t.not(before[0], after[0]);
	t.deepEqual(before.slice(1), after.slice(1));
	t.is(before[1], before[3]);
});

test('all that decides the samples is in the key', t => {
	const request = {text: 'Hello.', voiceId: 'v', sampleRate: 24_000, speed: 1};
	const keys = [
		cacheKey(request, 'print'),
		cacheKey(request, 'another model'),
		cacheKey({...request, text: 'Hello'}, 'print'),
		cacheKey({...request, voiceId: 'w'}, 'print'),
		cacheKey({...request, sampleRate: 22_050}, 'print'),
		cacheKey({...request, speed: 1.1}, 'print'),
	];
	t.is(new Set(keys).size, keys.length);
});

test('pauses are told by what ends: sentence, line, paragraph, heading, section, chapter', t => {
	const blocks = [
		paragraph('Title', {kind: 'heading'}),
		paragraph('One. Two.'),
		paragraph('He said', {goesOn: 'sentence'}),
		paragraph('bonjour', {language: 'fr'}),
		paragraph('A line,', {kind: 'verse', goesOn: 'line'}),
		paragraph('another.', {kind: 'verse', endsSection: true}),
		paragraph('The end.'),
	];
	const pauses = {clause: 1, sentence: 2, paragraph: 3, heading: 4, section: 5, chapter: 6};
	const plan = planBook(bookWith(...blocks), {voiceFor, pauses});
	t.deepEqual(
		plan.map(({pauseMs}) => pauseMs),
		[4, 2, 3, 0, 3, 2, 5, 6],
	);
});

test('a paragraph of 1 MB is cut where it can be, and nothing of it is lost', t => {
	const text = 'a word, and more words '.repeat(45_000);
	const plan = planBook(bookWith(paragraph(text)), {voiceFor});
	t.true(plan.every(utterance => utterance.text.length <= 400));
	t.is(plan.map(utterance => utterance.text).join(' '), text.trim());
});

test('the voice is chosen by the block’s language', t => {
	const asked: Array<string | undefined> = [];
	const plan = planBook(bookWith(paragraph('Yes.'), paragraph('Oui.', {language: 'fr'})), {
		voiceFor(language) {
			asked.push(language);
			return language ?? 'main';
		},
	});
	t.deepEqual(
		plan.map(({voiceId}) => voiceId),
		['main', 'fr'],
	);
	t.deepEqual(asked, [undefined, 'fr']);
});
