import type {Block} from '../book.js';
import {type Around, aroundAll} from './around.js';
import type {Audit} from './audit.js';
import type {DraftBlock} from './composer.js';
import {Draft} from './draft.js';
import {headingLevel, holdsNotes, isBlock, isDropCap, isLine, kindOf, lineFollows} from './elements.js';
import {Leaves} from './leaves.js';
import {sideOf} from './matter.js';
import type {Note, Notes} from './notes.js';
import {canonicalLanguage, type Reading} from './options.js';
import {isPicture} from './pictures.js';
import {type PlaceOptions, Places} from './places.js';
import {numeralOf} from './roman.js';
import {typesOf} from './semantics.js';
import {skipReason} from './skipping.js';
import type {SourceDocument} from './source-document.js';
import {type Element, elementsIn, find, hasText, shortTextOf, textOf} from './tree.js';

export interface ReaderOptions extends PlaceOptions {
	readonly reading: Reading;
	readonly notes: Notes;
	readonly audit: Audit;
	/** The book's, BCP 47. */
	readonly language: string;
}

/** Of those that may be numbers or begin with one, in UTF-16 units. */
const longestHeading = 200;

/** Reads documents as a listener wants them, into blocks; tells the audit of all that is left out. */
export class Reader {
	readonly #options: ReaderOptions;
	readonly #draft: Draft;
	readonly #leaves: Leaves;
	readonly #places: Places;
	readonly #read = new Set<Element>();
	#outside: ReadonlySet<Element> | undefined;

	constructor(options: ReaderOptions) {
		this.#options = options;
		this.#draft = new Draft(options.audit, options.reading.languages);
		this.#leaves = new Leaves(this.#draft, options);
		this.#places = new Places(this.#draft, options);
	}

	get blocks(): readonly DraftBlock[] {
		return this.#draft.blocks;
	}

	read({file, root, types = new Set(), side, apart, outside}: SourceDocument): void {
		this.#outside = outside;
		const {audit} = this.#options;
		const body = find(root, 'body') ?? root;
		audit.count(body);
		const around = {...aroundAll(file, this.#languageOf(root, undefined)), side};
		this.#places.beginFile(file);
		if (apart !== undefined) this.#notesOnly(body, around, apart);
		else this.#element(body, around, new Set([...types, ...typesOf(body)]));
		this.#close();
		this.#draft.dropMarks();
	}

	/** Tells of the notes to which nothing that was read refers. */
	finish(): void {
		const {notes, audit, reading} = this.#options;
		if (reading.notes === 'skip') return;
		for (const {element, file} of notes.all) {
			if (notes.isReferred(element) && !this.#read.has(element))
				audit.skip('note to what is not read', file, textOf(element));
		}
	}

	#element(element: Element, around: Around, types = typesOf(element)): void {
		const {notes, audit, reading} = this.#options;
		const {file} = around;
		if (!hasText(element)) return;
		if (notes.isNote(element)) {
			this.#noteInPlace(element, around);
			return;
		}
		if (holdsNotes(element, types)) {
			this.#notesOnly(element, around, reading.notes === 'skip' ? 'notes' : 'heading of the notes');
			return;
		}
		const side = sideOf(types) ?? around.side;
		const skip = this.#places.isPageNumber(element, file)
			? {reason: 'page number', small: true}
			: skipReason(element, types, {reading, notes, side: around.side, outside: this.#outside});
		if (!skip || skip.small) this.#places.begin(element, file);
		if (isPicture(element) && skip?.reason !== 'hidden') {
			this.#leaves.picture(element, around);
			return;
		}
		if (skip) {
			audit.skip(skip.reason, file, textOf(element));
			const note = skip.reason === 'note reference' ? notes.noteOf(element) : undefined;
			if (note && reading.notes !== 'skip') this.#draft.refer(note);
			return;
		}
		this.#within(element, types, {...around, side});
	}

	#within(element: Element, types: ReadonlySet<string>, around: Around): void {
		const {name} = element;
		if (name === 'br') this.#draft.break();
		else if (name === 'hr') this.#endSection(around);
		else if (name === 'math') this.#leaves.formula(element, around);
		else if ((name === 'tr' || name === 'caption') && around.kind === 'table' && !around.flat)
			this.#row(element, around);
		else if (isDropCap(element)) this.#dropCap(element, around);
		else if (isBlock(element)) this.#block(element, types, around);
		else this.#inline(element, around);
	}

	#block(element: Element, types: ReadonlySet<string>, around: Around): void {
		const kind = kindOf(element, types, around.kind) ?? around.kind;
		const language = this.#languageOf(element, around.language);
		const preformatted = around.preformatted || element.name === 'pre';
		const inner: Around = {
			...around,
			kind: element.name === 'pre' && kind === 'paragraph' ? 'verse' : kind,
			level: headingLevel(element) ?? (kind === around.kind ? around.level : undefined),
			blockLanguage: language,
			language,
			keepsLines: preformatted || kind === 'verse' || around.keepsLines,
			preformatted,
			numeral: kind === 'heading' ? numeralOf(shortTextOf(element, longestHeading) ?? '') : undefined,
		};
		this.#edge(around);
		this.#children(element, inner);
		if (around.flat && (element.name === 'td' || element.name === 'th')) this.#draft.addSeparator();
		else
			this.#edge(
				around,
				inner.kind === 'verse' && isLine(element) && lineFollows(element) ? 'line' : undefined,
			);
	}

	#inline(element: Element, around: Around): void {
		const isVerseLine = around.kind === 'verse' && isLine(element);
		if (isVerseLine) this.#draft.lineEdge();
		this.#children(element, {...around, language: this.#languageOf(element, around.language)});
		if (isVerseLine) this.#draft.lineEdge();
	}

	/** A letter set apart for its looks belongs to the word behind it, even where both are blocks. */
	#dropCap(element: Element, around: Around): void {
		if (isBlock(element)) this.#edge(around);
		this.#inline(element, around);
		if (isBlock(element)) this.#draft.hold();
	}

	#children(element: Element, around: Around): void {
		for (const child of element.children) {
			if (child.type === 'text') this.#leaves.text(child, around);
			else this.#element(child, around);
		}
	}

	/** Of a table that is read, each row is a block; what is in its cells stands in one line. */
	#row(row: Element, around: Around): void {
		const language = this.#languageOf(row, around.language);
		this.#close();
		this.#children(row, {...around, language, blockLanguage: language, flat: true});
		this.#close();
	}

	#noteInPlace(element: Element, around: Around): void {
		const {notes, audit, reading} = this.#options;
		if (reading.notes === 'skip') audit.skip('note', around.file, textOf(element));
		else if (!notes.isReferred(element)) this.#note({element, file: around.file}, around);
	}

	/** A part of the book that holds its notes: whatever else is in it, headings as a rule, is not read. */
	#notesOnly(element: Element, around: Around, reason: string): void {
		const {notes, audit, reading} = this.#options;
		const holdsNotes = reading.notes !== 'skip' && [...elementsIn(element)].some(at => notes.isNote(at));
		if (!holdsNotes) {
			audit.skip(reason, around.file, textOf(element));
			return;
		}
		for (const child of element.children) {
			if (child.type === 'text') audit.skip(reason, around.file, textOf(child));
			else if (notes.isNote(child)) this.#noteInPlace(child, around);
			else this.#notesOnly(child, around, reason);
		}
	}

	#note({element, file}: Note, around: Around | undefined): void {
		if (this.#read.has(element)) return;
		this.#read.add(element);
		const language = this.#languageOf(element, around?.language);
		const atEnd = this.#options.reading.notes === 'end';
		const style: Around = {...aroundAll(file, language), kind: 'note', atEnd};
		this.#draft.close();
		// Its own type would make it back matter, or hide it.
		this.#children(element, style);
		this.#close();
	}

	/** The block that is open ends; what it refers to follows. */
	#close(goesOn?: Block['goesOn']): void {
		this.#draft.close(goesOn);
		if (goesOn) return;
		for (const note of this.#draft.takeNotes()) this.#note(note, undefined);
	}

	#edge({flat}: Around, goesOn?: Block['goesOn']): void {
		if (flat) this.#draft.addSpace();
		else this.#close(goesOn);
	}

	#endSection({flat}: Around): void {
		if (flat) return;
		this.#close();
		this.#draft.endSection();
	}

	#languageOf({attributes}: Element, around: string | undefined): string | undefined {
		const tag = attributes.get('xml:lang') ?? attributes.get('lang');
		if (tag === undefined) return around;
		const language = canonicalLanguage(tag);
		return language === this.#options.language ? undefined : language;
	}
}
