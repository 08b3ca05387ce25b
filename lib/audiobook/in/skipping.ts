import {matterReason, sideOf} from './matter.js';
import type {Notes} from './notes.js';
import type {Reading} from './options.js';
import {hasClass} from './semantics.js';
import {childrenOf, type Element, elementsIn, find, shortTextOf, textOf} from './tree.js';

const pageNumber = /^(?:page-?(?:num|no|number|break)s?|pagenum(?:ber)?s?|pageno|pb|pginternal)$/i;
const hiddenStyle = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
const boilerplate = /^pg-boilerplate$/i;

/** Elements (two are of our own, for plain text) whose text stands in for something that is not read. */
const standIns: Readonly<Record<string, string>> = {
	audio: 'fallback text of a recording',
	button: 'form control',
	canvas: 'fallback text of a drawing',
	datalist: 'form control',
	'emphasis-mark': 'mark of emphasis',
	iframe: 'embedded page',
	'bracket-mark': 'mark of an illustration or a note',
	noscript: 'text for where no scripts run',
	object: 'fallback text of an object',
	rp: 'ruby annotation',
	rt: 'ruby annotation',
	rtc: 'ruby annotation',
	select: 'form control',
	textarea: 'form control',
	video: 'fallback text of a video',
};

/** Why an element is left out, and whether a chapter may begin at it all the same. */
export interface SkipReason {
	readonly reason: string;
	readonly small?: boolean | undefined;
}

export interface SkipContext {
	readonly reading: Reading;
	readonly notes: Notes;
	readonly side: 'front' | 'back' | 'body' | undefined;
	/** Elements around the main text of a page. */
	readonly outside: ReadonlySet<Element> | undefined;
}

/** What of a document is left out for what it is, before anybody looks at its text. */
export function skipReason(
	element: Element,
	types: ReadonlySet<string>,
	{reading, notes, side, outside}: SkipContext,
): SkipReason | undefined {
	const {name, attributes} = element;
	if (outside?.has(element)) return {reason: 'outside the main text'};
	if (isHidden(attributes)) return {reason: 'hidden'};
	if (types.has('pagebreak') || (hasClass(element, pageNumber) && isSmall(element)))
		return {reason: 'page number', small: true};
	if (notes.isReference(element)) return {reason: 'note reference', small: true};
	if (notes.isBackLink(element)) return {reason: 'link back from a note', small: true};
	if (hasClass(element, boilerplate) || /^pg-(?:header|footer)$/.test(attributes.get('id') ?? ''))
		return {reason: 'Project Gutenberg’s notice'};
	const matter = matterReason(types, sideOf(types) ?? side, reading);
	if (matter !== undefined) return {reason: matter};
	if (name === 'nav' && reading.frontMatter !== 'all') return {reason: 'navigation'};
	const standIn = standIns[name];
	if (standIn !== undefined) return {reason: standIn};
	if (name === 'table' && reading.tables === 'skip' && !isLayoutTable(element)) return {reason: 'table'};
	if (reading.code === 'skip' && isCode(element)) return {reason: 'code'};
	return undefined;
}

/** A table that only lays out text: it says so, or has a single column, or cells of several paragraphs and no heads. */
export function isLayoutTable(table: Element): boolean {
	if (/^(?:presentation|none)$/.test(table.attributes.get('role') ?? '')) return true;
	if (find(table, 'th', 'caption', 'thead')) return false;
	const rows = [...elementsIn(table)].filter(({name}) => name === 'tr');
	const single = rows.every(row => childrenOf(row, 'td').length <= 1);
	return (
		single || [...elementsIn(table)].some(cell => cell.name === 'td' && childrenOf(cell, 'p').length > 1)
	);
}

/** A block of code; `pre` alone is as often a poem or a letter. */
export function isCode(element: Element): boolean {
	if (element.name !== 'pre') return false;
	if (
		hasClass(element, /^(?:code|language-.*|lang-.*|programlisting|source-?code|highlight|screen|listing)$/i)
	)
		return true;
	const code = find(element, 'code', 'samp', 'kbd');
	return code !== undefined && textOf(code).trim() === textOf(element).trim();
}

function isHidden(attributes: Element['attributes']): boolean {
	return (
		attributes.has('hidden') ||
		attributes.get('aria-hidden') === 'true' ||
		hiddenStyle.test(attributes.get('style') ?? '')
	);
}

/** Page numbers are short: a class of that name on a whole page is something else. */
function isSmall(element: Element): boolean {
	return shortTextOf(element, 40) !== undefined;
}

/** Whether an element's text may be a page's number. */
export function isPageNumber(element: Element): boolean {
	const text = shortTextOf(element, 40);
	return text !== undefined && /^\W*(?:(?:page|pg|p|seite|s)\W*)?(?:\d{1,4}|[ivxlc]{1,8})\W*$/i.test(text);
}
