import {type Tag, tagsIn} from '../in/tags.js';
import {modernizeDocument} from './document-upgrade.js';
import {Edits} from './edits.js';
import {isMarkup} from './elements.js';
import {attributesOf, escaped, localName, prefixOf} from './markup.js';
import {mended} from './mended.js';
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
	if (encoding && !/^utf-8$/i.test(encoding.value))
		edits.replace(encoding.valueStart, encoding.valueEnd, 'UTF-8');
	if (marks.length > 0) linkStyle(tags, {file, style, title}, edits);
	return {text: mended(edits.apply(source)), marks};
}

/** In the head, which some documents lack. */
function linkStyle(
	tags: readonly Tag[],
	{file, style, title}: Pick<DocumentOptions, 'file' | 'style' | 'title'>,
	edits: Edits,
): void {
	const named = (name: string) => tags.filter(tag => localName(tag) === name && isMarkup(tag));
	const [root] = named('html');
	const prefix = root ? prefixOf(root) : '';
	const link = `<${prefix}link rel="stylesheet" type="text/css" href="${escaped(hrefFrom(file, style))}"/>`;
	const whole = `<${prefix}head><${prefix}title>${escaped(title)}</${prefix}title>${link}</${prefix}head>`;
	const [head] = named('head');
	const end = named('head').find(({kind}) => kind === 'close');
	if (end) edits.insert(end.start, link);
	else if (head?.kind === 'empty') edits.replace(head.start, head.end, whole);
	else if (root && !head) edits.insert(root.end, whole);
}
