import {mkdir, symlink, truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {readBook} from '../../../lib/audiobook/index.js';
import {
	auditOf,
	epubFileOf,
	epubFiles,
	fileOf,
	folderOf,
	type MadeEpub,
	readEpubOf,
	readSourceOf,
	skippedOf,
	textsOf,
	titlesOf,
	xhtmlOf,
	zipOf,
} from '../../helpers/made-book.js';

/** What is refused, with which code and words. */
const refused = test.macro({
	exec: async (t, name: string, content: () => Promise<string | Buffer>, code: string, message: RegExp) => {
		await t.throwsAsync(readSourceOf(t, name, await content()), {name: 'SpeechError', code, message});
	},
	title: (name = '') => `refused: ${name}`,
});

const epub = (made: MadeEpub) => async () => zipOf(epubFiles(made));
const text = (content: string) => async () => content;
const p = '<p>Text.</p>';

test(
	'not a ZIP',
	refused,
	'book.epub',
	text('This is no archive.'),
	'BOOK_INVALID',
	/book\.epub cannot be read as an archive \(ZIP\)/,
);
test('an empty file', refused, 'book.epub', text(''), 'BOOK_INVALID', /archive/);
test('an empty text', refused, 'book.txt', text(' \n\n '), 'BOOK_INVALID', /has nothing to read/);
test(
	'a ZIP that is no EPUB',
	refused,
	'book.epub',
	async () => zipOf(new Map([['a.txt', Buffer.from('a')]])),
	'BOOK_INVALID',
	/no EPUB: META-INF\/container\.xml is missing/,
);
test(
	'a container that names nothing',
	refused,
	'book.epub',
	epub({files: {'META-INF/container.xml': '<container/>', 'x.opf': '<package/>'}}),
	'BOOK_INVALID',
	/names no package document/,
);
test(
	'no package document',
	refused,
	'book.epub',
	epub({files: {'OEBPS/book.opf': undefined}}),
	'BOOK_INVALID',
	/lacks its package document OEBPS\/book\.opf/,
);
test(
	'a package document that is none',
	refused,
	'book.epub',
	epub({files: {'OEBPS/book.opf': 'nothing'}}),
	'BOOK_INVALID',
	/OEBPS\/book\.opf is no XML/,
);
test(
	'no spine',
	refused,
	'book.epub',
	epub({files: {'OEBPS/book.opf': '<package><manifest/></package>'}}),
	'BOOK_INVALID',
	/has no spine/,
);
test(
	'an empty spine',
	refused,
	'book.epub',
	epub({documents: []}),
	'BOOK_INVALID',
	/none of the files that its spine lists/,
);
test(
	'no chapter file at all',
	refused,
	'book.epub',
	epub({files: {'OEBPS/chapter.xhtml': undefined}}),
	'BOOK_INVALID',
	/none of the files/,
);
test(
	'nothing but parts that are skipped',
	refused,
	'book.epub',
	epub({documents: [{file: 'a.xhtml', content: '<section epub:type="titlepage">A</section>'}]}),
	'BOOK_INVALID',
	/has nothing to read: all of it is skipped \(first: title page\)/,
);
test('a PDF', refused, 'book.epub', text('%PDF-1.7'), 'BOOK_INVALID', /is a PDF, which is not read/);
test(
	'a Kindle book',
	refused,
	'book.mobi',
	text(`${'x'.repeat(60)}BOOKMOBI`),
	'BOOK_INVALID',
	/is a Kindle book/,
);
test('a file of bytes', refused, 'book', text('a\0b'), 'BOOK_INVALID', /is not text/);

test('a path that leads nowhere, or is no file', async t => {
	await t.throwsAsync(readBook('/nowhere/at/all'), {
		code: 'FILE_FAILED',
		message: '/nowhere/at/all cannot be read: no such file or directory.',
	});
	await t.throwsAsync(readBook('/dev/null'), {code: 'FILE_FAILED', message: /neither a file nor a folder/});
	await t.throwsAsync(readBook(await folderOf(t)), {
		code: 'BOOK_INVALID',
		message: /holds no EPUB, Markdown, HTML or plain text/,
	});
});

test('a truncated archive', async t => {
	const path = await epubFileOf(t);
	await truncate(path, 300);
	await t.throwsAsync(readBook(path), {code: 'BOOK_INVALID', message: /archive/});
});

test('an archive whose bytes were changed', async t => {
	const zip = await zipOf(
		epubFiles({documents: [{file: 'a.xhtml', content: `<p>${'word '.repeat(500)}</p>`}]}),
	);
	const at = zip.indexOf('OEBPS/a.xhtml') + 40;
	zip.fill(0xff, at, at + 20);
	await t.throwsAsync(readSourceOf(t, 'book.epub', zip), {code: 'BOOK_INVALID', message: /OEBPS\/a\.xhtml/});
});

test('a chapter file that is missing is told of, the others are read', async t => {
	const book = await readEpubOf(t, {
		documents: [
			{file: 'a.xhtml', content: p},
			{file: 'b.xhtml', content: p},
		],
		toc: [
			['A', 'a.xhtml'],
			['B', 'b.xhtml'],
		],
		files: {'OEBPS/b.xhtml': undefined},
	});
	t.deepEqual(titlesOf(book), ['A']);
	t.true(skippedOf(book).includes('missing file: OEBPS/b.xhtml'));
	t.regex(book.warnings.join('\n'), /OEBPS\/b\.xhtml is missing/);
});

test('an item of the spine that the manifest lacks is told of', async t => {
	const files = epubFiles();
	const opf = String(files.get('OEBPS/book.opf')).replace('</spine>', '<itemref idref="gone"/></spine>');
	const book = await readEpubOf(t, {files: {'OEBPS/book.opf': opf}});
	t.deepEqual(skippedOf(book), ['missing from the manifest: gone']);
});

test('empty chapters are no chapters, and told of', async t => {
	const book = await readEpubOf(t, {
		documents: [
			{file: 'a.xhtml', content: p},
			{file: 'b.xhtml', content: '<p> &#160; </p>'},
			{file: 'c.xhtml', content: p},
		],
		toc: [
			['A', 'a.xhtml'],
			['B', 'b.xhtml'],
			['C', 'c.xhtml'],
		],
	});
	t.deepEqual(titlesOf(book), ['A', 'C']);
	t.deepEqual(skippedOf(book), ['chapter with nothing to read: B']);
});

const encryption = (algorithm: string, uri: string) =>
	`<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></enc:EncryptedData></encryption>`;
const aes = 'http://www.w3.org/2001/04/xmlenc#aes256-cbc';

test(
	'protected books',
	refused,
	'book.epub',
	epub({files: {'META-INF/encryption.xml': encryption(aes, 'OEBPS/chapter.xhtml')}}),
	'BOOK_PROTECTED',
	/is protected \(DRM\): OEBPS\/chapter\.xhtml is encrypted/,
);
test(
	'protected books, with whose protection it is',
	refused,
	'book.epub',
	epub({
		files: {'META-INF/encryption.xml': encryption(aes, 'OEBPS/chapter.xhtml'), 'META-INF/license.lcpl': '{}'},
	}),
	'BOOK_PROTECTED',
	/DRM, Readium LCP/,
);
test('fonts that are obfuscated are no protection', async t => {
	for (const algorithm of ['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#RC']) {
		const book = await readEpubOf(t, {
			files: {'META-INF/encryption.xml': encryption(algorithm, 'OEBPS/font.otf')},
		});
		t.deepEqual(textsOf(book), ['One', 'Text.']);
	}
	// What is not read may be encrypted as it likes.
	t.truthy(await readEpubOf(t, {files: {'META-INF/encryption.xml': encryption(aes, 'OEBPS/movie.mp4')}}));
});

test('an archive with a password', async t => {
	const zip = await zipOf(epubFiles());
	// Bit 0 of the general purpose flags of each entry of the directory (APPNOTE 4.4.4).
	for (
		let at = zip.indexOf('PK\x01\x02', zip.indexOf('PK\x01\x02') + 4);
		at >= 0;
		at = zip.indexOf('PK\x01\x02', at + 4)
	)
		zip[at + 8] = (zip[at + 8] ?? 0) | 1;
	await t.throwsAsync(readSourceOf(t, 'book.epub', zip), {
		code: 'BOOK_PROTECTED',
		message: /is encrypted \(META-INF\/container\.xml asks for a password\)/,
	});
});

test('paths that lead out of the archive', async t => {
	const name = 'xx/xx/etc/passwd';
	const zip = await zipOf(new Map([...epubFiles(), [name, Buffer.from('x')]]));
	for (const path of ['../../etc/passwd', '/x/xx/etc/passwd']) {
		const bad = Buffer.from(zip.toString('latin1').replaceAll(name, path), 'latin1');
		await t.throwsAsync(readSourceOf(t, 'book.epub', bad), {
			code: 'BOOK_INVALID',
			message: /path: .*etc\/passwd/,
		});
	}
});

test('links that lead out of the book lead nowhere', async t => {
	const folder = await folderOf(t);
	await writeFile(join(folder, 'secret.xhtml'), '<p>Secret.</p>');
	const book = await readEpubOf(t, {
		documents: [{file: 'a.xhtml', content: p}],
		manifest: `<item id="s" href="../../../../../../..${folder}/secret.xhtml" media-type="application/xhtml+xml"/><item id="f" href="file://${folder}/secret.xhtml" media-type="application/xhtml+xml"/>`,
	});
	t.deepEqual(textsOf(book), ['Text.']);
});

test('symbolic links in a folder are not followed', async t => {
	const folder = await folderOf(t);
	await writeFile(join(folder, 'a.txt'), 'Text.');
	await symlink('/etc/passwd', join(folder, 'b.txt'));
	await symlink(folder, join(folder, 'c'));
	await mkdir(join(folder, 'd'));
	const book = await readBook(folder);
	t.deepEqual(textsOf(book), ['Text.']);
	t.deepEqual(book.warnings, [
		'b.txt is left out: links are not followed.',
		'c is left out: links are not followed.',
	]);
});

test('entities are never expanded', async t => {
	const lol = Array.from(
		{length: 9},
		(_, index) => `<!ENTITY lol${index + 1} "${`&lol${index};`.repeat(10)}">`,
	).join('');
	const content = `<?xml version="1.0"?><!DOCTYPE html [<!ENTITY lol0 "lol">${lol}<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>Ha &lol9; &x;.</p></body></html>`;
	const book = await readEpubOf(t, {documents: [{file: 'a.xhtml', content}]});
	t.deepEqual(textsOf(book), ['Ha &lol9; &x;.']);
	t.regex(book.warnings.join('\n'), /OEBPS\/a\.xhtml is no well-formed XHTML/);
	await t.throwsAsync(readEpubOf(t, {files: {'OEBPS/book.opf': content}}), {code: 'BOOK_INVALID'});
});

test(
	'bombs, by their ratio',
	refused,
	'book.epub',
	epub({documents: [{file: 'a.xhtml', content: `<p>${'a'.repeat(8_000_000)}</p>`}]}),
	'BOOK_TOO_LARGE',
	/OEBPS\/a\.xhtml would unpack to \d+ times its size/,
);

test('bombs, by their size', async t => {
	const zip = await zipOf(epubFiles());
	// The uncompressed size in the directory (APPNOTE 4.4.9).
	zip.writeUInt32LE(2 ** 31, zip.lastIndexOf('PK\x01\x02', zip.lastIndexOf('OEBPS/chapter.xhtml')) + 24);
	await t.throwsAsync(readSourceOf(t, 'book.epub', zip), {
		code: 'BOOK_TOO_LARGE',
		message: /would unpack to 2147483648 bytes/,
	});
});

test('archives that unpack to more than they say', async t => {
	const zip = await zipOf(
		epubFiles({documents: [{file: 'a.xhtml', content: `<p>${'word '.repeat(5000)}</p>`}]}),
	);
	zip.writeUInt32LE(100, zip.lastIndexOf('PK\x01\x02', zip.lastIndexOf('OEBPS/a.xhtml')) + 24);
	await t.throwsAsync(readSourceOf(t, 'book.epub', zip), {code: 'BOOK_INVALID', message: /OEBPS\/a\.xhtml/});
});

test('archives of a great many files', async t => {
	const files = new Map(Array.from({length: 20_001}, (_, index) => [`f${index}`, Buffer.alloc(0)] as const));
	await t.throwsAsync(readSourceOf(t, 'book.epub', await zipOf(files)), {
		code: 'BOOK_TOO_LARGE',
		message: /holds 20001 files/,
	});
});

test('markup that multiplies or nests without end', async t => {
	const fonts = Array.from({length: 3000}, (_, index) => `<font size="${index}">`).join('');
	await t.throwsAsync(readSourceOf(t, 'a.html', `<p>${fonts}${'<p>x'.repeat(3000)}`), {
		code: 'BOOK_TOO_LARGE',
		message: /multiply/,
	});
	await t.throwsAsync(readSourceOf(t, 'a.html', `${'<div>'.repeat(10_000)}x`), {
		code: 'BOOK_TOO_LARGE',
		message: /nests/,
	});
	const deep = 100_000;
	const nested = xhtmlOf(`${'<div>'.repeat(deep)}Deep.${'</div>'.repeat(deep)}`);
	t.deepEqual(textsOf(await readSourceOf(t, 'a.xhtml', nested)), ['Deep.']);
});

test('a paragraph of a megabyte, as XHTML, HTML, Markdown and plain text', async t => {
	const words = 'It was a dark &amp; stormy <i>night</i>; '.repeat(27_000);
	const plain = words
		.replaceAll(/<[^>]*>/g, '')
		.replaceAll('&amp;', '&')
		.trim();
	for (const [name, content] of [
		['a.xhtml', `<?xml version="1.0"?><html><body><p>${words}</p></body></html>`],
		['a.html', `<p>${words}`],
		['a.md', plain],
		['a.txt', plain.replaceAll(/(.{60}) /g, '$1\n')],
	] as const) {
		const book = await readSourceOf(t, name, content);
		t.true(textsOf(book).join(' ') === plain, name);
		const {read, skipped} = auditOf(book);
		t.is(read + skipped, book.sourceCharacters);
	}
});

test('what makes parsers slow does not', async t => {
	for (const [name, content] of [
		['a.html', '<!--'.repeat(200_000)],
		['a.html', '<a '.repeat(200_000)],
		['a.html', '&#'.repeat(200_000)],
		['a.xhtml', `<?xml version="1.0"?><html><body><p>${'<![CDATA['.repeat(50_000)}`],
		['a.xhtml', `<?xml version="1.0"?><html><body><p>${'<br/'.repeat(100_000)}`],
		['a.md', '*a_ '.repeat(5000)],
		['a.md', `${'>'.repeat(2000)} x`],
		['a.txt', `${'CHAPTER I '.repeat(20_000)}\n\n${' '.repeat(200_000)}x\n${'_'.repeat(200_000)}`],
		['a.txt', 'I.\n\n'.repeat(20_000)],
	] as const) {
		const reading = readSourceOf(t, name, `${content}\n\nText.`);
		t.true(
			await reading.then(
				() => true,
				error => /^BOOK_/.test(error.code),
			),
			`${name}: ${content.slice(0, 60)}`,
		);
	}
});

test('XHTML that is broken is read as HTML, with a warning that says where', async t => {
	const book = await readEpubOf(t, {
		documents: [
			{
				file: 'a.xhtml',
				content:
					'<?xml version="1.0"?>\n<html><head><title/></head><body><p>One <b>two</p><p>thr&amp;ee & <br>four</b></p><div/><p>Five</p></body></html>',
			},
		],
	});
	t.deepEqual(textsOf(book), ['One two', 'thr&ee &', 'four', 'Five']);
	t.regex(
		book.warnings[0] ?? '',
		/^OEBPS\/a\.xhtml is no well-formed XHTML \(2:\d+: .*\): it was read as HTML\.$/,
	);
});

test('a file without a byte is an empty chapter', async t => {
	const documents = ['a.xhtml', 'b.xhtml'].map(file => ({file, content: p}));
	const book = await readEpubOf(t, {documents, files: {'OEBPS/b.xhtml': ''}});
	t.deepEqual(textsOf(book), ['Text.']);
	t.regex(book.warnings.join(), /OEBPS\/b\.xhtml is no well-formed XHTML/);
});

test('a mimetype, a container or paths that are not as they should be are forgiven', async t => {
	const book = await readEpubOf(t, {
		files: {mimetype: 'application/zip', 'META-INF/container.xml': undefined},
	});
	t.deepEqual(textsOf(book), ['One', 'Text.']);
	t.regex(book.warnings.join(), /OEBPS\/book\.opf was taken/);
});

test('an archive under another name is an EPUB all the same', async t => {
	t.deepEqual(textsOf(await readBook(await fileOf(t, 'book.zip', await zipOf(epubFiles())))), [
		'One',
		'Text.',
	]);
});
