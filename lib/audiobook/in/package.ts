import {SpeechError} from '../../errors.js';
import {resolveLink} from './files.js';
import {type Metadata, metadataOf} from './metadata.js';
import {childrenOf, type Element, find, newElement} from './tree.js';
import {parseXml} from './xml.js';

export interface Item {
	readonly id: string;
	/** Path in the book, or undefined for what lies elsewhere. */
	readonly file: string | undefined;
	readonly mediaType: string;
	readonly properties: ReadonlySet<string>;
}

/** What a package document says (EPUB 3.3, 5; OPF 2.0.1). */
export interface Package {
	readonly path: string;
	readonly metadata: Metadata;
	readonly items: readonly Item[];
	readonly spine: ReadonlyArray<{readonly item: Item; readonly linear: boolean}>;
	/** Identifiers in the spine that the manifest lacks. */
	readonly unknown: readonly string[];
	/** EPUB 2: what the files are for. */
	readonly guide: ReadonlyArray<{readonly type: string; readonly file: string; readonly fragment: string}>;
	readonly ncx: Item | undefined;
	readonly nav: Item | undefined;
	readonly cover: Item | undefined;
}

/** Throws SpeechError BOOK_INVALID for what is no package, or has no spine. */
export function parsePackage(source: string, path: string): Package {
	const {root, error} = parseXml(source);
	const manifest = root && find(root, 'manifest');
	const spine = root && find(root, 'spine');
	if (!root || !manifest || !spine) {
		const lacks = !root
			? 'is no XML'
			: manifest
				? 'has no spine (the order of its files)'
				: 'has no manifest';
		const why = error === undefined ? '' : ` (${error})`;
		throw new SpeechError('BOOK_INVALID', `The book’s package document ${path} ${lacks}${why}.`);
	}
	const items = childrenOf(manifest, 'item').map(item => itemOf(item, path));
	const byId = new Map(items.map(item => [item.id, item]));
	const refs = childrenOf(spine, 'itemref').map(({attributes}) => ({
		id: attributes.get('idref') ?? '',
		linear: attributes.get('linear')?.toLowerCase() !== 'no',
	}));
	const metadata = find(root, 'metadata') ?? newElement('metadata');
	const coverId = [...childrenOf(metadata, 'meta')]
		.find(({attributes}) => attributes.get('name')?.toLowerCase() === 'cover')
		?.attributes.get('content');
	const guide = find(root, 'guide');
	return {
		path,
		metadata: metadataOf(metadata),
		items,
		spine: refs.flatMap(({id, linear}) => {
			const item = byId.get(id);
			return item ? [{item, linear}] : [];
		}),
		unknown: refs.map(({id}) => id).filter(id => !byId.has(id)),
		guide: guide ? childrenOf(guide, 'reference').flatMap(reference => guideOf(reference, path)) : [],
		ncx:
			byId.get(spine.attributes.get('toc') ?? '') ??
			items.find(({mediaType}) => mediaType === 'application/x-dtbncx+xml'),
		nav: items.find(({properties}) => properties.has('nav')),
		cover:
			items.find(({properties}) => properties.has('cover-image')) ??
			items.find(({id, file}) => coverId !== undefined && (id === coverId || file?.endsWith(coverId))),
	};
}

function itemOf({attributes}: Element, path: string): Item {
	return {
		id: attributes.get('id') ?? '',
		file: resolveLink(attributes.get('href') ?? '', path)?.file,
		mediaType: (attributes.get('media-type') ?? '').toLowerCase(),
		properties: new Set((attributes.get('properties') ?? '').split(/\s+/)),
	};
}

function guideOf({attributes}: Element, path: string): Package['guide'] {
	const link = resolveLink(attributes.get('href') ?? '', path);
	return link ? [{type: attributes.get('type') ?? '', ...link}] : [];
}
