import {existsSync, readdirSync, readlinkSync} from 'node:fs';
import test from 'ava';
import {readBook} from '../../../lib/audiobook/index.js';
import {readZipped} from '../../helpers/epub.js';
import {
	auditOf,
	blocksOf,
	epubFileOf,
	epubFiles,
	readEpubOf,
	skippedOf,
	textsOf,
	titlesOf,
	wrongRuns,
	xhtmlOf,
} from '../../helpers/made-book.js';
import {goOnIf, shared} from '../../helpers/shared.js';

const p = (text: string) => `<p>${text}</p>`;
const documents = (...names: string[]) =>
	names.map(name => ({file: `${name}.xhtml`, content: p(`Text of ${name}.`)}));

test('an EPUB 3 is read in the order of its spine, with the titles of its navigation document', async t => {
	const book = await readEpubOf(t, {
		documents: documents('b', 'a'),
		toc: [
			['The <b>First</b>\n Part', 'b.xhtml'],
			['The Second', 'a.xhtml'],
		],
	});
	t.like(book, {title: 'A Book', authors: ['Ann Lee'], language: 'en'});
	t.deepEqual(titlesOf(book), ['The First Part', 'The Second']);
	t.deepEqual(textsOf(book), ['Text of b.', 'Text of a.']);
	t.deepEqual(
		book.chapters.map(({number}) => number),
		[1, 2],
	);
});

test('an EPUB 2 is read with the titles of its NCX, nested', async t => {
	const point = (title: string, src: string, inner = '') =>
		`<navPoint><navLabel><text>${title}</text></navLabel><content src="${src}"/>${inner}</navPoint>`;
	const ncx = `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>${point('Part', 'a.xhtml', point('Chapter', 'a.xhtml#c') + point('Next', 'b.xhtml'))}</navMap></ncx>`;
	const made = {
		documents: [
			{file: 'a.xhtml', content: '<h1>Part</h1><h2 id="c">Chapter</h2><p>One.</p>'},
			...documents('b'),
		],
		manifest: '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
		spine: 'toc="ncx"',
		files: {'OEBPS/toc.ncx': ncx},
	};
	t.deepEqual(titlesOf(await readEpubOf(t, made)), ['Part', 'Chapter', 'Next']);
	t.deepEqual(titlesOf(await readEpubOf(t, made, {chapterLevels: 1})), ['Part']);
});

test('several entries in one file are several chapters, one chapter may go over several files', async t => {
	const book = await readEpubOf(t, {
		documents: [
			{
				file: 'a.xhtml',
				content: '<h2 id="one">I</h2><p>One.</p><section id="two"><h2>II</h2><p>Two.</p></section>',
			},
			...documents('b', 'c'),
		],
		toc: [
			['One', 'a.xhtml#one'],
			['Two', 'a.xhtml#two'],
			['Three', 'c.xhtml'],
		],
	});
	t.deepEqual(
		book.chapters.map(({title, blocks}) => [title, ...blocks.map(({text}) => text)]),
		[
			['One', '1', 'One.'],
			['Two', '2', 'Two.', 'Text of b.'],
			['Three', 'Text of c.'],
		],
	);
});

test('a chapter begins with the block that its anchor stands in, or behind the one that it stands at the end of', async t => {
	const book = await readEpubOf(t, {
		documents: [
			{
				file: 'a.xhtml',
				content: '<h2><a id="one"/>I</h2><p>One.<a id="two"/></p><h2>II</h2><p>T<a name="x"/>wo.</p>',
			},
		],
		toc: [
			['One', 'a.xhtml#one'],
			['Two', 'a.xhtml#two'],
		],
	});
	t.deepEqual(
		book.chapters.map(({blocks}) => blocks.map(({text}) => text)),
		[
			['1', 'One.'],
			['2', 'Two.'],
		],
	);
});

test('a part and its first chapter at one place are one chapter with both titles', async t => {
	const book = await readEpubOf(t, {
		documents: documents('a'),
		toc: [
			['Part One', 'a.xhtml'],
			['Chapter 1', 'a.xhtml'],
		],
	});
	t.deepEqual(titlesOf(book), ['Part One: Chapter 1']);
});

test('an entry whose anchor is missing begins at its file', async t => {
	const book = await readEpubOf(t, {
		documents: documents('a', 'b'),
		toc: [
			['A', 'a.xhtml'],
			['B', 'b.xhtml#gone'],
		],
	});
	t.deepEqual(titlesOf(book), ['A', 'B']);
});

test('without a table of contents each document is a chapter named by its heading', async t => {
	const book = await readEpubOf(t, {
		documents: [{file: 'a.xhtml', content: '<h2>The <i>First</i></h2><p>One.</p>'}, ...documents('b')],
	});
	t.deepEqual(titlesOf(book), ['The First', 'A file']);
});

test('what stands before the first entry is a chapter too', async t => {
	const book = await readEpubOf(t, {documents: documents('a', 'b'), toc: [['B', 'b.xhtml']]});
	t.deepEqual(titlesOf(book), ['A Book', 'B']);
});

test('nested folders, percent-encoded names, names in another case or form are found', async t => {
	const book = await readEpubOf(t, {
		documents: [
			{file: 'text/deep/chapter one & two.xhtml', content: p('One.')},
			{file: 'text/Kapitel%20zwei.xhtml', content: p('Two.')},
		],
		toc: [
			['One', 'text/deep/chapter%20one%20&amp;%20two.xhtml'],
			['Two', './text/x/../kapitel zwei.xhtml'],
		],
	});
	t.deepEqual(titlesOf(book), ['One', 'Two']);
	t.deepEqual(textsOf(book), ['One.', 'Two.']);
	t.is(blocksOf(book)[0]?.runs[0]?.file, 'OEBPS/text/deep/chapter one & two.xhtml');
});

test('names with backslashes, as Windows spells them, are found', async t => {
	const files = {'OEBPS/text\\w.xhtml': undefined, 'OEBPS/text/w.xhtml': xhtmlOf(p('Windows.'))};
	const book = await readEpubOf(t, {documents: [{file: 'text\\w.xhtml', content: p('')}], files});
	t.deepEqual(textsOf(book), ['Windows.']);
});

test('what is not in the reading order is skipped and told of', async t => {
	const book = await readEpubOf(t, {
		documents: [
			...documents('a'),
			{file: 'b.xhtml', content: p('Beside.'), itemref: 'linear="no"'},
			{file: 'c.xhtml', content: p('Elsewhere.'), inSpine: false},
		],
	});
	t.deepEqual(textsOf(book), ['Text of a.']);
	t.deepEqual(skippedOf(book), [
		'not in the reading order (linear="no"): Beside.',
		'not in the spine: Elsewhere.',
	]);
});

test('a drawing in the spine, or around a picture, is a picture', async t => {
	const files = epubFiles({documents: documents('a')});
	const opf = String(files.get('OEBPS/book.opf'))
		.replace(
			'</manifest>',
			'<item id="svg" href="plate.svg" media-type="image/svg+xml"/><item id="pdf" href="x.pdf" media-type="application/pdf"/></manifest>',
		)
		.replace('<spine >', '<spine ><itemref idref="svg"/><itemref idref="pdf"/>');
	const svg =
		'<svg xmlns="http://www.w3.org/2000/svg" aria-label="A ship"><text>Ship</text><image href="i.jpg"/></svg>';
	const book = await readEpubOf(t, {
		documents: documents('a'),
		files: {'OEBPS/book.opf': opf, 'OEBPS/plate.svg': svg, 'OEBPS/x.pdf': 'x'},
	});
	t.deepEqual(textsOf(book), ['Text of a.']);
	t.deepEqual(skippedOf(book), [
		'not text but application/pdf: OEBPS/x.pdf',
		'drawing: Ship',
		'image: A ship',
	]);
	const wrapper = {file: 'c.xhtml', content: '<div><svg><image xlink:href="i.jpg"/></svg></div>'};
	t.deepEqual(skippedOf(await readEpubOf(t, {documents: [wrapper, ...documents('a')]})), ['image: i.jpg']);
});

test('metadata: the main title, authors but not illustrators, the year, a description without its markup', async t => {
	const book = await readEpubOf(t, {
		metadata:
			'<dc:title id="s">A Subtitle</dc:title><meta refines="#s" property="title-type">subtitle</meta>' +
			'<dc:title id="m">The Title</dc:title><meta refines="#m" property="title-type">main</meta>' +
			'<dc:creator id="a">Ann Lee</dc:creator><dc:creator opf:role="ill">Bob Ray</dc:creator><dc:creator id="c">Cy Dee</dc:creator>' +
			'<meta refines="#c" property="role" scheme="marc:relators">aut</meta>' +
			'<dc:language>de_AT</dc:language><dc:date opf:event="modification">2020-01-01</dc:date><dc:date opf:event="publication">1931</dc:date>' +
			'<dc:publisher>House &amp; Sons</dc:publisher><dc:description>&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three&lt;/p&gt;</dc:description>',
	});
	t.like(book, {
		title: 'The Title',
		authors: ['Ann Lee', 'Cy Dee'],
		language: 'de-AT',
		year: '1931',
		publisher: 'House & Sons',
		description: 'One & two. Three',
	});
});

test('a language that the metadata lacks is that of the text', async t => {
	const book = await readEpubOf(t, {
		metadata: '<dc:title>A</dc:title><dc:language>und</dc:language>',
		html: 'xml:lang="fr"',
	});
	t.is(book.language, 'fr');
	t.is((await readEpubOf(t, {metadata: '<dc:title>A</dc:title>'})).language, 'en');
	t.is((await readEpubOf(t, {}, {language: 'en-au'})).language, 'en-AU');
});

const png = Buffer.from('\x89PNG\r\n\x1a\n and the rest', 'latin1');
const jpeg = Buffer.from('\xff\xd8\xff\xe0 and the rest', 'latin1');
const image = (id: string, href: string, rest = '') =>
	`<item id="${id}" href="${href}" media-type="image/png" ${rest}/>`;

for (const [name, made] of [
	['EPUB 3', {manifest: image('x', 'i.png', 'properties="cover-image"')}],
	['EPUB 2', {manifest: image('x', 'i.png'), metadata: '<meta name="cover" content="x"/>'}],
	['EPUB 2, by its path', {manifest: image('x', 'i.png'), metadata: '<meta name="cover" content="i.png"/>'}],
	[
		'the guide, in an SVG',
		{
			documents: [
				{file: 'c.xhtml', content: '<svg><image xlink:href="i.png"/></svg>'},
				{file: 'd.xhtml', content: p('Text.')},
			],
			afterSpine: '<guide><reference type="cover" href="c.xhtml"/></guide>',
		},
	],
	['a likely name', {manifest: image('my-cover', 'i.png')}],
] as const) {
	test(`the cover is found: ${name}`, async t => {
		const {cover, warnings} = await readEpubOf(t, {...made, files: {'OEBPS/i.png': png}});
		t.deepEqual(cover, {mediaType: 'image/png', bytes: png});
		t.deepEqual(warnings, []);
	});
}

for (const [name, bytes, warning] of [
	['no image', 'GIF89a', /neither JPEG nor PNG/],
	['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', /drawing \(SVG\)/],
	['missing', undefined, /missing/],
] as const) {
	test(`a cover that is ${name} is left out, and said so`, async t => {
		const book = await readEpubOf(t, {
			manifest: image('x', 'i.png', 'properties="cover-image"'),
			...(bytes === undefined ? {} : {files: {'OEBPS/i.png': bytes}}),
		});
		t.is(book.cover, undefined);
		t.regex(book.warnings.join('\n'), warning);
	});
}

test('of a cover that is a drawing around a picture, the picture is taken', async t => {
	const svg = `<svg><image href="data:image/jpeg;base64,${jpeg.toString('base64')}"/></svg>`;
	const book = await readEpubOf(t, {
		manifest: image('x', 'i.svg', 'properties="cover-image"'),
		files: {'OEBPS/i.svg': svg},
	});
	t.deepEqual(book.cover, {mediaType: 'image/jpeg', bytes: jpeg});
});

test('parts that nobody wants to hear are left out, those that are worth hearing are not', async t => {
	const typed = (file: string, type: string) => ({
		file: `${file}.xhtml`,
		content: `<section epub:type="${type}"><p>${type}</p></section>`,
	});
	const made = {
		documents: [
			typed('a', 'titlepage'),
			typed('b', 'copyright-page'),
			typed('c', 'dedication'),
			typed('d', 'toc'),
			typed('e', 'chapter'),
			typed('f', 'afterword'),
			typed('g', 'index'),
		],
	};
	t.deepEqual(textsOf(await readEpubOf(t, made)), ['dedication', 'chapter', 'afterword']);
	t.deepEqual(textsOf(await readEpubOf(t, made, {frontMatter: 'all'})), [
		'titlepage',
		'copyright-page',
		'dedication',
		'toc',
		'chapter',
		'afterword',
	]);
	t.deepEqual(textsOf(await readEpubOf(t, made, {frontMatter: 'skip', backMatter: 'skip'})), ['chapter']);
	t.deepEqual(textsOf(await readEpubOf(t, made, {backMatter: 'all'})), [
		'dedication',
		'chapter',
		'afterword',
		'index',
	]);
});

test('what markup does not tell, the guide, the landmarks, titles and looks do', async t => {
	const book = await readEpubOf(t, {
		documents: [
			{file: 'a.xhtml', content: p('By the guide.')},
			{file: 'b.xhtml', content: p('By its title.')},
			{file: 'c.xhtml', content: p('© 2001 A. All rights reserved.')},
			{
				file: 'd.xhtml',
				content: ['a', 'b', 'c', 'e']
					.map(name => `<p><a href="${name}.xhtml">Chapter ${name}</a></p>`)
					.join(''),
			},
			{file: 'e.xhtml', content: p('The text.')},
		],
		toc: [
			['One', 'a.xhtml'],
			['Table of Contents', 'b.xhtml'],
			['Two', 'e.xhtml'],
		],
		afterSpine: '<guide><reference type="title-page" href="a.xhtml"/></guide>',
	});
	t.deepEqual(textsOf(book), ['The text.']);
	t.deepEqual(titlesOf(book), ['Two']);
	t.deepEqual(
		book.skipped.map(({reason}) => reason),
		['title page', 'table of contents', 'copyright page', 'table of contents'],
	);
});

test('what is told of a file with several parts is not told of all', async t => {
	const book = await readEpubOf(t, {
		documents: [{file: 'a.xhtml', content: '<h1 id="x">One</h1><p>Text.</p><h1 id="y">Two</h1>'}],
		toc: [
			['One', 'a.xhtml#x'],
			['Two', 'a.xhtml#y'],
		],
		afterSpine: '<guide><reference type="toc" href="a.xhtml"/></guide>',
	});
	t.deepEqual(textsOf(book), ['One', 'Text.', 'Two']);
});

test('front matter is what stands before the body’s landmark', async t => {
	const made = {
		documents: documents('a', 'b'),
		files: {
			'OEBPS/nav.xhtml': xhtmlOf(
				'<nav epub:type="toc"><ol><li><a href="a.xhtml">A</a></li><li><a href="b.xhtml">B</a></li></ol></nav>' +
					'<nav epub:type="landmarks"><ol><li><a epub:type="bodymatter" href="b.xhtml">Start</a></li></ol></nav>',
			),
		},
		toc: [],
	};
	t.deepEqual(textsOf(await readEpubOf(t, made)), ['Text of a.', 'Text of b.']);
	t.deepEqual(textsOf(await readEpubOf(t, made, {frontMatter: 'skip'})), ['Text of b.']);
});

test('page numbers that the list of pages names are left out', async t => {
	const book = await readEpubOf(t, {
		documents: [{file: 'a.xhtml', content: '<p>One <span id="p1">12</span>two <b id="p2">thirteen</b>.</p>'}],
		files: {
			'OEBPS/nav.xhtml': xhtmlOf(
				'<nav epub:type="toc"><ol><li><a href="a.xhtml">A</a></li></ol></nav>' +
					'<nav epub:type="page-list"><ol><li><a href="a.xhtml#p1">12</a></li><li><a href="a.xhtml#p2">13</a></li></ol></nav>',
			),
		},
		toc: [],
	});
	t.deepEqual(textsOf(book), ['One two thirteen.']);
});

test('the archive is closed again, also where it is no book', async t => {
	const paths = [await epubFileOf(t), await epubFileOf(t, {files: {'OEBPS/book.opf': '<package/>'}})];
	await t.notThrowsAsync(readBook(paths[0] ?? ''));
	await t.throwsAsync(readBook(paths[1] ?? ''), {code: 'BOOK_INVALID'});
	if (!goOnIf(t, existsSync('/proc/self/fd'), 'this system does not list open files in /proc')) return;
	const open = readdirSync('/proc/self/fd').flatMap(fd => {
		try {
			return [readlinkSync(`/proc/self/fd/${fd}`)];
		} catch {
			return [];
		}
	});
	t.deepEqual(
		paths.filter(path => open.includes(path)),
		[],
	);
});

const entities: Readonly<Record<string, string>> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&apos;': "'",
};

/** Counts a document's characters by another way than the reader's. */
function countIn(xhtml: string): number {
	const body = xhtml.slice(xhtml.indexOf('<body'));
	const text = body.replaceAll(/<[^>]*>/g, '').replaceAll(/&\w+;/g, name => entities[name] ?? unknown(name));
	return text.replaceAll(/[\s\u00AD\u200B\u2060\uFEFF]/g, '').length;
}

function unknown(name: string): never {
	throw new Error(`the count knows no ${name}`);
}

for (const [file, title, chapterCount, prefix] of [
	['childrens-literature.epub', "Children's Literature", 21, 'EPUB/'],
	['love-among-the-chickens.epub', 'Love Among the Chickens', 24, 'epub/'],
] as const) {
	test(`nothing of ${file} vanishes: what is read and what is skipped add up to its text`, async t => {
		const path = shared(`books/${file}`);
		if (!goOnIf(t, path, 'the shared books are not here') || path === undefined) return;
		const book = await readBook(path);
		t.is(book.title, title);
		t.is(book.chapters.length, chapterCount);
		t.truthy(book.cover);
		const opf = readZipped(path, file.startsWith('c') ? 'EPUB/package.opf' : 'epub/content.opf').toString();
		const hrefs = new Map(
			[...opf.matchAll(/<item\s[^>]*?>/g)].map(([item]) => [
				/id="([^"]+)"/.exec(item)?.[1],
				/href="([^"]+)"/.exec(item)?.[1],
			]),
		);
		const files = [...opf.matchAll(/<itemref\s[^>]*?idref="([^"]+)"/g)].map(
			([, id]) => `${prefix}${hrefs.get(id)}`,
		);
		const texts = new Map(files.map(name => [name, readZipped(path, name).toString()]));
		t.is(
			book.sourceCharacters,
			[...texts.values()].reduce((sum, text) => sum + countIn(text), 0),
		);
		const {read, skipped} = auditOf(book);
		t.is(read + skipped, book.sourceCharacters);
		t.true(read > 0.97 * book.sourceCharacters);
		t.deepEqual(wrongRuns(book, texts), []);
	});
}
