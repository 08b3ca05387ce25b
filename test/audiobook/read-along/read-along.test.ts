import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {readBook, selectChapters} from '../../../lib/audiobook/index.js';
import {type ReadAlongOptions, writeReadAlong} from '../../../lib/audiobook/read-along/read-along.js';
import {findFfmpeg} from '../../../lib/transcode/ffmpeg.js';
import {readZipped} from '../../helpers/epub.js';
import {epubcheck, hasEpubcheck} from '../../helpers/epubcheck.js';
import {
	epubFileOf,
	epubFiles,
	fileOf,
	folderOf,
	type MadeEpub,
	xhtmlOf,
	zipOf,
} from '../../helpers/made-book.js';
import {goOnIf, shared} from '../../helpers/shared.js';
import {spokenChapters} from './words.js';

interface Making extends Partial<Pick<ReadAlongOptions, 'by' | 'overwrite' | 'output' | 'signal'>> {
	readonly chapters?: string;
}

/** A second of silence. */
async function audioOf(t: ExecutionContext): Promise<string> {
	const path = join(await folderOf(t), 'silence.mp3');
	const args = [
		'-v',
		'error',
		'-f',
		'lavfi',
		'-i',
		'anullsrc=r=24000:cl=mono',
		'-t',
		'1',
		'-fflags',
		'+bitexact',
		path,
	];
	execFileSync(findFfmpeg().path, args);
	return path;
}

async function make(
	t: ExecutionContext,
	input: string,
	{chapters, ...options}: Making = {},
): Promise<string> {
	const whole = await readBook(input);
	const book = chapters === undefined ? whole : selectChapters(whole, chapters);
	const output = options.output ?? join(await folderOf(t), 'out.epub');
	await writeReadAlong({input, book, chapters: spokenChapters(book, await audioOf(t)), output, ...options});
	return output;
}

/** An EPUB 2 with much that EPUB 3 has otherwise. */
const old: MadeEpub = {
	documents: [
		{
			file: 'one.xhtml',
			content: oldDocument('<h1>One</h1><p>A&nbsp;first <acronym title="x">word</acronym>.</p>'),
		},
		{
			file: 'two.xhtml',
			content: oldDocument(
				'<h1><a id="two"></a>Two</h1><table border="1" summary="none"><tr valign="top"><td align="left">A cell</td></tr></table><p><tt>code</tt> and <big>big</big></p>',
			),
		},
	],
	manifest: '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
	spine: 'toc="ncx"',
	files: {
		'OEBPS/toc.ncx':
			'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head><meta name="dtb:uid" content="urn:isbn:9780000000002"/></head><docTitle><text>A Book</text></docTitle>' +
			'<navMap><navPoint id="n1" playOrder="1"><navLabel><text>Part &amp; One</text></navLabel><content src="one.xhtml"/>' +
			'<navPoint id="n2" playOrder="2"><navLabel><text>Two</text></navLabel><content src="two.xhtml#two"/></navPoint></navPoint></navMap></ncx>',
	},
};
const oldMetadata =
	'<dc:title>A Book</dc:title><dc:creator opf:role="aut" opf:file-as="Lee, Ann">Ann Lee</dc:creator><dc:language>en</dc:language>' +
	'<dc:identifier id="id" opf:scheme="ISBN">urn:isbn:9780000000002</dc:identifier><dc:date opf:event="publication">1999-05-06</dc:date><dc:date opf:event="modification">2001-01-01</dc:date>';

function oldDocument(body: string): string {
	return xhtmlOf(body)
		.replace(
			'<html',
			'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n<html',
		)
		.replace(
			'<title>A file</title>',
			'<title></title><meta http-equiv="Content-Type" content="application/xhtml+xml; charset=utf-8"/>',
		);
}

async function oldEpub(t: ExecutionContext): Promise<string> {
	const files = epubFiles({...old, metadata: oldMetadata});
	const opf = files.get('OEBPS/book.opf')?.toString() ?? '';
	files.set(
		'OEBPS/book.opf',
		Buffer.from(opf.replace('version="3.0"', 'version="2.0" unique-identifier="id"')),
	);
	return fileOf(t, 'old.epub', await zipOf(files));
}

// Word by word, and the other book: test/cli/read-along.test.ts, with a voice.
test('sentence by sentence: epubcheck has nothing to say that it does not say of the book itself', async t => {
	const input = shared('books/love-among-the-chickens.epub');
	if (!goOnIf(t, input !== undefined && hasEpubcheck, 'the book or epubcheck is missing')) return;
	const output = await make(t, input ?? '', {chapters: '3-4', by: 'sentence'});
	const [before, after] = await Promise.all([epubcheck(input ?? ''), epubcheck(output)]);
	t.is(before.length, 23);
	t.deepEqual(after, before);
});

test('an EPUB 2 becomes an EPUB 3 of which epubcheck has nothing to say', async t => {
	const output = await make(t, await oldEpub(t));
	const opf = readZipped(output, 'OEBPS/book.opf').toString();
	t.regex(opf, /version="3\.0"/);
	t.regex(opf, /<meta property="dcterms:modified">1999-05-06T00:00:01Z<\/meta>/);
	t.regex(opf, /<meta refines="#refined-1" property="role" scheme="marc:relators">aut<\/meta>/);
	t.regex(opf, /<meta refines="#refined-1" property="file-as">Lee, Ann<\/meta>/);
	t.is(opf.match(/<dc:date/g)?.length, 1);
	const nav = readZipped(output, 'OEBPS/read-along/nav.xhtml').toString();
	t.regex(
		nav,
		/<a href="\.\.\/one\.xhtml">Part &amp; One<\/a><ol>\s*<li><a href="\.\.\/two\.xhtml#two">Two<\/a>/,
	);
	if (goOnIf(t, hasEpubcheck, 'epubcheck is missing')) t.deepEqual(await epubcheck(output), []);
});

for (const [name, content] of [
	['book.md', '# One\n\nSome *words* & "more".\n\n> A quote.\n\n- an item\n\n# Two\n\nThe <end>.\n'],
	['book.txt', 'Chapter 1\n\nSome words.\n\nChapter 2\n\nMore words.\n'],
	[
		'book.html',
		'<html lang="de"><head><title>Ein Buch</title></head><body><h1>Eins</h1><p>Wörter.</p></body></html>',
	],
] as const)
	test(`${name} becomes a plain EPUB 3`, async t => {
		const output = await make(t, await fileOf(t, name, content));
		const text = readZipped(output, 'EPUB/chapter-1.xhtml').toString();
		t.regex(text, /<span id="ra-1">/);
		// Plain text comes out as Markdown does.
		if (name !== 'book.txt' && goOnIf(t, hasEpubcheck, 'epubcheck is missing'))
			t.deepEqual(await epubcheck(output), []);
	});

test('the clips of a chapter adjoin, and their sum is what the package says', async t => {
	const output = await make(
		t,
		await epubFileOf(t, {documents: [{file: 'a.xhtml', content: '<h1>One</h1><p>Two three.</p>'}]}),
	);
	const smil = readZipped(output, 'OEBPS/read-along/overlay-1.smil').toString();
	const clips = [
		...smil.matchAll(/#(\S+)"\/><audio src="chapter-1\.mp3" clipBegin="([\d.]+)s" clipEnd="([\d.]+)s"/g),
	];
	t.deepEqual(
		clips.map(([, id, begin, end]) => [id, Number(begin), Number(end)]),
		[
			['ra-1', 0, 0.3],
			['ra-2', 0.3, 0.6],
			['ra-3', 0.6, 1.9],
		],
	);
	const opf = readZipped(output, 'OEBPS/book.opf').toString();
	t.regex(opf, /<meta property="media:duration">1\.9000s<\/meta>/);
	t.regex(opf, /<meta property="media:duration" refines="#ra-overlay-1">1\.9000s<\/meta>/);
	t.regex(opf, /<item media-overlay="ra-overlay-1" id="d0"/);
	t.regex(opf, /<meta property="media:active-class">-epub-media-overlay-active<\/meta>/);
});

test('a note that stands in another file is heard with its chapter, and highlighted there', async t => {
	const documents = [
		{file: 'a.xhtml', content: '<h1>One</h1><p>Text<a epub:type="noteref" href="n.xhtml#n">1</a>.</p>'},
		{file: 'n.xhtml', content: '<aside epub:type="footnote" id="n"><p>The note.</p></aside>'},
	];
	const input = await epubFileOf(t, {documents});
	const book = await readBook(input, {notes: 'end'});
	const output = join(await folderOf(t), 'out.epub');
	await writeReadAlong({input, book, chapters: spokenChapters(book, await audioOf(t)), output});
	const [first, second] = [1, 2].map(number =>
		readZipped(output, `OEBPS/read-along/overlay-${number}.smil`).toString(),
	);
	t.regex(
		first ?? '',
		/a\.xhtml#ra-2"\/><audio src="chapter-1\.mp3" clipBegin="0\.3000s" clipEnd="0\.6000s"/,
	);
	t.regex(
		second ?? '',
		/n\.xhtml#ra-1"\/><audio src="chapter-1\.mp3" clipBegin="0\.6000s" clipEnd="0\.9000s"/,
	);
});

test('overlays that the book had are replaced, signatures go', async t => {
	const input = await epubFileOf(t, {
		documents: [{file: 'a.xhtml', content: '<h1>One</h1><audio src="both.mp3"/>', item: 'media-overlay="o"'}],
		manifest:
			'<item id="o" href="a.smil" media-type="application/smil+xml"/>' +
			'<item id="m" href="old%20one.mp3" media-type="audio/mpeg"/><item id="n" href="both.mp3" media-type="audio/mpeg"/>',
		metadata:
			'<dc:title>A Book</dc:title><meta property="media:duration">1s</meta><meta property="dcterms:modified">2020-02-03T04:05:06Z</meta>',
		files: {
			'OEBPS/a.smil':
				'<smil><body><par><audio src="old%20one.mp3"/></par><par><audio src="both.mp3"/></par></body></smil>',
			'OEBPS/old one.mp3': 'old',
			'OEBPS/both.mp3': 'both',
			'META-INF/signatures.xml': '<signatures/>',
		},
	});
	const output = await make(t, input);
	const opf = readZipped(output, 'OEBPS/book.opf').toString();
	t.deepEqual(
		[...opf.matchAll(/media-overlay="([^"]*)"/g)].map(([, id]) => id),
		['ra-overlay-1'],
	);
	t.is(opf.match(/property="media:duration"/g)?.length, 2);
	t.regex(opf, />2020-02-03T04:05:07Z</);
	t.false(/a\.smil|old%20one/.test(opf));
	for (const gone of ['OEBPS/a.smil', 'OEBPS/old one.mp3', 'META-INF/signatures.xml'])
		t.throws(() => readZipped(output, gone));
	t.is(readZipped(output, 'OEBPS/both.mp3').toString(), 'both');
});

test('mimetype is first and stored; the same book gives the same bytes, in any zone', async t => {
	const input = await epubFileOf(t);
	const first = readFileSync(await make(t, input));
	t.is(first.toString('latin1', 30, 58), 'mimetypeapplication/epub+zip');
	t.is(first.readUInt16LE(8), 0, 'stored');
	const zone = process.env['TZ'];
	process.env['TZ'] = 'Pacific/Kiritimati';
	const second = readFileSync(await make(t, input));
	if (zone === undefined) delete process.env['TZ'];
	else process.env['TZ'] = zone;
	t.true(first.equals(second));
});

test('an unpacked EPUB is packed', async t => {
	const folder = await folderOf(t);
	for (const [path, content] of epubFiles()) {
		mkdirSync(join(folder, path, '..'), {recursive: true});
		writeFileSync(join(folder, path), content);
	}
	const output = await make(t, folder);
	t.true(readFileSync(output).equals(readFileSync(await make(t, await epubFileOf(t)))));
});

test('a paragraph of a million characters is done in time that grows with it', async t => {
	// Words enough, no two alike: what unpacks to very much more is refused.
	const line = (index: number) =>
		`So <i>wo</i>rds ${((index * 2_654_435_761) % 2 ** 32).toString(36)} &amp; go on. `;
	const paragraph = Array.from({length: 25_000}, (_, index) => line(index)).join('');
	const input = await epubFileOf(t, {
		documents: [{file: 'a.xhtml', content: `<h1>One</h1><p>${paragraph}</p>`}],
	});
	for (const by of ['word', 'sentence'] as const)
		t.true(readFileSync(await make(t, input, {by})).length > 100_000);
});

test('a file that is there stays, unless it may be replaced', async t => {
	const input = await epubFileOf(t);
	const output = await fileOf(t, 'out.epub', 'mine');
	await t.throwsAsync(make(t, input, {output}), {code: 'FILE_FAILED', message: /exists already/});
	t.is(readFileSync(output, 'utf8'), 'mine');
	await make(t, input, {output, overwrite: true});
	t.true(readFileSync(output).length > 1000);
});

test('an abort, or audio that is not there, leaves nothing', async t => {
	const input = await epubFileOf(t);
	const output = join(await folderOf(t), 'out.epub');
	const reason = new Error('enough');
	await t.throwsAsync(make(t, input, {output, signal: AbortSignal.abort(reason)}), {is: reason});
	const book = await readBook(input);
	const chapters = spokenChapters(book, '/no/such.mp3');
	await t.throwsAsync(writeReadAlong({input, book, chapters, output}), {code: 'FILE_FAILED'});
	t.false(existsSync(output));
});

test('where nothing that was spoken stands in the text, that is said', async t => {
	const input = await epubFileOf(t);
	const book = await readBook(input);
	const chapters = spokenChapters(book, await audioOf(t)).map(chapter => ({...chapter, words: []}));
	const output = join(await folderOf(t), 'out.epub');
	await t.throwsAsync(writeReadAlong({input, book, chapters, output}), {
		code: 'BOOK_INVALID',
		message: /nothing to highlight/,
	});
});
