import test from 'ava';
import {
	auditOf,
	blocksOf,
	readSourceOf,
	skippedOf,
	textsOf,
	titlesOf,
	wrongRuns,
} from '../../helpers/made-book.js';

const source = `---
title: "The Book"
author: Ann Lee, Bob Ray
lang: en-GB
date: 1931-02-03
---

# The Book

An *intro&shy;duction* with a \\* star &amp; a note[^1], \`code\` <b>bold</b>, a [link](http://x.org "t") and <http://y.org>.

## One {#one}

> Quoted text,
> going *on
> here*.

1. item one
2. item two
   still

| A | B |
|---|---|
| 1 | **2** |

---

\`\`\`js
let x = 1;
\`\`\`

Two
---

Line one<br>line two\\
line three ~~gone~~. ![Alt text](x.png)

<div>Raw <i>HTML</i> &mdash; here<br/>and there</div>
<!-- a comment -->

[^1]: The note
    says this.
`;

test('Markdown is read: blocks, chapters at headings, what its front matter tells', async t => {
	const book = await readSourceOf(t, 'x.md', source);
	t.like(book, {title: 'The Book', authors: ['Ann Lee', 'Bob Ray'], language: 'en-GB', year: '1931'});
	t.deepEqual(titlesOf(book), ['The Book', 'One {#one}', 'Two']);
	t.deepEqual(
		blocksOf(book).map(({kind, text}) => [kind, text]),
		[
			['heading', 'The Book'],
			['paragraph', 'An introduction with a * star & a note, code bold, a link and http://y.org.'],
			['heading', 'One {#one}'],
			['quote', 'Quoted text, going on here.'],
			['listItem', 'item one'],
			['listItem', 'item two still'],
			['table', 'A, B'],
			['table', '1, 2'],
			['heading', 'Two'],
			['paragraph', 'Line one'],
			['paragraph', 'line two'],
			['paragraph', 'line three gone.'],
			['paragraph', 'Raw HTML — here'],
			['paragraph', 'and there'],
		],
	);
	t.deepEqual(skippedOf(book), ['code: let x = 1;', 'image: Alt text', 'note: The note says this.']);
	t.true(blocksOf(book)[7]?.endsSection);
	const {read, skipped} = auditOf(book);
	t.is(read + skipped, book.sourceCharacters);
	t.deepEqual(wrongRuns(book, new Map([['x.md', source]])), []);
});

test('policies hold for Markdown', async t => {
	const texts = textsOf(
		await readSourceOf(t, 'x.md', source, {notes: 'inline', code: 'read', images: 'alt', tables: 'skip'}),
	);
	t.true(texts.includes('The note says this.'));
	t.true(texts.includes('let x = 1;'));
	t.true(texts.includes('line three gone. Alt text'));
	t.false(texts.includes('1, 2'));
});

test('quoted front matter is read as YAML has it', async t => {
	const quoted = String.raw`---
title: "The \"Great\" C:\\ Book"
author: 'Pat O''Hara'
---

Text.`;
	t.like(await readSourceOf(t, 'x.md', quoted), {title: 'The "Great" C:\\ Book', authors: ["Pat O'Hara"]});
});

test('without front matter the first heading is the title, or the file’s name', async t => {
	t.is((await readSourceOf(t, 'x.md', '# A *Title*\n\nText.')).title, 'A Title');
	t.is((await readSourceOf(t, 'x.md', 'Text.\n\n---\n\nMore.')).title, 'x');
});

test('levels of headings below are chapters where that is wanted', async t => {
	const markdown = '# A\n\na\n\n## B\n\nb\n\n# C\n\nc';
	t.deepEqual(titlesOf(await readSourceOf(t, 'x.md', markdown)), ['A', 'C']);
	t.deepEqual(titlesOf(await readSourceOf(t, 'x.md', markdown, {chapterLevels: 2})), ['A', 'B', 'C']);
});

for (const [what, markdown] of [
	['marks in a paragraph', '*a_ '.repeat(5001)],
	['links within links', `${'['.repeat(300)}a${'](b)'.repeat(300)}`],
	['images within images', '![a'.repeat(300) + '](b)'.repeat(300)],
	['lists within lists', Array.from({length: 220}, (_, level) => `${' '.repeat(2 * level)}- a`).join('\n')],
	['quotes within quotes', '> '.repeat(600)],
] as const) {
	test(`what would take minutes to pair is refused at once: ${what}`, async t => {
		await t.throwsAsync(readSourceOf(t, 'x.md', `Text.\n\n${markdown}\n`), {
			code: 'BOOK_TOO_LARGE',
			message: /The Markdown is no book’s: .* (?:deep|marks)/,
		});
	});
}

test('marks in code, in many paragraphs or in the rows of a table are no such thing', async t => {
	const marks = '[*a_ '.repeat(3000);
	const rows = '| *a* | [b](c) |\n'.repeat(1500);
	const markdown = `Text.\n\n\`\`\`\n${marks}\n${']'.repeat(3000)}\n\`\`\`\n\n| a | b |\n|-|-|\n${rows}`;
	const book = await readSourceOf(t, 'x.md', markdown, {tables: 'skip'});
	t.is(textsOf(book)[0], 'Text.');
});
