import type {Audit} from './audit.js';
import {Parts} from './epub-parts.js';
import {type BookFiles, findPath} from './files.js';
import {parseXhtml} from './markup.js';
import type {Navigation} from './navigation.js';
import type {Reading} from './options.js';
import type {Item, Package} from './package.js';
import type {SourceDocument} from './source-document.js';
import {collapsed, type Element, elementsIn, find, textOf} from './tree.js';

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
	const documents: EpubDocument[] = [];
	const read = new Set<string>();
	for (const {item, apart} of partsOf(opf)) {
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
	const parts = new Parts(documents, source);
	return documents.map((document, index) => ({...document, ...parts.tell(document, index)}));
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
