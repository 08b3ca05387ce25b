import type {Element} from './tree.js';

/** What DAISY's and older vocabularies call otherwise than EPUB's (EPUB 3 Structural Semantics Vocabulary 1.1; DPUB-ARIA 1.1; OPF 2.0.1, 2.6). */
const synonyms: Readonly<Record<string, string>> = {
	pageref: 'pagebreak',
	'page-normal': 'pagebreak',
	rearnote: 'endnote',
	rearnotes: 'endnotes',
	notes: 'endnotes',
	'title-page': 'titlepage',
	'half-title-page': 'halftitlepage',
	'half-title': 'halftitlepage',
	copyright: 'copyright-page',
	'page-list': 'pagelist',
	acknowledgements: 'acknowledgments',
	'cover-page': 'cover',
	poem: 'verse',
	poetry: 'verse',
	song: 'verse',
	hymn: 'verse',
	lyrics: 'verse',
};

/** What an element is by `epub:type` and `role`, without prefixes, in lower case. */
export function typesOf(element: Element): ReadonlySet<string> {
	const {attributes} = element;
	const types = (attributes.get('epub:type') ?? '').split(/\s+/);
	// Other roles are ARIA's: a `note` of theirs is no footnote.
	const roles = (attributes.get('role') ?? '').split(/\s+/).filter(role => role.startsWith('doc-'));
	return new Set([...types, ...roles].filter(word => word !== '').map(typeNamed));
}

export function typeNamed(word: string): string {
	const name = word.toLowerCase().replace(/^(?:[a-z0-9]+:|doc-)/, '');
	return synonyms[name] ?? name;
}

/** Whether a class name of the element matches, each by itself. */
export function hasClass(element: Element, pattern: RegExp): boolean {
	return (element.attributes.get('class') ?? '').split(/\s+/).some(name => pattern.test(name));
}
