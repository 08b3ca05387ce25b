import {namedCharacter} from '../in/pieces.js';
import type {Tag} from '../in/tags.js';
import type {Edits} from './edits.js';
import {
	type Attribute,
	attributePlace,
	attributesOf,
	escaped,
	localName,
	unescaped,
	valueIn,
} from './markup.js';

/** What XHTML 1.1 has and HTML lacks (HTML, 16.2): another element that says the same, or the style that it stood for. */
const elements: Readonly<Record<string, {readonly name: string; readonly style?: string}>> = {
	acronym: {name: 'abbr'},
	big: {name: 'span', style: 'font-size: larger'},
	tt: {name: 'code'},
	center: {name: 'div', style: 'text-align: center'},
	strike: {name: 's'},
	font: {name: 'span'},
};

const length = (value: string) => (/^\d+$/.test(value) ? `${value}px` : value);

/** Attributes that HTML lacks, by name: the style that they stood for, or nothing. */
const presentational: Readonly<Record<string, (value: string, name: string) => string>> = {
	align: (value, name) =>
		name === 'img' ? `float: ${value}` : name === 'table' ? '' : `text-align: ${value}`,
	valign: value => `vertical-align: ${value}`,
	width: (value, name) => (name === 'img' ? '' : `width: ${length(value)}`),
	height: (value, name) => (name === 'img' ? '' : `height: ${length(value)}`),
	bgcolor: value => `background-color: ${value}`,
	color: value => `color: ${value}`,
	face: value => `font-family: ${value}`,
	border: (value, name) => (name === 'img' ? `border: ${length(value)} solid` : ''),
	hspace: value => `margin-left: ${length(value)}; margin-right: ${length(value)}`,
	vspace: value => `margin-top: ${length(value)}; margin-bottom: ${length(value)}`,
	clear: value => (value === 'none' ? '' : `clear: ${value === 'all' ? 'both' : value}`),
	noshade: () => '',
	nowrap: () => 'white-space: nowrap',
	compact: () => '',
	cellpadding: () => '',
	cellspacing: value => `border-spacing: ${length(value)}`,
	frame: () => '',
	rules: () => 'border-collapse: collapse',
	summary: () => '',
	axis: () => '',
	char: () => '',
	charoff: () => '',
	abbr: () => '',
	charset: () => '',
	rev: () => '',
	longdesc: () => '',
	scheme: () => '',
	profile: () => '',
	version: () => '',
	'xml:space': () => '',
	link: () => '',
	vlink: () => '',
	alink: () => '',
	text: value => `color: ${value}`,
};
/** Where HTML has the attribute all the same. */
const kept: Readonly<Record<string, readonly string[]>> = {
	width: ['img', 'video', 'canvas', 'iframe', 'embed', 'object'],
	height: ['img', 'video', 'canvas', 'iframe', 'embed', 'object'],
	abbr: ['th'],
	charset: ['meta', 'script'],
};

/** `&nbsp;` and the like: without the DTD of XHTML 1.1 only those of XML are known. */
const reference = /&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w*;/g;

/** Makes an XHTML 1.1 document (EPUB 2) one of HTML's XML syntax (EPUB 3.3, 6.1). The look stays. */
export function modernizeDocument(source: string, tags: readonly Tag[], title: string, edits: Edits): void {
	for (const {0: name, index} of source.matchAll(reference)) {
		const character = namedCharacter(name.slice(1, -1));
		if (character !== undefined) edits.replace(index, index + name.length, character);
	}
	let drawing = 0;
	/** What the tables around have as `cellpadding`, which is a matter of their cells. */
	const paddings: string[] = [];
	for (const [index, tag] of tags.entries()) {
		// A drawing (SVG) is the same in both.
		if (localName(tag) === 'svg' && tag.kind !== 'empty') drawing += tag.kind === 'open' ? 1 : -1;
		if (drawing > 0) continue;
		if (tag.kind === 'doctype') edits.replace(tag.start, tag.end, '<!DOCTYPE html>');
		if (tag.kind === 'open' || tag.kind === 'empty') modernizeTag(source, tag, paddings.at(-1), edits);
		if (tag.name === 'table' && tag.kind === 'open')
			paddings.push(valueIn(attributesOf(source, tag), 'cellpadding') ?? '');
		if (tag.name === 'table' && tag.kind === 'close') paddings.pop();
		const other = elements[tag.name];
		if (tag.kind === 'close' && other) edits.replace(tag.start, tag.end, `</${other.name}>`);
		const next = tags[index + 1];
		// A title must not be empty.
		if (tag.name === 'title' && tag.kind === 'empty')
			edits.replace(tag.start, tag.end, `<title>${escaped(title)}</title>`);
		if (
			tag.name === 'title' &&
			tag.kind === 'open' &&
			next &&
			source.slice(tag.end, next.start).trim() === ''
		)
			edits.replace(tag.end, next.start, escaped(title));
	}
}

function modernizeTag(source: string, tag: Tag, padding: string | undefined, edits: Edits): void {
	const attributes = attributesOf(source, tag);
	const other = elements[tag.name];
	const styles = other?.style === undefined ? [] : [other.style];
	if (padding && (tag.name === 'td' || tag.name === 'th')) styles.push(`padding: ${length(padding)}`);
	if (isContentType(tag, attributes)) {
		edits.remove(tag.start, tag.end);
		return;
	}
	if (other) edits.replace(tag.start + 1, tag.start + 1 + tag.name.length, other.name);
	for (const attribute of attributes) {
		const {name, value, start, end} = attribute;
		if (name === 'name' && tag.name === 'a') renameAnchor(attributes, attribute, edits);
		if (name === 'border' && tag.name === 'table' && value !== '0') {
			// HTML has it as a mark: there are borders, of cells too.
			edits.replace(attribute.valueStart, attribute.valueEnd, '1');
			if (/^\d+$/.test(value) && value !== '1') styles.push(`border-width: ${length(value)}`);
			continue;
		}
		const styleFor = presentational[name];
		if (!styleFor || kept[name]?.includes(localName(tag))) continue;
		const style = styleFor(value, tag.name);
		edits.remove(start, end);
		if (style !== '') styles.push(style);
	}
	if (styles.length === 0) return;
	const own = attributes.find(({name}) => name === 'style');
	const all = escaped([...styles, ...(own ? [own.value] : [])].join('; '));
	if (own) edits.replace(own.valueStart, own.valueEnd, all);
	else edits.insert(attributePlace(tag), ` style="${all}"`);
}

/** EPUB 3 documents are UTF-8, as all that is written here. */
function isContentType({name}: Tag, attributes: readonly Attribute[]): boolean {
	const equivalent = valueIn(attributes, 'http-equiv');
	return name === 'meta' && /^content-(?:type|style-type|script-type)$/i.test(equivalent ?? '');
}

function renameAnchor(attributes: readonly Attribute[], {value, start, end}: Attribute, edits: Edits): void {
	const hasId = valueIn(attributes, 'id') !== undefined;
	edits.replace(start, end, hasId ? '' : `id="${escaped(unescaped(value))}"`);
}
