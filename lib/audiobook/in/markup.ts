import type {Audit} from './audit.js';
import {decodeSource} from './decode.js';
import {parseHtml} from './html.js';
import type {Element} from './tree.js';
import {parseXml} from './xml.js';

/** A document of a book: as XML, and where that fails, as HTML with a warning. */
export function parseXhtml(bytes: Buffer, file: string, audit: Audit): Element {
	const text = decodeFile(bytes, file, audit);
	const {root, error} = parseXml(text);
	if (root && error === undefined) return root;
	audit.warn(`${file} is no well-formed XHTML (${error ?? 'it is empty'}): it was read as HTML.`);
	return parseHtml(text, {selfClosing: true});
}

/** The text of a file of a book; what was odd about its bytes becomes a warning. */
export function decodeFile(bytes: Buffer, file: string, audit: Audit): string {
	const {text, warning} = decodeSource(bytes);
	if (warning !== undefined) audit.warn(`${file}: ${warning}.`);
	return text;
}
