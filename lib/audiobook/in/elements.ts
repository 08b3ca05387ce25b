import type {Block} from '../book.js';
import {hasClass} from './semantics.js';
import {isLayoutTable} from './skipping.js';
import type {Element} from './tree.js';

/** Elements before and behind which a paragraph ends (HTML, 15.3). */
const blocks = new Set(
	(
		'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
		'footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol optgroup option p pre search section summary ' +
		'table tbody td tfoot th thead tr ul'
	).split(' '),
);

const kinds: Readonly<Record<string, Block['kind']>> = {
	blockquote: 'quote',
	dd: 'listItem',
	dt: 'listItem',
	h1: 'heading',
	h2: 'heading',
	h3: 'heading',
	h4: 'heading',
	h5: 'heading',
	h6: 'heading',
	hgroup: 'heading',
	li: 'listItem',
};

const headingTypes = ['title', 'fulltitle', 'halftitle', 'subtitle', 'ordinal', 'bridgehead'];
const verseClass = /^(?:verses?|poem|poetry|stanza|line-?group|lg|song|lyrics)$/i;
const lineClass = /^(?:line|verse-?line|l|v)$/i;
const dropCapClass = /^(?:drop-?caps?|initial|lettrine)$/i;

export function isBlock({name}: Element): boolean {
	return blocks.has(name);
}

/** What kind of block an element makes of its text, or undefined where that is its parent's affair. */
export function kindOf(
	element: Element,
	types: ReadonlySet<string>,
	around: Block['kind'],
): Block['kind'] | undefined {
	const {name} = element;
	const kind = kinds[name];
	if (kind === 'heading') return kind;
	if (isBlock(element) && headingTypes.some(type => types.has(type))) return 'heading';
	// A note, a table's cell or a poem stays what it is, whatever it is made of.
	if (around === 'note' || around === 'table' || around === 'verse') return undefined;
	if (types.has('verse') || hasClass(element, verseClass)) return 'verse';
	if (name === 'table' && !isLayoutTable(element)) return 'table';
	return kind;
}

export function headingLevel({name}: Element): number | undefined {
	return /^h[1-6]$/.test(name) ? Number(name[1]) : undefined;
}

/** A part of the book that is its notes. */
export function holdsNotes(element: Element, types: ReadonlySet<string>): boolean {
	return types.has('footnotes') || types.has('endnotes') || hasClass(element, /^(?:foot|end)-?notes$/i);
}

/** A line of verse that is an element of its own. */
export function isLine(element: Element): boolean {
	return hasClass(element, lineClass);
}

/** Whether another line of the same stanza follows. */
export function lineFollows(element: Element): boolean {
	const siblings = element.parent?.children ?? [];
	const next = siblings.slice(siblings.indexOf(element) + 1).find(child => child.type === 'element');
	return next?.type === 'element' && isLine(next);
}

/** A single letter set apart for its looks: it belongs to the word behind it, even where it is a block. */
export function isDropCap(element: Element): boolean {
	return hasClass(element, dropCapClass);
}
