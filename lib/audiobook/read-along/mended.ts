import {type DefaultTreeAdapterTypes, defaultTreeAdapter} from 'parse5';
import {SaxesParser} from 'saxes';
import {htmlTree} from '../in/html.js';
import {namedCharacter} from '../in/pieces.js';
import {expandSelfClosing} from '../in/self-closing.js';
import {voids} from './elements.js';
import {escaped} from './markup.js';

type Node = DefaultTreeAdapterTypes.ChildNode;

/** A document that is no well-formed XHTML, which reading systems do not show, as what it was read as: HTML, written in XML's syntax. */
export function mended(text: string): string {
	if (isWellFormed(text)) return text;
	const tree = htmlTree(expandSelfClosing(text).text);
	return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n${serialized(tree.childNodes)}\n`;
}

/** HTML's named characters are known where the document names a DTD (XHTML 1.1). */
function isWellFormed(text: string): boolean {
	let valid = true;
	const parser = new SaxesParser({xmlns: true});
	parser.on('error', () => {
		valid = false;
	});
	parser.on('doctype', doctype => {
		if (/PUBLIC|SYSTEM|\[/.test(doctype)) parser.ENTITIES = namedCharacters;
	});
	parser.write(text).close();
	return valid;
}

const namedCharacters: Record<string, string> = new Proxy<Record<string, string>>(
	{},
	{get: (_target, name) => (typeof name === 'string' ? namedCharacter(name) : undefined)},
);

const namespaces: ReadonlyMap<string, string> = new Map([
	['epub', 'http://www.idpf.org/2007/ops'],
	['xlink', 'http://www.w3.org/1999/xlink'],
]);
const name = /^[A-Za-z_][\w.-]*$/;
/** No character of XML 1.0 (2.2). */
const noCharacter = /[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Cs}/gu;

/** Without recursion: what is broken may nest deeper than the call stack. Names that XML knows not are left out, their content stays. */
function serialized(nodes: readonly Node[]): string {
	const ids = new Set<string>();
	let text = '';
	const waiting: Array<Node | string> = nodes.toReversed();
	for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
		if (typeof node === 'string') text += node;
		else if (defaultTreeAdapter.isTextNode(node)) text += escaped(node.value.replaceAll(noCharacter, ''));
		if (typeof node === 'string' || !defaultTreeAdapter.isElementNode(node)) continue;
		const {tagName, childNodes} = node;
		const attributes = attributesOf(node, ids);
		if (voids.has(tagName)) text += `<${tagName}${attributes}/>`;
		else if (name.test(tagName)) {
			text += `<${tagName}${attributes}>`;
			waiting.push(`</${tagName}>`);
		}
		for (const child of childNodes.toReversed()) waiting.push(child);
	}
	return text;
}

function attributesOf(
	{tagName, namespaceURI, parentNode, attrs}: DefaultTreeAdapterTypes.Element,
	ids: Set<string>,
): string {
	const isNew = !(parentNode && 'namespaceURI' in parentNode && parentNode.namespaceURI === namespaceURI);
	let text = isNew ? ` xmlns="${namespaceURI}"` : '';
	if (tagName === 'html') for (const [prefix, uri] of namespaces) text += ` xmlns:${prefix}="${uri}"`;
	const seen = new Set<string>();
	for (const attribute of attrs) {
		const key = attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name;
		const [local = '', prefix] = key.split(':').reverse();
		const isKnown = prefix === undefined || prefix === 'xml' || namespaces.has(prefix);
		// An element that was closed in the wrong place is there twice.
		const isTwice = key === 'id' && ids.has(attribute.value);
		if (!isKnown || !name.test(local) || local === 'xmlns' || isTwice || seen.has(key)) continue;
		if (key === 'id') ids.add(attribute.value);
		seen.add(key);
		text += ` ${key}="${escaped(attribute.value.replaceAll(noCharacter, ''))}"`;
	}
	return text;
}
