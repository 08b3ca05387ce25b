import {parseHtml} from './html.js';
import {canonicalLanguage} from './options.js';
import {collapsed, type Element, elementsIn, textOf} from './tree.js';

/** What a source tells of its book. */
export interface Metadata {
	readonly title?: string | undefined;
	readonly authors: readonly string[];
	/** BCP 47 tag. */
	readonly language?: string | undefined;
	readonly year?: string | undefined;
	readonly publisher?: string | undefined;
	readonly description?: string | undefined;
}

/** The metadata of a package document (EPUB 3.3, 5.5; OPF 2.0.1, 2.2). */
export function metadataOf(metadata: Element): Metadata {
	const elements = [...elementsIn(metadata)];
	const named = (name: string) =>
		elements.filter(element => element.name === name && contentOf(element) !== '');
	const refinements = new Map<string, string>();
	for (const {name, attributes, ...element} of elements) {
		const refines = attributes.get('refines')?.replace(/^#/, '');
		const property = attributes.get('property');
		if (name === 'meta' && refines && property)
			refinements.set(`${refines} ${property}`, contentOf({name, attributes, ...element}));
	}
	const refined = (element: Element, property: string) =>
		refinements.get(`${element.attributes.get('id') ?? ''} ${property}`);

	const titles = named('title');
	const title = titles.find(element => refined(element, 'title-type') === 'main') ?? titles[0];
	const authors = named('creator').filter(element => {
		const role =
			element.attributes.get('opf:role') ?? element.attributes.get('role') ?? refined(element, 'role');
		return role === undefined || /^aut/i.test(role);
	});
	const dates = named('date');
	const published = (element: Element) => /publication/i.test(element.attributes.get('opf:event') ?? '');
	const date = dates.find(published) ?? dates[0];
	const language = named('language')
		.map(element => canonicalLanguage(contentOf(element)))
		.find(tag => tag !== undefined && !/^(?:und|mul|zxx)\b/.test(tag));
	return {
		title: title && contentOf(title),
		authors: (authors.length > 0 ? authors : named('creator').slice(0, 1)).map(contentOf),
		language,
		year: /\b\d{4}\b/.exec(date ? contentOf(date) : '')?.[0],
		publisher: first(named('publisher')),
		description: withoutMarkup(first(named('description'))),
	};
}

function first(elements: readonly Element[]): string | undefined {
	return elements[0] && contentOf(elements[0]);
}

function contentOf(element: Element): string {
	return collapsed(textOf(element));
}

/** Descriptions often hold HTML, as text. */
function withoutMarkup(text: string | undefined): string | undefined {
	if (text === undefined || !/<[a-z/]/i.test(text)) return text;
	return collapsed(textOf(parseHtml(text.replaceAll(/<(?:\/p|br)\b/gi, ' $&'))));
}
