import {createHash} from 'node:crypto';
import type {Block, Book, Chapter, Run} from '../book.js';
import type {BookFiles} from '../in/files.js';
import {escaped} from './markup.js';
import {navigationDocument} from './navigation-document.js';

/** A plain EPUB 3 of a book that was none: its files, and the book as if it had been read from them. */
export interface PlainEpub {
	readonly files: BookFiles;
	readonly book: Book;
}

const packagePath = 'EPUB/package.opf';
const style = `body { margin: 1em; }
h2 { margin: 2em 0 1em; text-align: center; }
p { margin: 0; text-indent: 1.5em; }
h2 + p, hr + p { text-indent: 0; }
blockquote p, p.item, p.line, p.note { text-indent: 0; }
pre { white-space: pre-wrap; }
`;

/** Each chapter a document, each block an element; what the blocks do not tell of the source (images, emphasis) is not in it. */
export function plainEpub(book: Book): PlainEpub {
	const made = book.chapters.map((chapter, index) => documentOf(chapter, index, book));
	const paths = made.map(({path}) => path);
	const cover = book.cover && {path: `EPUB/cover.${book.cover.mediaType.slice(6)}`, bytes: book.cover.bytes};
	const contents = new Map<string, Buffer>([
		['META-INF/container.xml', Buffer.from(container)],
		[packagePath, Buffer.from(packageDocument(book, paths, cover?.path))],
		['EPUB/nav.xhtml', Buffer.from(navigation(book, paths))],
		['EPUB/style.css', Buffer.from(style)],
		...(cover ? [[cover.path, cover.bytes] as const] : []),
		...made.map(({path, text}) => [path, Buffer.from(text)] as const),
	]);
	const chapters = book.chapters.map((chapter, index) => ({...chapter, blocks: made[index]?.blocks ?? []}));
	return {files: filesIn(contents), book: {...book, chapters}};
}

function filesIn(contents: ReadonlyMap<string, Buffer>): BookFiles {
	return {
		paths: new Set(contents.keys()),
		read: async path => contents.get(path) ?? Buffer.alloc(0),
		async close() {},
	};
}

function documentOf({title, blocks}: Chapter, index: number, {language}: Book) {
	const path = `EPUB/chapter-${index + 1}.xhtml`;
	let text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="${escaped(language)}" xml:lang="${escaped(language)}">
<head>
<title>${escaped(title || `Chapter ${index + 1}`)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
`;
	const placed: Block[] = [];
	for (const block of blocks) {
		const {open, close} = elementFor(block);
		text += open;
		placed.push({...block, runs: runsFor(block.text, path, text.length)});
		text += `${escaped(block.text)}${close}\n`;
		if (block.endsSection) text += '<hr/>\n';
	}
	return {path, text: `${text}</body>\n</html>\n`, blocks: placed};
}

function elementFor({kind, language}: Block): {readonly open: string; readonly close: string} {
	const tag = language === undefined ? '' : ` lang="${escaped(language)}" xml:lang="${escaped(language)}"`;
	const paragraph = (name?: string) => ({
		open: `<p${name === undefined ? '' : ` class="${name}"`}${tag}>`,
		close: '</p>',
	});
	if (kind === 'heading') return {open: `<h2${tag}>`, close: '</h2>'};
	if (kind === 'quote') return {open: `<blockquote${tag}><p>`, close: '</p></blockquote>'};
	if (kind === 'code') return {open: `<pre${tag}>`, close: '</pre>'};
	if (kind === 'verse') return paragraph('line');
	if (kind === 'listItem') return paragraph('item');
	return kind === 'note' ? paragraph('note') : paragraph();
}

/** Where the text of a block stands once it is escaped: a run for each stretch, and for each reference. */
function runsFor(text: string, file: string, start: number): Run[] {
	let sourceStart = start;
	return [...text.matchAll(/[^&<>"]+|[&<>"]/g)].map(({0: part, index}) => {
		const sourceLength = escaped(part).length;
		const run = {textStart: index, length: part.length, file, sourceStart, sourceLength};
		sourceStart += sourceLength;
		return run;
	});
}

function navigation(book: Book, paths: readonly string[]): string {
	const entries = book.chapters.map(({title}, index) => ({
		title: title || `Chapter ${index + 1}`,
		href: (paths[index] ?? '').slice('EPUB/'.length),
		level: 1,
	}));
	return navigationDocument(book.title, book.language, entries);
}

function packageDocument(book: Book, paths: readonly string[], cover: string | undefined): string {
	const {title, authors, language, year, publisher, description} = book;
	const element = (name: string, text: string | undefined, id = '') =>
		text === undefined ? '' : `\t\t<dc:${name}${id}>${escaped(text)}</dc:${name}>\n`;
	const items = paths.map(
		(path, index) =>
			`\t\t<item id="chapter-${index + 1}" href="${path.slice('EPUB/'.length)}" media-type="application/xhtml+xml"/>\n`,
	);
	const picture =
		cover === undefined
			? ''
			: `\t\t<item id="cover" href="${cover.slice('EPUB/'.length)}" media-type="${book.cover?.mediaType}" properties="cover-image"/>\n`;
	return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
	<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${element('identifier', identifierOf(book), ' id="id"')}${element('title', title)}${authors.map(author => element('creator', author)).join('')}${element('language', language)}${element('date', year)}${element('publisher', publisher)}${element('description', description)}	</metadata>
	<manifest>
		<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
		<item id="style" href="style.css" media-type="text/css"/>
${picture}${items.join('')}	</manifest>
	<spine>
${paths.map((_, index) => `\t\t<itemref idref="chapter-${index + 1}"/>\n`).join('')}	</spine>
</package>
`;
}

/** Of the book's text (RFC 9562, version 8): the same book has the same. */
function identifierOf({title, authors, chapters}: Book): string {
	const texts = chapters.flatMap(({blocks}) => blocks.map(({text}) => text));
	const digest = createHash('sha256')
		.update(JSON.stringify([title, authors, texts]))
		.digest('hex');
	const [a, b, c, d, e] = [
		digest.slice(0, 8),
		digest.slice(8, 12),
		digest.slice(13, 16),
		digest.slice(17, 20),
		digest.slice(20, 32),
	];
	return `urn:uuid:${a}-${b}-8${c}-8${d}-${e}`;
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
	<rootfiles>
		<rootfile full-path="${packagePath}" media-type="application/oebps-package+xml"/>
	</rootfiles>
</container>
`;
