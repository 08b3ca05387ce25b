import {tagsIn} from '../in/tags.js';
import {modernizeDocument} from './document-upgrade.js';
import {Edits} from './edits.js';
import {attributesOf, escaped, localName} from './markup.js';
import {hrefFrom} from './paths.js';
import type {Unit} from './units.js';
import {type Mark, weave} from './weave.js';

export interface EditedDocument {
	readonly text: string;
	readonly marks: readonly Mark[];
}

export interface DocumentOptions {
	/** Its path in the archive. */
	readonly file: string;
	/** Whether it is EPUB 2's, to become EPUB 3's. */
	readonly isOld: boolean;
	/** Of the book. */
	readonly title: string;
	/** Path of the stylesheet. */
	readonly style: string;
	readonly idPrefix: string;
}

/** A content document with ids for what is highlighted, and the stylesheet that does it; all else as it was. */
export function editDocument(
	source: string,
	units: readonly Unit[],
	{file, isOld, title, style, idPrefix}: DocumentOptions,
): EditedDocument {
	const edits = new Edits();
	const tags = tagsIn(source);
	const marks = weave(source, units, {edits, idPrefix});
	if (isOld) modernizeDocument(source, tags, title, edits);
	const declaration = tags[0]?.kind === 'instruction' && tags[0].start === 0 ? tags[0] : undefined;
	const encoding = declaration && attributesOf(source, declaration).find(({name}) => name === 'encoding');
	if (encoding) edits.replace(encoding.valueStart, encoding.valueEnd, 'UTF-8');
	const head = tags.find(tag => tag.kind === 'close' && localName(tag) === 'head');
	if (head && marks.length > 0)
		edits.insert(
			head.start,
			`<link rel="stylesheet" type="text/css" href="${escaped(hrefFrom(file, style))}"/>`,
		);
	return {text: edits.apply(source), marks};
}
