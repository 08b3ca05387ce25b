import type {Entry} from './chapters.js';
import type {EpubDocument, EpubSource} from './epub-documents.js';
import {findPath, resolveLink} from './files.js';
import {matterTypes, typeByTitle} from './matter.js';
import {typeNamed, typesOf} from './semantics.js';
import type {SourceDocument} from './source-document.js';
import {type Element, elementsIn, find, shortTextOf, textOf} from './tree.js';

/** What the documents of an EPUB are, and where they stand, as landmarks, guide, table of contents and their own look tell. */
export class Parts {
	readonly #files: ReadonlySet<string>;
	/** By the file as a whole, from landmarks and guide. */
	readonly #told = new Map<string, string[]>();
	readonly #entries = new Map<string, Entry[]>();
	/** Index of the document with which the text proper begins, or -1. */
	readonly #start: number;
	readonly #nav: string | undefined;

	constructor(documents: readonly EpubDocument[], {opf, navigation, files}: EpubSource) {
		this.#files = new Set(documents.map(({file}) => file));
		const guide = opf.guide.map(({type, ...link}) => ({types: new Set([typeNamed(type)]), ...link}));
		const told = [...navigation.landmarks, ...guide];
		for (const {types, file, fragment} of told) {
			const path = fragment === '' ? findPath(files.paths, file) : undefined;
			if (path !== undefined) this.#told.set(path, [...(this.#told.get(path) ?? []), ...types]);
		}
		for (const entry of navigation.entries) {
			const file = entry.place.slice(0, entry.place.indexOf('#'));
			const entries = this.#entries.get(file);
			if (entries) entries.push(entry);
			else this.#entries.set(file, [entry]);
		}
		const start = told.find(({types}) => types.has('bodymatter') || types.has('text'));
		const startFile = start && findPath(files.paths, start.file);
		this.#start = documents.findIndex(({file}) => file === startFile);
		this.#nav = opf.nav?.file === undefined ? undefined : findPath(files.paths, opf.nav.file);
	}

	tell({file, root, title}: EpubDocument, index: number): Pick<SourceDocument, 'types' | 'side'> {
		const entries = this.#entries.get(file) ?? [];
		// In a file that holds several parts, what is told of the file is told of its first part.
		const isOne = new Set(entries.map(({place}) => place)).size < 2;
		const told = isOne ? (this.#told.get(file) ?? []) : [];
		const types = new Set(told.filter(type => matterTypes.has(type)));
		if (file === this.#nav) types.add('toc');
		if (types.size === 0 && isOne && !isTyped(root)) {
			const guess = typeByTitle(entries[0]?.title ?? title ?? '') ?? typeByLook(root, file, this.#files);
			if (guess !== undefined) types.add(guess);
		}
		return {types, side: index < this.#start ? 'front' : undefined};
	}
}

/** Whether a document's own markup tells what it is. */
function isTyped(root: Element): boolean {
	const body = find(root, 'body') ?? root;
	const sections = [body, ...body.children.filter(child => child.type === 'element')];
	return sections.some(section => typesOf(section).size > 0);
}

/** A page of links is a table of contents; a short page with all rights reserved is a copyright page. */
function typeByLook(root: Element, file: string, known: ReadonlySet<string>): string | undefined {
	const body = find(root, 'body') ?? root;
	const text = shortTextOf(body, 20_000);
	if (text === undefined) return undefined;
	const links = [...elementsIn(body)].filter(({name, attributes}) => {
		const target = name === 'a' ? resolveLink(attributes.get('href') ?? '', file)?.file : undefined;
		return target !== undefined && target !== file && known.has(target);
	});
	const linked = links.map(textOf).join('').length;
	if (links.length >= 4 && linked > 0.7 * text.replaceAll(/\s+/g, ' ').length) return 'toc';
	const isLegal =
		text.length < 4000 && /©|\bcopyright\b/i.test(text) && /\bISBN\b|all rights reserved/i.test(text);
	return isLegal ? 'copyright-page' : undefined;
}
