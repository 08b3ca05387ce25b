import test from 'ava';
import {selectChapters} from '../../lib/audiobook/index.js';
import {auditOf, readSourceOf, titlesOf} from '../helpers/made-book.js';

const markdown = [1, 2, 3, 4, 5].map(number => `# Chapter ${number}\n\nText ${number}.`).join('\n\n');

for (const [chosen, titles] of [
	['3', ['Chapter 3']],
	['2-4', ['Chapter 2', 'Chapter 3', 'Chapter 4']],
	['4-', ['Chapter 4', 'Chapter 5']],
	[' 5, 1 - 2,2', ['Chapter 1', 'Chapter 2', 'Chapter 5']],
] as const) {
	test(`chapters are chosen: ${chosen}`, async t => {
		const book = selectChapters(await readSourceOf(t, 'a.md', markdown), chosen);
		t.deepEqual(titlesOf(book), titles);
		t.deepEqual(
			book.chapters.map(({number}) => `Chapter ${number}`),
			titles,
		);
		const {read, skipped} = auditOf(book);
		t.is(read + skipped, book.sourceCharacters);
		t.is(book.skipped.filter(({reason}) => reason === 'chapter not chosen').length, 5 - titles.length);
	});
}

for (const [chosen, message] of [
	['0-99', /^chapters is "0-99": the book has chapters 1 to 5\.$/],
	['6', /chapters 1 to 5/],
	['7-', /chapters 1 to 5/],
	['4-2', /4-2 runs backwards/],
	['', /must be a list/],
	['-3', /must be a list/],
	['1,,2', /must be a list/],
	['one', /must be a list/],
	['1-99999999999', /must be a list/],
] as const) {
	test(`chapters that are not there are refused: ${chosen}`, async t => {
		const book = await readSourceOf(t, 'a.md', markdown);
		t.throws(() => selectChapters(book, chosen), {code: 'OPTION_INVALID', message});
	});
}

test('a book of one chapter says so', async t => {
	const book = await readSourceOf(t, 'a.txt', 'Text.');
	t.throws(() => selectChapters(book, '2'), {code: 'OPTION_INVALID', message: /one chapter, 1/});
});
