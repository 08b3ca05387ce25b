import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {ExecutionContext} from 'ava';
import test from 'ava';
import {readBook} from '../../../lib/audiobook/index.js';
import {
	auditOf,
	blocksOf,
	epubFiles,
	folderOf,
	readEpubOf,
	readSourceOf,
	skippedOf,
	textsOf,
	titlesOf,
	wrongRuns,
	xhtmlOf,
	zipOf,
} from '../../helpers/made-book.js';

const page = `<!doctype html>
<html lang=fr><head><meta charset=utf-8><title>Une  page</title><meta name=author content="X Y"><meta name="description" content="D"></head>
<body><header>Site</header><nav>Menu</nav><main><h1>Titre</h1><p>Bonjour &amp; <span lang=en>hello</span>.<p>Deux<hr><h2>A</h2><p>aa<h2>B</h2><p>bb</main><footer>Pied</footer></body></html>`;

test('HTML is read: its main part, chapters at headings, what its head tells', async t => {
	const book = await readSourceOf(t, 'x.html', page);
	t.like(book, {title: 'Une page', authors: ['X Y'], language: 'fr', description: 'D'});
	t.deepEqual(titlesOf(book), ['Titre', 'A', 'B']);
	t.deepEqual(textsOf(book), ['Titre', 'Bonjour & hello.', 'Deux', 'A', 'aa', 'B', 'bb']);
	t.deepEqual(skippedOf(book), [
		'outside the main text: Site',
		'outside the main text: Menu',
		'outside the main text: Pied',
	]);
	const {read, skipped} = auditOf(book);
	t.is(read + skipped, book.sourceCharacters);
	t.deepEqual(wrongRuns(book, new Map([['x.html', page]])), []);
});

test('headings of several parts make one title', async t => {
	const html =
		'<h1>The Book</h1><h2>Part I</h2><hgroup><h2>II</h2><p>The Start</p></hgroup><p>a</p><h2>III<br>The End</h2><p>b</p>';
	t.deepEqual(titlesOf(await readSourceOf(t, 'x.html', html)), ['Part I: II: The Start', 'III: The End']);
});

test('HTML and XHTML are known by what they begin with', async t => {
	t.deepEqual(textsOf(await readSourceOf(t, 'page', page)).slice(0, 1), ['Titre']);
	t.deepEqual(textsOf(await readSourceOf(t, 'x.html', xhtmlOf('<p>a<b/>b</p>'))), ['ab']);
	t.deepEqual(textsOf(await readSourceOf(t, 'note', 'Plain text.')), ['Plain text.']);
});

test('runs stand where the text does in HTML that was mended', async t => {
	const broken =
		'<html><head><title/></head><body><p>One <b>two</p><div/><p>thr&eacute;e</b> &copy 4<i/>!</i>x</p><table>loose<tr><td>cell</table></body></html>';
	const book = await readEpubOf(t, {
		documents: [{file: 'a.xhtml', content: `<?xml version="1.0"?>${broken}`}],
	});
	t.deepEqual(textsOf(book), ['One two', 'thrée © 4!x', 'loose', 'cell']);
	// HTML knows some characters without their semicolon; the check does not.
	t.deepEqual(wrongRuns(book, new Map([['OEBPS/a.xhtml', `<?xml version="1.0"?>${broken}`]])), [
		'OEBPS/a.xhtml at 97: &copy is read as ©',
	]);
	const {read, skipped} = auditOf(book);
	t.is(read + skipped, book.sourceCharacters);
});

const word = 'Überraschung — “naïve”';
for (const [name, bytes, warned] of [
	['UTF-8', Buffer.from(word), undefined],
	['UTF-8 with a mark', Buffer.from(`\uFEFF${word}`), undefined],
	['UTF-16 with a mark, little end first', Buffer.from(`\uFEFF${word}`, 'utf16le'), undefined],
	['UTF-16 with a mark, big end first', Buffer.from(`\uFEFF${word}`, 'utf16le').swap16(), undefined],
	[
		'windows-1252 that says nothing',
		Buffer.from(word.replace('—', '\x97').replace('“', '\x93').replace('”', '\x94'), 'latin1'),
		/not UTF-8 and names no encoding/,
	],
] as const) {
	test(`text is decoded: ${name}`, async t => {
		const book = await readSourceOf(t, 'a.txt', bytes);
		t.deepEqual(textsOf(book), [word]);
		if (warned) t.regex(book.warnings.join(), warned);
		else t.deepEqual(book.warnings, []);
	});
}

const declared = (encoding: string, body: string) =>
	`<?xml version="1.0" encoding="${encoding}"?><html><body><p>${body}</p></body></html>`;
for (const [name, bytes, text, warned] of [
	[
		'declared latin-1',
		Buffer.from(declared('ISO-8859-1', 'caf\xe9 \x93x\x94'), 'latin1'),
		'café “x”',
		undefined,
	],
	[
		'declared windows-1251',
		Buffer.from(declared('windows-1251', '\xcf\xf0\xe8'), 'latin1'),
		'При',
		undefined,
	],
	['UTF-16 without a mark', Buffer.from(declared('UTF-16', 'é'), 'utf16le'), 'é', undefined],
	['UTF-8 that says UTF-16', Buffer.from(declared('UTF-16', 'é')), 'é', undefined],
	[
		'UTF-8 that says what nobody knows',
		Buffer.from(declared('x-none', 'é')),
		'é',
		/says that it is x-none, and is UTF-8/,
	],
	[
		'windows-1252 that says UTF-8',
		Buffer.from(declared('utf-8', '\xe9'), 'latin1'),
		'é',
		/read as windows-1252/,
	],
] as const) {
	test(`XHTML is decoded: ${name}`, async t => {
		const book = await readEpubOf(t, {
			documents: [{file: 'a.xhtml', content: ''}],
			files: {'OEBPS/a.xhtml': bytes},
		});
		t.deepEqual(textsOf(book), [text]);
		if (warned) t.regex(book.warnings.join(), warned);
		else t.deepEqual(book.warnings, []);
	});
}

test('HTML is decoded as its meta says', async t => {
	const html = Buffer.from('<meta charset="iso-8859-1"><p>caf\xe9', 'latin1');
	t.deepEqual(textsOf(await readSourceOf(t, 'a.html', html)), ['café']);
});

async function fill(t: ExecutionContext, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
	const folder = join(await folderOf(t), 'My Folder');
	for (const [path, content] of Object.entries(files)) {
		await mkdir(dirname(join(folder, path)), {recursive: true});
		await writeFile(join(folder, path), content);
	}
	return folder;
}

const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

test('a folder is read in natural order, each file a chapter, or several', async t => {
	const epub = await zipOf(
		epubFiles({
			documents: [{file: 'a.xhtml', content: '<p>In an EPUB.</p>'}],
			metadata: '<dc:title>E</dc:title><dc:language>fr</dc:language><dc:creator>Z</dc:creator>',
		}),
	);
	const folder = await fill(t, {
		'10 ten.txt': 'Ten.',
		'2 two.md': '# Two\n\nText.\n\n## Section\n\na\n\n## Section 2\n\nb',
		'1 one.html': '<h1>One</h1><p>Text.<h1>One and a half</h1><p>Text.',
		'b/book.epub': epub,
		'notes.pdf': '%PDF',
		'.hidden.txt': 'x',
		'cover.png': png,
	});
	const book = await readBook(folder);
	t.like(book, {
		title: 'My Folder',
		authors: ['Z'],
		language: 'en',
		cover: {mediaType: 'image/png', bytes: png},
	});
	t.deepEqual(titlesOf(book), ['One', 'One and a half', 'Two', '10 ten', 'E']);
	t.deepEqual(
		book.chapters.map(({number}) => number),
		[1, 2, 3, 4, 5],
	);
	t.deepEqual(skippedOf(book), ['not a text: notes.pdf']);
	const inner = blocksOf(book).at(-1);
	t.is(inner?.runs[0]?.file, 'b/book.epub/OEBPS/a.xhtml');
	t.is(inner?.language, 'fr');
	const {read, skipped} = auditOf(book);
	t.is(read + skipped, book.sourceCharacters);
});

test('an EPUB that was unpacked is an EPUB', async t => {
	const folder = await fill(t, Object.fromEntries(epubFiles()));
	const book = await readBook(folder);
	t.is(book.title, 'A Book');
	t.deepEqual(textsOf(book), ['One', 'Text.']);
});
