import type {Draft} from './draft.js';
import {isPageNumber} from './skipping.js';
import type {Element} from './tree.js';

export interface PlaceOptions {
	/** Places (`file#fragment`) at which chapters begin. */
	readonly places: ReadonlySet<string>;
	/** Places of page numbers. */
	readonly pages?: ReadonlySet<string> | undefined;
}

/** Tells a draft where places are that the tables of contents and of pages name. */
export class Places {
	readonly #draft: Draft;
	readonly #places: ReadonlySet<string>;
	readonly #pages: ReadonlySet<string>;

	constructor(draft: Draft, {places, pages = new Set()}: PlaceOptions) {
		this.#draft = draft;
		this.#places = places;
		this.#pages = pages;
	}

	beginFile(file: string): void {
		this.#mark(file, '');
	}

	begin({name, attributes}: Element, file: string): void {
		const id = attributes.get('id');
		if (id !== undefined) this.#mark(file, id);
		const anchor = name === 'a' ? attributes.get('name') : undefined;
		if (anchor !== undefined && anchor !== id) this.#mark(file, anchor);
	}

	/** What the list of pages leads to is a page number, unless it is more. */
	isPageNumber(element: Element, file: string): boolean {
		const id = element.attributes.get('id');
		return id !== undefined && this.#pages.has(`${file}#${id}`) && isPageNumber(element);
	}

	#mark(file: string, fragment: string): void {
		const place = `${file}#${fragment}`;
		if (this.#places.has(place)) this.#draft.mark(place);
	}
}
