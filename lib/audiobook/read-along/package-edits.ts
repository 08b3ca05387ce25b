import {type Tag, tagsIn} from '../in/tags.js';
import {Edits} from './edits.js';
import {attributePlace, attributesOf, escaped, localName, prefixOf, valueIn} from './markup.js';
import {modernize} from './package-upgrade.js';
import {hrefFrom} from './paths.js';
import {clock} from './smil.js';

/** A file that the book did not have. */
export interface Addition {
	readonly id: string;
	/** Path in the archive. */
	readonly path: string;
	readonly mediaType: string;
	readonly properties?: string;
	/** Of a media overlay: how long its clips are, in units of `smil.ts`. */
	readonly duration?: number;
}

export interface PackageChanges {
	/** Path of the package document. */
	readonly path: string;
	readonly additions: readonly Addition[];
	/** Ids of the items that go: overlays that the book had. */
	readonly removed: ReadonlySet<string>;
	/** The id of its media overlay, by the id of a content document's item. */
	readonly overlays: ReadonlyMap<string, string>;
	/** `dcterms:modified`. */
	readonly modified: string;
}

export const xhtmlType = 'application/xhtml+xml';
/** Of documents in HTML, which EPUB 3 has not and EPUB 2 once had: they are written as XHTML. */
export const oldTypes: ReadonlySet<string> = new Set(['text/html', 'text/x-oeb1-document']);

/** The classes that reading systems set, and the stylesheet that comes along knows. */
export const activeClass = '-epub-media-overlay-active';
export const playingClass = '-epub-media-overlay-playing';

/** The package document with media overlays (EPUB 3.3, 9.3), as version 3; all else as it was. */
export function editPackage(source: string, changes: PackageChanges): string {
	const edits = new Edits();
	const tags = tagsIn(source);
	const named = (name: string, kind: Tag['kind'] | undefined = undefined) =>
		tags.find(tag => localName(tag) === name && (kind === undefined || tag.kind === kind));
	const root = named('package');
	const prefix = root ? prefixOf(root) : '';
	modernize(source, tags, edits);
	forgetOverlays(source, tags, changes.removed, edits);
	for (const tag of tags) {
		if (localName(tag) !== 'item') continue;
		const attributes = attributesOf(source, tag);
		const overlay = changes.overlays.get(valueIn(attributes, 'id') ?? '');
		if (overlay === undefined) continue;
		edits.insert(attributePlace(tag), ` media-overlay="${overlay}"`);
		const type = attributes.find(({name}) => name === 'media-type');
		if (type && oldTypes.has(type.value)) edits.replace(type.valueStart, type.valueEnd, xhtmlType);
	}
	const metadata = named('metadata', 'close');
	const manifest = named('manifest', 'close');
	if (metadata) edits.insert(metadata.start, metas(changes, prefix));
	if (manifest)
		edits.insert(manifest.start, changes.additions.map(item => itemFor(item, changes.path, prefix)).join(''));
	return edits.apply(source);
}

function metas({additions, modified}: PackageChanges, prefix: string): string {
	const total = additions.reduce((sum, {duration = 0}) => sum + duration, 0);
	const meta = (property: string, value: string, refines = '') =>
		`\t<${prefix}meta property="${property}"${refines}>${value}</${prefix}meta>\n\t`;
	return [
		meta('dcterms:modified', modified),
		meta('media:active-class', activeClass),
		meta('media:playback-active-class', playingClass),
		meta('media:duration', clock(total)),
		...additions.flatMap(({id, duration}) =>
			duration === undefined ? [] : [meta('media:duration', clock(duration), ` refines="#${id}"`)],
		),
	].join('');
}

function itemFor({id, path, mediaType, properties}: Addition, from: string, prefix: string): string {
	const more = properties === undefined ? '' : ` properties="${properties}"`;
	return `\t<${prefix}item id="${id}" href="${escaped(hrefFrom(from, path))}" media-type="${mediaType}"${more}/>\n\t`;
}

/** What the book had of all this goes: the date of its last change, overlays of its own. */
function forgetOverlays(
	source: string,
	tags: readonly Tag[],
	removed: ReadonlySet<string>,
	edits: Edits,
): void {
	for (const [index, tag] of tags.entries()) {
		const attributes = attributesOf(source, tag);
		if (
			localName(tag) === 'meta' &&
			/^(?:dcterms:modified$|media:)/.test(valueIn(attributes, 'property') ?? '')
		)
			removeElement(source, tags, index, edits);
		if (localName(tag) !== 'item') continue;
		if (removed.has(valueIn(attributes, 'id') ?? '')) removeElement(source, tags, index, edits);
		const overlay = attributes.find(({name}) => name === 'media-overlay');
		if (overlay) edits.remove(overlay.start, overlay.end);
	}
}

/** An element without elements in it, with the line that it stands in. */
function removeElement(source: string, tags: readonly Tag[], index: number, edits: Edits): void {
	const tag = tags[index];
	const last = tag?.kind === 'open' ? tags[index + 1] : tag;
	if (!tag || !last) return;
	const before = source.slice(0, tag.start).trimEnd().length;
	edits.remove(source.slice(before, tag.start).includes('\n') ? before : tag.start, last.end);
}
