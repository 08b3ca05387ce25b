import test from 'ava';
import {headingIn} from '../../../lib/audiobook/in/text-headings.js';
import type {Block} from '../../../lib/audiobook/index.js';
import {
	auditOf,
	blocksOf,
	readSourceOf,
	skippedOf,
	textsOf,
	titlesOf,
	wrongRuns,
} from '../../helpers/made-book.js';

const prose =
	'It was the best of times, it was the worst of times, it was the age of\nwisdom, it was the age of foolishness, it was the epoch of belief, it was the\nepoch of incredulity.';
const joined = prose.replaceAll('\n', ' ');

for (const [line, kind] of [
	['CHAPTER I', 'named'],
	['Chapter One', 'named'],
	['Chapter 12: The Letter', 'named'],
	['CHAPTER XLII. In Which Nothing Happens', 'named'],
	['Part 2', 'named'],
	['PART THE FIRST', 'named'],
	['Book Twenty-One', 'named'],
	['Act III — Night', 'named'],
	['The First Part', 'named'],
	['Prologue', 'named'],
	['EPILOGUE.', 'named'],
	['Appendix B', 'named'],
	['Kapitel 3', 'named'],
	['Erstes Kapitel', 'named'],
	['Chapitre premier', 'named'],
	['Capítulo 4', 'named'],
	['Глава 5', 'named'],
	['第十二章 雪', 'named'],
	['IV', 'number'],
	['IV.', 'number'],
	['12', 'number'],
	['THE STRANGE CASE OF DR. JEKYLL', 'capitals'],
	['Part of me wanted to go.', undefined],
	['Part two of the plan was simple.', undefined],
	['Book one of the rooms for me', undefined],
	['Chapter civil', undefined],
	['IIII', 'capitals'],
	['1984 was a year', undefined],
	['I went home.', undefined],
	['A', undefined],
	['WHAT, AGAIN,', undefined],
	['x'.repeat(200), undefined],
] as const) {
	test(`a heading, or none: ${line.slice(0, 60)}`, t => {
		t.is(headingIn(line)?.kind, kind);
	});
}

test('hard-wrapped lines are joined, blank lines end paragraphs', async t => {
	const book = await readSourceOf(t, 'My Book.txt', `${prose}\n\n  ${prose}\r\n\r\nEnd.`);
	t.is(book.title, 'My Book');
	t.deepEqual(titlesOf(book), ['My Book']);
	t.deepEqual(textsOf(book), [joined, joined, 'End.']);
});

test('lines that are not wrapped are paragraphs', async t => {
	const line = joined.repeat(2);
	t.deepEqual(textsOf(await readSourceOf(t, 'a.txt', `${line}\n${line}\n${line}`)), [line, line, line]);
});

test('indented first lines begin paragraphs', async t => {
	t.deepEqual(textsOf(await readSourceOf(t, 'a.txt', `    ${prose}\n    ${prose}`)), [joined, joined]);
});

test('chapters by names, with parts and titles in paragraphs of their own', async t => {
	const book = await readSourceOf(
		t,
		'a.txt',
		`A TALE\n\nPART ONE\n\nCHAPTER I\n\nThe Period\n\n${prose}\n\nI.\n\nBOLD WORDS\n\n${prose}\n\nCHAPTER II. The\nLong Mail\n\n${prose}\n\nEpilogue\n\n${prose}`,
	);
	t.deepEqual(titlesOf(book), [
		'a',
		'PART ONE: CHAPTER I: The Period',
		'CHAPTER II. The Long Mail',
		'Epilogue',
	]);
	t.deepEqual(
		blocksOf(book)
			.filter(({kind}) => kind === 'heading')
			.map(({text}) => text),
		[
			'A TALE',
			'PART ONE',
			'CHAPTER I',
			'The Period',
			'1.',
			'BOLD WORDS',
			'CHAPTER II. The Long Mail',
			'Epilogue',
		],
	);
});

test('chapters by numbers alone', async t => {
	t.deepEqual(
		titlesOf(await readSourceOf(t, 'a.txt', `I\n\n${prose}\n\nII\n\n${prose}\n\nIII\n\n${prose}`)),
		['I', 'II', 'III'],
	);
	t.deepEqual(titlesOf(await readSourceOf(t, 'a.txt', `1.\n\n${prose}\n\n2.\n\nThe Second\n\n${prose}`)), [
		'1.',
		'2. The Second',
	]);
	// Not in order: they are something else.
	t.deepEqual(titlesOf(await readSourceOf(t, 'a.txt', `7\n\n${prose}\n\n3\n\n${prose}`)), ['a']);
});

test('chapters by lines in capitals', async t => {
	t.deepEqual(titlesOf(await readSourceOf(t, 'a.txt', `THE DOOR\n\n${prose}\n\nTHE SEARCH\n\n${prose}`)), [
		'THE DOOR',
		'THE SEARCH',
	]);
});

test('a table of contents makes no chapters', async t => {
	for (const contents of [
		'CONTENTS\n\nCHAPTER I. The Period\nCHAPTER II. The Mail',
		'Contents\n\n I. The Period . . . . 1\n\n II. The Mail . . . . 20\n\nChapter I\n\nChapter II',
		'CONTENTS\n\nCHAPTER I\n\nCHAPTER II',
		'CHAPTER I. The Period\nCHAPTER II. The Mail',
	]) {
		const book = await readSourceOf(
			t,
			'a.txt',
			`${contents}\n\n\nCHAPTER I\n\n${prose}\n\nCHAPTER II\n\n${prose}`,
		);
		t.deepEqual(titlesOf(book), ['CHAPTER I', 'CHAPTER II'], contents);
		t.true(book.skipped.every(({reason}) => reason === 'table of contents'));
	}
});

test('contents of a book without headings end with the text', async t => {
	const book = await readSourceOf(t, 'a.txt', `CONTENTS\n\n${prose}`);
	t.deepEqual(textsOf(book).at(-1), joined);
});

const gutenberg = (text: string) =>
	`The Project Gutenberg eBook of A Test\n\nTitle: A Test\n\nAuthor: Jane Roe\n\nRelease date: May 1, 1999 [eBook #1]\n\nLanguage: German\n\n*** START OF THE PROJECT GUTENBERG EBOOK A\nTEST ***\n\n${text}\n\n*** END OF THE PROJECT GUTENBERG EBOOK A TEST ***\n\nSection 1. Licence.`;

test('Project Gutenberg’s notices are left out, what they tell is used', async t => {
	const book = await readSourceOf(t, 'pg1.txt', gutenberg(prose));
	t.like(book, {title: 'A Test', authors: ['Jane Roe'], year: '1999', language: 'de'});
	t.deepEqual(textsOf(book), [joined]);
	t.deepEqual(
		book.skipped.map(({reason}) => reason),
		['Project Gutenberg’s notice', 'Project Gutenberg’s notice'],
	);
	t.regex(skippedOf(book)[1] ?? '', /\*\*\* END OF .* Licence\.$/);
});

test('marks of emphasis, page numbers, illustrations, notes are known', async t => {
	const source = `${prose}\n\nThe _best_ of snake_case[1] times[12], it was the [Pg 12] worst of all the_ ____ times\nof _our\nlives_.{13} And so on it goes without end or aim[*].\n\n[Illustration]\n\n[Illustration: A ship]\n\n[1] The note.\n\n[Footnote *: Another\nnote.]`;
	const book = await readSourceOf(t, 'a.txt', source);
	t.deepEqual(textsOf(book), [
		joined,
		'The best of snake_case times[12], it was the worst of all the ____ times of our lives. And so on it goes without end or aim.',
		'A ship',
	]);
	t.deepEqual(textsOf(await readSourceOf(t, 'a.txt', source, {notes: 'end'})).slice(-3), [
		'A ship',
		'The note.',
		'Another note.',
	]);
	const {read, skipped} = auditOf(book);
	t.is(read + skipped, source.replaceAll(/\s/g, '').length);
	t.deepEqual(wrongRuns(book, new Map([['a.txt', source]])), []);
});

test('verse keeps its lines, as do addresses', async t => {
	const verse = (text: string, goesOn?: 'line'): Partial<Block> => ({
		kind: 'verse',
		text,
		...(goesOn ? {goesOn} : {}),
	});
	const book = await readSourceOf(
		t,
		'a.txt',
		`${prose}\n\n  The boy stood on the burning deck\n  Whence all but he had fled;\n\nYours ever,\nJohn`,
	);
	t.deepEqual(
		blocksOf(book)
			.slice(1)
			.map(({runs: _runs, ...block}): Partial<Block> => block),
		[
			verse('The boy stood on the burning deck', 'line'),
			verse('Whence all but he had fled;'),
			verse('Yours ever,', 'line'),
			verse('John'),
		],
	);
});

test('stars end a section', async t => {
	const book = await readSourceOf(
		t,
		'a.txt',
		`${prose}\n\n       *       *       *       *       *\n\n${prose}`,
	);
	t.deepEqual(
		blocksOf(book).map(({endsSection}) => endsSection),
		[true, undefined],
	);
});
