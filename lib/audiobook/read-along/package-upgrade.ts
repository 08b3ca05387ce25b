import type {Tag} from '../in/tags.js';
import type {Edits} from './edits.js';
import {
	type Attribute,
	attributePlace,
	attributesOf,
	escaped,
	localName,
	prefixOf,
	valueIn,
} from './markup.js';

/** What EPUB 2 said in attributes (OPF 2.0.1, 2.2), EPUB 3 says in elements that refine (EPUB 3.3, 5.5.3). */
const refinements: Readonly<Record<string, string>> = {role: 'role', 'file-as': 'file-as'};
const dropped = new Set(['scheme', 'event', 'alt-rep', 'alt-rep-lang']);
/** EPUB 2's wrappers within the metadata, and what no version 3 knows. */
const wrappers = new Set(['dc-metadata', 'x-metadata']);

/** Makes a package document of EPUB 2 one of EPUB 3; one of EPUB 3 stays as it is. */
export function modernize(source: string, tags: readonly Tag[], edits: Edits): void {
	const root = tags.find(tag => localName(tag) === 'package');
	const version = root && attributesOf(source, root).find(({name}) => name === 'version');
	if (!root || (version && !/^[12]/.test(version.value))) return;
	if (version) edits.replace(version.valueStart, version.valueEnd, '3.0');
	else edits.insert(attributePlace(root), ' version="3.0"');
	const prefix = prefixOf(root);
	let count = 0;
	let dates = 0;
	let cover: string | undefined;
	for (const [index, tag] of tags.entries()) {
		const attributes = attributesOf(source, tag);
		const name = localName(tag);
		if (wrappers.has(name) && tag.kind !== 'empty') edits.remove(tag.start, tag.end);
		if (name === 'tours' && tag.kind === 'open') removeUntil(tags, index, 'tours', edits);
		if (name === 'meta' && valueIn(attributes, 'name') === 'cover') cover = valueIn(attributes, 'content');
		if (!tag.name.startsWith('dc:') || tag.kind !== 'open') continue;
		// One date is left: of the publication.
		if (name === 'date' && dates++ > 0) removeUntil(tags, index, 'date', edits);
		else if (attributes.some(isOld)) count = refine(tags, index, attributes, {edits, prefix, count});
	}
	for (const tag of tags) {
		const attributes = attributesOf(source, tag);
		const isCover = localName(tag) === 'item' && cover !== undefined && valueIn(attributes, 'id') === cover;
		if (isCover && /^image\//.test(valueIn(attributes, 'media-type') ?? ''))
			edits.insert(attributePlace(tag), ' properties="cover-image"');
	}
}

function isOld({name}: Attribute): boolean {
	if (!name.includes(':')) return false;
	const local = name.slice(name.indexOf(':') + 1);
	return refinements[local] !== undefined || dropped.has(local);
}

function refine(
	tags: readonly Tag[],
	index: number,
	attributes: readonly Attribute[],
	{edits, prefix, count}: {readonly edits: Edits; readonly prefix: string; readonly count: number},
): number {
	const tag = tags[index];
	const end = tags[index + 1];
	if (!tag || !end) return count;
	const own = valueIn(attributes, 'id');
	const id = own ?? `refined-${count + 1}`;
	let refined = '';
	for (const attribute of attributes.filter(isOld)) {
		edits.remove(attribute.start, attribute.end);
		const property = refinements[attribute.name.slice(attribute.name.indexOf(':') + 1)];
		if (property === undefined) continue;
		const scheme = property === 'role' ? ' scheme="marc:relators"' : '';
		refined += `<${prefix}meta refines="#${id}" property="${property}"${scheme}>${escaped(attribute.value)}</${prefix}meta>`;
	}
	if (refined === '') return count;
	if (own === undefined) edits.insert(attributePlace(tag), ` id="${id}"`);
	edits.insert(end.end, refined);
	return count + 1;
}

function removeUntil(tags: readonly Tag[], index: number, name: string, edits: Edits): void {
	const end = tags.slice(index).find(tag => tag.kind === 'close' && localName(tag) === name);
	const start = tags[index];
	if (start && end) edits.remove(start.start, end.end);
}
