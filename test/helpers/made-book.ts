import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buffer} from 'node:stream/consumers';
import type {ExecutionContext} from 'ava';
import {decodeHTMLStrict} from 'entities';
import {ZipFile} from 'yazl';
import {readCharacters} from '../../lib/audiobook/in/count.js';
import {type Book, type ReadBookOptions, readBook} from '../../lib/audiobook/index.js';

/** A document of a made EPUB. */
export interface MadeDocument {
	/** Path below `OEBPS/`, as the archive spells it; the manifest's is percent-encoded. */
	readonly file: string;
	/** What is in its `body`, or the whole document where it begins with `<`+`?xml` or `<!doctype`. */
	readonly content: string;
	/** Attributes of its `itemref`. */
	readonly itemref?: string;
	/** Attributes of its `item`. */
	readonly item?: string;
	/** False for one beside the spine. */
	readonly inSpine?: boolean;
}

export interface MadeEpub {
	readonly documents?: readonly MadeDocument[];
	/** In place of a title, an author and a language. */
	readonly metadata?: string;
	/** Behind the documents' items. */
	readonly manifest?: string;
	/** Attributes of the spine. */
	readonly spine?: string;
	/** Behind the spine: a guide. */
	readonly afterSpine?: string;
	/** Entries of a navigation document `OEBPS/nav.xhtml`: titles and links. */
	readonly toc?: ReadonlyArray<readonly [title: string, href: string]>;
	/** Attributes of `html` in every document. */
	readonly html?: string;
	/** More files, or others than are made; undefined removes one. */
	readonly files?: Readonly<Record<string, string | Buffer | undefined>>;
}

const opf =
	'xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf"';
const xhtml =
	'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:xlink="http://www.w3.org/1999/xlink"';

/** A whole XHTML document. */
export function xhtmlOf(body: string, attributes = ''): string {
	return `<?xml version="1.0" encoding="utf-8"?>\n<html ${xhtml} ${attributes}><head><title>A file</title></head><body>${body}</body></html>`;
}

/** The files of an EPUB, by their paths. */
export function epubFiles({
	documents = [{file: 'chapter.xhtml', content: '<h1>One</h1><p>Text.</p>'}],
	metadata = '<dc:title>A Book</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en</dc:language>',
	manifest = '',
	spine = '',
	afterSpine = '',
	toc,
	html = '',
	files = {},
}: MadeEpub = {}): Map<string, Buffer> {
	const items = documents.map(
		({file, item = ''}, index) =>
			`<item id="d${index}" href="${encodeURI(file).replaceAll('&', '&amp;')}" media-type="application/xhtml+xml" ${item}/>`,
	);
	const refs = documents.map(({inSpine = true, itemref = ''}, index) =>
		inSpine ? `<itemref idref="d${index}" ${itemref}/>` : '',
	);
	const nav = toc?.map(([title, href]) => `<li><a href="${href}">${title}</a></li>`).join('');
	const navItem =
		nav === undefined
			? ''
			: '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>';
	const made: Record<string, string | Buffer | undefined> = {
		mimetype: 'application/epub+zip',
		'META-INF/container.xml':
			'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>' +
			'<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
		'OEBPS/book.opf':
			`<package ${opf} version="3.0"><metadata>${metadata}</metadata>` +
			`<manifest>${items.join('')}${navItem}${manifest}</manifest><spine ${spine}>${refs.join('')}</spine>${afterSpine}</package>`,
		...(nav === undefined ? {} : {'OEBPS/nav.xhtml': xhtmlOf(`<nav epub:type="toc"><ol>${nav}</ol></nav>`)}),
		...Object.fromEntries(
			documents.map(({file, content}) => [
				`OEBPS/${file}`,
				/^<(?:\?xml|!doctype)/i.test(content) ? content : xhtmlOf(content, html),
			]),
		),
		...files,
	};
	return new Map(
		Object.entries(made).flatMap(([path, content]) =>
			content === undefined ? [] : [[path, Buffer.from(content)]],
		),
	);
}

/** An archive of files, with yazl. */
export function zipOf(files: ReadonlyMap<string, Buffer>): Promise<Buffer> {
	const zip = new ZipFile();
	for (const [path, content] of files)
		zip.addBuffer(content, path, {mtime: new Date(0), compress: path !== 'mimetype'});
	zip.end();
	return buffer(zip.outputStream);
}

/** A folder that goes with the test. */
export async function folderOf(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'speechpipe-book-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	return folder;
}

/** Writes a file into a folder of its own; gives its path. */
export async function fileOf(t: ExecutionContext, name: string, content: string | Buffer): Promise<string> {
	const path = join(await folderOf(t), name);
	await writeFile(path, content);
	return path;
}

export async function epubFileOf(t: ExecutionContext, made: MadeEpub = {}): Promise<string> {
	return fileOf(t, 'book.epub', await zipOf(epubFiles(made)));
}

export async function readEpubOf(
	t: ExecutionContext,
	made: MadeEpub,
	options?: ReadBookOptions,
): Promise<Book> {
	return readBook(await epubFileOf(t, made), options);
}

/** Reads a source with some name, such as `book.md`. */
export async function readSourceOf(
	t: ExecutionContext,
	name: string,
	content: string | Buffer,
	options?: ReadBookOptions,
): Promise<Book> {
	return readBook(await fileOf(t, name, content), options);
}

/** The texts of all blocks, chapter by chapter. */
export function textsOf({chapters}: Book): string[] {
	return chapters.flatMap(({blocks}) => blocks.map(({text}) => text));
}

export function blocksOf({chapters}: Book): Book['chapters'][number]['blocks'] {
	return chapters.flatMap(({blocks}) => blocks);
}

export function titlesOf({chapters}: Book): string[] {
	return chapters.map(({title}) => title);
}

/** What is skipped, as `reason: excerpt`. */
export function skippedOf({skipped}: Book): string[] {
	return skipped.map(({reason, excerpt}) => `${reason}: ${excerpt}`);
}

/** Characters that the audit says are read and skipped: their sum is the source's. */
export function auditOf({chapters, skipped}: Book): {read: number; skipped: number} {
	return {
		read: chapters.reduce((sum, chapter) => sum + readCharacters(chapter), 0),
		skipped: skipped.reduce((sum, {characters}) => sum + characters, 0),
	};
}

/** What is wrong with the runs of a book: each must show, in the source's own characters, what the block says there. */
export function wrongRuns(book: Book, sources: ReadonlyMap<string, string>): string[] {
	const wrong: string[] = [];
	for (const {text, runs} of blocksOf(book)) {
		let end = 0;
		for (const {textStart, length, file, sourceStart, sourceLength, counts} of runs) {
			const found = sources.get(file)?.slice(sourceStart, sourceStart + sourceLength);
			const said = text.slice(textStart, textStart + length);
			if (textStart < end || length === 0) wrong.push(`${file}: runs overlap at ${textStart} of ${text}`);
			end = textStart + length;
			const blank =
				said === ' ' && found !== undefined && found !== '' && (found.trim() === '' || found.startsWith('&'));
			const same =
				found?.length === said.length &&
				[...said].every(
					(_, at) => said[at] === found[at] || (said[at] === ' ' && /\s/.test(found[at] ?? '')),
				);
			const reference =
				found?.startsWith('&') === true && found.endsWith(';') && decodeHTMLStrict(found) === said;
			const numeral = counts === found?.length && /^[IVXLC]+$/.test(found ?? '') && /^\d+$/.test(said);
			if (!(same || blank || reference || numeral))
				wrong.push(`${file} at ${sourceStart}: ${found} is read as ${said}`);
		}
	}
	return wrong;
}
