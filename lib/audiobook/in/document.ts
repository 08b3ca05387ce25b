import {basename} from 'node:path';
import type {Audit} from './audit.js';
import {chaptersByHeadings} from './chapters.js';
import {resolveLink} from './files.js';
import {parseHtml} from './html.js';
import {decodeFile, parseXhtml} from './markup.js';
import type {Metadata} from './metadata.js';
import {Notes} from './notes.js';
import {canonicalLanguage, type Reading} from './options.js';
import {parsePlainText} from './plain-text.js';
import {Reader} from './reader.js';
import type {ReadSource} from './source.js';
import type {SourceDocument} from './source-document.js';
import {collapsed, type Element, elementsIn, find, textOf} from './tree.js';

export type DocumentKind = 'html' | 'markdown' | 'text';

type Parsed = Pick<SourceDocument, 'root' | 'outside'> & {readonly metadata: Metadata};

export interface DocumentFile {
	readonly kind: DocumentKind;
	/** Path in the source. */
	readonly file: string;
	/** Whether it is one of several that make the book: then it is a chapter, unless it has several headings of the first level. */
	readonly among?: boolean | undefined;
}

/** Reads a single document. */
export async function readDocument(
	bytes: Buffer,
	{kind, file, among}: DocumentFile,
	reading: Reading,
	audit: Audit,
): Promise<ReadSource> {
	const {metadata, ...document} = await parsers[kind](bytes, file, audit);
	const language = reading.language ?? metadata.language ?? 'en';
	const documents = [{...document, file}];
	const notes = new Notes(documents, resolveLink);
	const reader = new Reader({
		reading,
		notes,
		audit,
		language: canonicalLanguage(language) ?? 'en',
		places: new Set(),
	});
	for (const found of documents) reader.read(found);
	reader.finish();
	const title = metadata.title ?? basename(file).replace(/\.\w+$/, '');
	const levels = Number.isFinite(reading.chapterLevels) ? reading.chapterLevels : 1;
	return {
		metadata: {...metadata, title},
		language,
		chapters: chaptersByHeadings(reader.blocks, title, {levels, outermost: among}),
	};
}

type Parse = (bytes: Buffer, file: string, audit: Audit) => Parsed | Promise<Parsed>;

const parsers: Readonly<Record<DocumentKind, Parse>> = {
	html(bytes, file, audit) {
		const isXml = /^[^<]*<\?xml\b/.test(bytes.subarray(0, 64).toString('latin1'));
		const root = isXml ? parseXhtml(bytes, file, audit) : parseHtml(decodeFile(bytes, file, audit));
		return {root, outside: outsideMain(root), metadata: htmlMetadata(root)};
	},
	async markdown(bytes, file, audit) {
		// A hundred modules, which no other book needs.
		const {parseMarkdown} = await import('./markdown.js');
		const {root, metadata} = parseMarkdown(decodeFile(bytes, file, audit));
		return {root, metadata: {...metadata, title: metadata.title ?? firstHeading(root)}};
	},
	text: (bytes, file, audit) => parsePlainText(decodeFile(bytes, file, audit)),
};

function htmlMetadata(root: Element): Metadata {
	const head = find(root, 'head');
	const elements = head ? [...elementsIn(head)] : [];
	const title = elements.find(({name}) => name === 'title');
	const meta = (name: string) =>
		elements
			.find(({attributes}) => attributes.get('name')?.toLowerCase() === name)
			?.attributes.get('content');
	const author = meta('author') ?? meta('dc.creator');
	const tag = root.attributes.get('lang') ?? root.attributes.get('xml:lang');
	return {
		// The head has no text of the document, but its title has.
		title: (title && collapsed(title.children.map(textOf).join(''))) || firstHeading(root),
		authors: author === undefined ? [] : [author],
		language: tag === undefined ? undefined : canonicalLanguage(tag),
		description: meta('description'),
	};
}

function firstHeading(root: Element): string | undefined {
	const heading = find(root, 'h1');
	return heading && (collapsed(textOf(heading)) || undefined);
}

/** Where a page says which part of it is its text, the elements around that (HTML, 4.4.14). */
function outsideMain(root: Element): ReadonlySet<Element> | undefined {
	const mains = [...elementsIn(root)].filter(({name}) => name === 'main');
	const [main] = mains;
	if (!main || mains.length > 1) return undefined;
	const outside = new Set<Element>();
	for (let at = main; at.parent && at.name !== 'body'; at = at.parent)
		for (const child of at.parent.children)
			if (child.type === 'element' && child !== at && child.name !== 'head') outside.add(child);
	return outside;
}
