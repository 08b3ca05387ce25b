import type {Audit} from './audit.js';
import {type BookFiles, findPath, resolveLink} from './files.js';
import {parseXhtml} from './markup.js';
import {matterTypes, typeByTitle} from './matter.js';
import type {Navigation} from './navigation.js';
import type {Reading} from './options.js';
import type {Item, Package} from './package.js';
import type {SourceDocument} from './reader.js';
import {typeNamed, typesOf} from './semantics.js';
import {collapsed, type Element, elementsIn, find, shortTextOf, textOf} from './tree.js';

export interface EpubDocument extends SourceDocument {
	/** By its heading, or its `title`. */
	readonly title: string | undefined;
	readonly ids: ReadonlySet<string>;
}

export interface EpubSource {
	readonly files: BookFiles;
	readonly opf: Package;
	readonly navigation: Navigation;
	readonly reading: Reading;
	readonly audit: Audit;
}

const textTypes = new Set([
	'application/xhtml+xml',
	'text/html',
	'text/x-oeb1-document',
	'image/svg+xml',
	'application/xml',
	'',
]);

/** The documents of an EPUB in reading order, then those beside it; files that are missing are told of. */
export async function documentsOf(source: EpubSource): Promise<EpubDocument[]> {
	const {files, opf, reading, audit} = source;
	const parts = partsOf(opf);
	const documents: EpubDocument[] = [];
	const read = new Set<string>();
	for (const {item, apart} of parts) {
		reading.signal?.throwIfAborted();
		const file = item.file === undefined ? undefined : findPath(files.paths, item.file);
		if (file === undefined) {
			audit.miss('missing file', opf.path, item.file ?? item.id);
			audit.warn(`${item.file ?? item.id} is missing: the book names it, and it is not there.`);
		} else if (!textTypes.has(item.mediaType)) audit.miss(`not text but ${item.mediaType}`, opf.path, file);
		else if (!read.has(file)) {
			read.add(file);
			const root = parseXhtml(await files.read(file), file, audit);
			documents.push({...describe(root), file, root, apart});
		}
	}
	return documents.map((document, index) => ({...document, ...placed(document, index, documents, source)}));
}

/** The spine; behind it, documents that the manifest has beside it: notes may be there. */
function partsOf({
	spine,
	items,
	nav,
}: Package): Array<{readonly item: Item; readonly apart: string | undefined}> {
	const anyLinear = spine.some(({linear}) => linear);
	const listed = new Set(spine.map(({item}) => item));
	return [
		...spine.map(({item, linear}) => ({
			item,
			apart: linear || !anyLinear ? undefined : 'not in the reading order (linear="no")',
		})),
		...items
			.filter(item => item.mediaType === 'application/xhtml+xml' && item !== nav && !listed.has(item))
			.map(item => ({item, apart: 'not in the spine'})),
	];
}

function describe(root: Element): {title: string | undefined; ids: ReadonlySet<string>} {
	const ids = new Set<string>();
	for (const {attributes, name} of elementsIn(root)) {
		const id = attributes.get('id') ?? (name === 'a' ? attributes.get('name') : undefined);
		if (id !== undefined) ids.add(id);
	}
	const heading = find(find(root, 'body') ?? root, 'h1', 'h2', 'h3');
	const head = find(root, 'head');
	const title = head && find(head, 'title');
	const named =
		(heading && collapsed(textOf(heading))) || (title && collapsed(title.children.map(textOf).join('')));
	return {title: named || undefined, ids};
}

/** What a document is, and where it stands, as landmarks, guide, table of contents and its own look tell. */
function placed(
	document: EpubDocument,
	index: number,
	documents: readonly EpubDocument[],
	{opf, navigation, files}: EpubSource,
): Pick<SourceDocument, 'types' | 'side'> {
	const {file, root} = document;
	const guide = opf.guide.map(({type, ...link}) => ({types: new Set([typeNamed(type)]), ...link}));
	const told = [...navigation.landmarks, ...guide];
	const start = told.find(({types}) => types.has('bodymatter') || types.has('text'));
	const startFile = start && findPath(files.paths, start.file);
	const startIndex = documents.findIndex(other => other.file === startFile);
	const entries = navigation.entries.filter(({place}) => place.startsWith(`${file}#`));
	// In a file that holds several parts, what is told of the file is told of its first part.
	const isOne = new Set(entries.map(({place}) => place)).size < 2;
	const types = new Set(
		told
			.filter(link => isOne && link.fragment === '' && findPath(files.paths, link.file) === file)
			.flatMap(link => [...link.types])
			.filter(type => matterTypes.has(type)),
	);
	if (file === (opf.nav?.file && findPath(files.paths, opf.nav.file))) types.add('toc');
	if (types.size === 0 && isOne && !isTyped(root)) {
		const guess = typeByTitle(entries[0]?.title ?? document.title ?? '') ?? typeByLook(root, file, documents);
		if (guess !== undefined) types.add(guess);
	}
	return {types, side: index < startIndex ? 'front' : undefined};
}

/** Whether a document's own markup tells what it is. */
function isTyped(root: Element): boolean {
	const body = find(root, 'body') ?? root;
	const sections = [body, ...body.children.filter(child => child.type === 'element')];
	return sections.some(section => typesOf(section).size > 0);
}

/** A page of links is a table of contents; a short page with all rights reserved is a copyright page. */
function typeByLook(root: Element, file: string, documents: readonly EpubDocument[]): string | undefined {
	const body = find(root, 'body') ?? root;
	const text = shortTextOf(body, 20_000);
	if (text === undefined) return undefined;
	const known = new Set(documents.map(other => other.file));
	const links = [...elementsIn(body)].filter(({name, attributes}) => {
		const target = name === 'a' ? resolveLink(attributes.get('href') ?? '', file)?.file : undefined;
		return target !== undefined && target !== file && known.has(target);
	});
	const linked = links.map(textOf).join('').length;
	if (links.length >= 4 && linked > 0.7 * text.replaceAll(/\s+/g, ' ').length) return 'toc';
	const isLegal =
		text.length < 4000 && /©|\bcopyright\b/i.test(text) && /\bISBN\b|all rights reserved/i.test(text);
	return isLegal ? 'copyright-page' : undefined;
}
