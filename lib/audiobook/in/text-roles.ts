import {type Heading, headingIn, isContents} from './text-headings.js';
import type {Layout, Paragraph} from './text-lines.js';

/** What a paragraph of plain text is. */
export type Role = 'contents' | 'chapter' | 'title' | 'heading' | 'text';

/** What each paragraph is: the headings that a text has most of begin its chapters. */
export function rolesOf(paragraphs: readonly Paragraph[], {unbroken}: Layout): Role[] {
	const headings = paragraphs.map(paragraph =>
		paragraph.length <= (unbroken ? 1 : 3) ? headingIn(paragraph[0]?.text ?? '') : undefined,
	);
	const contents = contentsOf(paragraphs, headings);
	const real = headings.map((heading, index) => (contents.has(index) ? undefined : heading));
	const scheme = schemeOf(real);
	const roles: Role[] = [];
	for (const [index, heading] of real.entries()) {
		const before = roles.at(-1);
		const next = real[index + 1];
		if (contents.has(index)) roles.push('contents');
		else if (heading && (heading.kind === scheme || heading.kind === 'named')) roles.push('chapter');
		else if (
			before === 'chapter' &&
			next === undefined &&
			isTitle(paragraphs[index]) &&
			index + 1 < paragraphs.length
		)
			roles.push('title');
		else roles.push(heading ? 'heading' : 'text');
	}
	return roles;
}

/** The kind of heading that begins chapters. */
function schemeOf(headings: ReadonlyArray<Heading | undefined>): Heading['kind'] | undefined {
	const found = (kind: Heading['kind']) => headings.filter(heading => heading?.kind === kind);
	if (found('named').length > 1) return 'named';
	const numbers = found('number').map(heading => heading?.number);
	if (
		numbers.length > 1 &&
		numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1)
	)
		return 'number';
	return found('capitals').length > 1 ? 'capitals' : undefined;
}

/** A chapter's title, in a paragraph of its own behind its number. */
function isTitle(paragraph: Paragraph | undefined): boolean {
	const text = paragraph?.map(line => line.text.trim()).join(' ') ?? '';
	return (
		(paragraph?.length ?? 0) <= 2 &&
		text.length <= 80 &&
		/^[^\p{L}]*\p{Lu}/u.test(text) &&
		!/[.!?,;:]["”’']?$/u.test(text)
	);
}

/** Which paragraphs are a table of contents: behind its heading, up to prose or to where its first entry comes again. */
function contentsOf(
	paragraphs: readonly Paragraph[],
	headings: ReadonlyArray<Heading | undefined>,
): Set<number> {
	const found = new Set<number>();
	const lastHeading = headings.findLastIndex(heading => heading !== undefined) - 1;
	for (const [index, paragraph] of paragraphs.entries()) {
		if (isList(paragraph)) found.add(index);
		if (paragraph.length > 1 || !isContents(paragraph[0]?.text ?? '')) continue;
		found.add(index);
		let firstKey: string | undefined;
		for (let at = index + 1; at < paragraphs.length; at++) {
			const entry = paragraphs[at] ?? [];
			const key = headingIn(entry[0]?.text ?? '')?.key;
			// A heading behind a list of them, or the first entry again: the text begins.
			if (key !== undefined && (key === firstKey || (isList(paragraphs[at - 1] ?? []) && !isList(entry))))
				break;
			firstKey ??= key;
			if (at > lastHeading || !entry.every(({text}) => isEntry(text))) break;
			found.add(at);
		}
	}
	return found;
}

/** Several headings, a line each: entries of a table of contents. */
function isList(paragraph: Paragraph): boolean {
	return paragraph.filter(({text}) => headingIn(text)?.kind === 'named').length > 1;
}

function isEntry(line: string): boolean {
	const text = line.trim();
	return (
		text.length <= 90 &&
		(headingIn(text) !== undefined ||
			/(?:\s|\.)(?:\d{1,4}|[ivxlc]+)$/i.test(text) ||
			!/[.!?,;]["”’']?$/u.test(text))
	);
}
