import {hasClass, typesOf} from './semantics.js';
import {type Element, elementsIn, isWithin, shortTextOf} from './tree.js';

/** A document of the book with its path in the source. */
export interface NoteDocument {
	readonly file: string;
	readonly root: Element;
}

export interface Note {
	readonly file: string;
	readonly element: Element;
}

/** `1`, `[12]`, `*`, `†`, `iv`, `a`, `1)`: what refers to a note and is no word. */
const mark = /^[\s([{]*(?:\d{1,4}|[*†‡§¶‖#°ºª]{1,4}|[ivxlc]{1,7}|[a-z]|[¹²³⁰⁴-⁹]+)[\s.)\]}]*$/iu;
const backMark = /^[\s([{]*(?:[↩↑⤴^⏎⬆←]\p{M}*|back|return|zurück|retour)?[\s.)\]}]*$/iu;
const referenceClass =
	/^(?:note-?(?:ref|anchor)|foot-?note-?(?:ref|anchor)|end-?note-?(?:ref|anchor)|fn-?ref|fn-?anchor|fnanchor|footnote_anchor)$/i;
/** In UTF-16 units. */
const longestMark = 16;
const noteClass = /^(?:foot|end)-?note$/i;
const noteTypes = ['footnote', 'endnote', 'note', 'annotation'];
/** What may be a note as a whole, where only a link says so. */
const noteElements = new Set(['aside', 'li', 'p', 'div', 'dd', 'td', 'tr', 'blockquote']);
/** Longest note that only a link makes one, in UTF-16 units. */
const longestUntyped = 5000;

/** The notes of a book and the references to them. */
export class Notes {
	/** By the element that is the reference. */
	readonly #references = new Map<Element, Note | undefined>();
	readonly #notes = new Map<Element, Note>();
	readonly #referred = new Set<Element>();

	/** `resolve` gives where a link leads: file and fragment. */
	constructor(
		documents: readonly NoteDocument[],
		resolve: (href: string, from: string) => {readonly file: string; readonly fragment: string} | undefined,
	) {
		const order = new Map<Element, number>();
		const byId = new Map<string, Note>();
		for (const {file, root} of documents) {
			for (const element of elementsIn(root)) {
				order.set(element, order.size);
				const id =
					element.attributes.get('id') ?? (element.name === 'a' ? element.attributes.get('name') : undefined);
				if (id !== undefined && !byId.has(`${file}#${id}`)) byId.set(`${file}#${id}`, {file, element});
				if (isNote(element)) this.#notes.set(element, {file, element});
			}
		}
		for (const {file, root} of documents) {
			for (const element of elementsIn(root)) {
				const kind = this.isInNote(element) ? undefined : referenceKind(element);
				if (kind === undefined) continue;
				const link = linkOf(element);
				const to = link === undefined ? undefined : resolve(link, file);
				const target = to && byId.get(`${to.file}#${to.fragment}`);
				if (kind === 'maybe' && !(target && (order.get(target.element) ?? 0) > (order.get(element) ?? 0)))
					continue;
				const note = target && this.#noteAt(target);
				if (kind === 'maybe' && !note) continue;
				this.#references.set(element, note);
				if (note) this.#referred.add(note.element);
			}
		}
	}

	/** Whether the element is a mark that refers to a note; words that do are text. */
	isReference(element: Element): boolean {
		return this.#references.has(element);
	}

	noteOf(reference: Element): Note | undefined {
		return this.#references.get(reference);
	}

	isNote(element: Element): boolean {
		return this.#notes.has(element);
	}

	/** Whether some reference leads to the note. */
	isReferred(note: Element): boolean {
		return this.#referred.has(note);
	}

	isInNote(element: Element): boolean {
		return isWithin(element, at => this.#notes.has(at));
	}

	get all(): Iterable<Note> {
		return this.#notes.values();
	}

	/** Whether the link leads back from a note to its reference. */
	isBackLink(element: Element): boolean {
		const types = typesOf(element);
		if (types.has('backlink') || types.has('referrer')) return true;
		if (element.name !== 'a' || !element.attributes.has('href') || !this.isInNote(element)) return false;
		if (hasClass(element, /back-?(?:ref|link)/i)) return true;
		const text = shortTextOf(element, longestMark);
		return text !== undefined && text !== '' && (mark.test(text) || backMark.test(text));
	}

	/** The note that a link leads to: itself, or the paragraph around an anchor. */
	#noteAt({file, element}: Note): Note | undefined {
		for (let at: Element | undefined = element; at; at = at.parent) {
			const known = this.#notes.get(at);
			if (known) return known;
		}
		for (let at: Element | undefined = element; at; at = at.parent) {
			if (!noteElements.has(at.name)) continue;
			if (shortTextOf(at, longestUntyped) === undefined) return undefined;
			const note = {file, element: at};
			this.#notes.set(at, note);
			return note;
		}
		return undefined;
	}
}

function isNote(element: Element): boolean {
	const types = typesOf(element);
	return (
		noteTypes.some(type => types.has(type)) ||
		(noteElements.has(element.name) && hasClass(element, noteClass))
	);
}

/** Whether an element is a reference to a note: surely, by its type or class, or only if it leads to what may be one. */
function referenceKind(element: Element): 'surely' | 'maybe' | undefined {
	const isLink = element.name === 'a' || element.name === 'sup' || element.name === 'span';
	if (!isLink) return undefined;
	const text = shortTextOf(element, longestMark);
	if (text === undefined || !(mark.test(text) || text.trim() === '')) return undefined;
	if (typesOf(element).has('noteref') || hasClass(element, referenceClass)) return 'surely';
	if (text.trim() === '' || linkOf(element) === undefined) return undefined;
	if (element.name === 'sup') return 'maybe';
	const raised = element.children.some(child => child.type === 'element' && child.name === 'sup');
	const raises = element.parent?.name === 'sup';
	return element.name === 'a' && (raised || raises || /^\s*[[({*†‡§¶]/u.test(text)) ? 'maybe' : undefined;
}

function linkOf(element: Element): string | undefined {
	for (const at of elementsIn(element)) {
		const href = at.name === 'a' ? at.attributes.get('href') : undefined;
		if (href?.includes('#')) return href;
	}
	return undefined;
}
