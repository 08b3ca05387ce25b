import {unwrapGutenberg} from './gutenberg.js';
import type {Metadata} from './metadata.js';
import {headingIn} from './text-headings.js';
import {
	keepsLines,
	type Layout,
	type Line,
	layoutOf,
	linesOf,
	type Paragraph,
	paragraphsOf,
} from './text-lines.js';
import {type Role, rolesOf} from './text-roles.js';
import {type Element, newElement} from './tree.js';

/**
 * Reads plain text into the tree that HTML would give: paragraphs between blank lines, their lines joined where they were broken for
 * want of room; chapters at what looks like their headings; Project Gutenberg's notices, contents, footnotes, page numbers known.
 */
export function parsePlainText(source: string): {root: Element; metadata: Metadata} {
	const {header, body, footer, metadata} = unwrapGutenberg(linesOf(source));
	const layout = layoutOf(body);
	const paragraphs = paragraphsOf(body, layout);
	const roles = rolesOf(paragraphs, layout);
	const notes = new Set(paragraphs.flatMap(paragraph => noteIn(paragraph) ?? []));
	const root = newElement('body');
	notice(header, root);
	for (const [index, paragraph] of paragraphs.entries())
		element(paragraph, roles[index] ?? 'text', {root, layout, notes});
	notice(footer, root);
	return {root, metadata};
}

function notice(lines: readonly Line[], root: Element): void {
	if (lines.length === 0) return;
	const section = newElement('section', {class: 'pg-boilerplate'}, root);
	for (const line of lines) addText(`${line.text}\n`, line.start, newElement('p', {}, section));
}

interface Making {
	readonly root: Element;
	readonly layout: Layout;
	/** Marks of the notes that the text has. */
	readonly notes: ReadonlySet<string>;
}

function element(paragraph: Paragraph, role: Role, {root, layout, notes}: Making): void {
	if (role === 'contents') addLines(paragraph, newElement('nav', {'epub:type': 'toc'}, root), false, notes);
	else if (role === 'chapter' || role === 'title') {
		const whole = role === 'title' || headingIn(paragraph[0]?.text ?? '')?.titled;
		for (const lines of whole ? [paragraph] : [paragraph.slice(0, 1), paragraph.slice(1)])
			if (lines.length > 0) addLines(lines, newElement('h1', {}, root), false, notes);
	} else if (role === 'heading')
		addLines(paragraph, newElement('p', {'epub:type': 'title'}, root), true, notes);
	else {
		const note = noteIn(paragraph);
		if (note !== undefined)
			addLines(
				paragraph,
				newElement('aside', {'epub:type': 'footnote', id: `note-${note}`}, root),
				false,
				notes,
			);
		else {
			const verse = keepsLines(paragraph, layout);
			addLines(paragraph, newElement('p', verse ? {class: 'verse'} : {}, root), verse, notes);
		}
	}
}

/** The mark of the note that a paragraph is: `[Footnote 3: …]`, `[3] …`. */
function noteIn(paragraph: Paragraph): string | undefined {
	return /^\s*(?:\[Footnote (?<named>[\w*]{1,4}):|\[(?<mark>\d{1,3}|\*{1,3})\]\s+\S)/
		.exec(paragraph[0]?.text ?? '')
		?.slice(1)
		.find(Boolean);
}

// Page numbers; references; marks of emphasis; what stands around the caption of an illustration.
const special =
	/(?<page>\[Pg \w{1,5}\]|\{\d{1,4}\})|\[(?<note>\w{1,4}|\*{1,3})\]|(?<emphasis>(?<![\p{L}\p{N}_])_(?=[^\s_])|(?<=[^\s_])_(?![\p{L}\p{N}_]))|(?<picture>\[Illustration(?::\s*(?=\S)|\]))|(?<mark>^\s*\[Footnote [\w*]{1,4}:\s*)|(?<end>\]\s*$)/gu;
/** What a bracket at the end closes. */
const bracketed = /^\s*\[(?:Illustration|Footnote [\w*]{1,4}):/;

function addLines(paragraph: Paragraph, parent: Element, breaks: boolean, notes: ReadonlySet<string>): void {
	const isBracketed = bracketed.test(paragraph[0]?.text ?? '');
	for (const [index, line] of paragraph.entries()) {
		if (index > 0 && breaks) newElement('br', {}, parent);
		const isLast = index === paragraph.length - 1;
		let done = 0;
		for (const {0: text, index: at, groups} of line.text.matchAll(special)) {
			const isFirst = index === 0 && at === line.text.search(/\S/);
			const isOwn = isFirst && parent.attributes.get('id') === `note-${groups?.['note']}`;
			const found = specialElement(groups, {notes, isOwn, closes: isBracketed && isLast});
			if (!found) continue;
			addText(line.text.slice(done, at), line.start + done, parent);
			addText(text, line.start + at, newElement(...found, parent));
			done = at + text.length;
		}
		addText(`${line.text.slice(done)}\n`, line.start + done, parent);
	}
}

interface SpecialContext {
	readonly notes: ReadonlySet<string>;
	/** Whether it is the mark at the beginning of the note itself. */
	readonly isOwn: boolean;
	/** Whether a bracket at the end belongs to a mark at the beginning. */
	readonly closes: boolean;
}

function specialElement(
	groups: Readonly<Record<string, string | undefined>> = {},
	{notes, isOwn, closes}: SpecialContext,
): [name: string, attributes: Readonly<Record<string, string>>] | undefined {
	const {page, emphasis, picture, end, mark, note} = groups;
	if (page !== undefined) return ['span', {'epub:type': 'pagebreak'}];
	if (emphasis !== undefined) return ['emphasis-mark', {}];
	if (picture !== undefined || (end !== undefined && closes)) return ['bracket-mark', {}];
	if (mark !== undefined || isOwn) return ['span', {'epub:type': 'backlink'}];
	if (note === undefined || !notes.has(note)) return undefined;
	return ['a', {'epub:type': 'noteref', href: `#note-${note}`}];
}

/** The text's last character may be a line end that stands for a space. */
function addText(text: string, start: number, parent: Element): void {
	if (text !== '') parent.children.push({type: 'text', pieces: [{text, start, length: text.length}]});
}
