import type {Around} from './around.js';
import type {Audit} from './audit.js';
import type {Draft} from './draft.js';
import type {Reading} from './options.js';
import {pictureOf} from './pictures.js';
import {linesOfPiece} from './pieces.js';
import {inFigures} from './roman.js';
import {type Element, elementsIn, type Piece, type Text, textOf} from './tree.js';

/** Reads what has nothing in it that is read by itself: text, pictures, formulas. */
export class Leaves {
	readonly #draft: Draft;
	readonly #audit: Audit;
	readonly #reading: Reading;

	constructor(draft: Draft, {audit, reading}: {readonly audit: Audit; readonly reading: Reading}) {
		this.#draft = draft;
		this.#audit = audit;
		this.#reading = reading;
	}

	text({pieces}: Text, around: Around): void {
		for (const piece of pieces) {
			if (around.preformatted) this.#lines(piece, around);
			else for (const part of this.#inFigures(piece, around)) this.#draft.add(part, around);
		}
	}

	/** A picture is read by its alternative text, where that is wanted; the first letter of a word, drawn, always is. */
	picture(element: Element, around: Around): void {
		const {alternative, name} = pictureOf(element);
		this.#audit.skip('drawing', around.file, textOf(element));
		if (/^\p{L}$/u.test(alternative)) this.#draft.addOwn(alternative, around);
		else if (this.#reading.images === 'alt' && alternative !== '') this.#alternative(alternative, around);
		else if (alternative !== '' || name !== '') this.#audit.miss('image', around.file, alternative || name);
	}

	/** A formula: as its author says it is to be read, or where it is a single sign. */
	formula(math: Element, around: Around): void {
		const {alternative} = pictureOf(math);
		const text = textOf(math);
		if (alternative !== '') {
			this.#audit.skip('formula (its alternative text is read)', around.file, text);
			this.#draft.addOwn(alternative, around);
		} else if (/^\s*(?:\p{L}|[\d.,]+)\s*$/u.test(text)) {
			for (const {children} of elementsIn(math))
				for (const child of children) if (child.type === 'text') this.text(child, around);
		} else this.#audit.skip('formula', around.file, text);
	}

	#alternative(text: string, around: Around): void {
		if (this.#draft.isOpen) {
			this.#draft.addSpace();
			this.#draft.addOwn(text, around);
			this.#draft.addSpace();
		} else {
			this.#draft.addOwn(text, {...around, kind: around.kind === 'paragraph' ? 'image' : around.kind});
			if (around.kind === 'paragraph') this.#draft.close();
		}
	}

	/** `XXIII` at the beginning of a heading is a number: a voice would spell it. */
	#inFigures(piece: Piece, {numeral}: Around): readonly Piece[] {
		const begins = numeral !== undefined && !this.#draft.isOpen && piece.text.trim() !== '';
		return (begins ? inFigures(piece, numeral) : undefined) ?? [piece];
	}

	/** Preformatted text: its line ends are line ends. */
	#lines(piece: Piece, around: Around): void {
		for (const line of linesOfPiece(piece)) {
			if (line.text === '\n') this.#draft.break();
			this.#draft.add(line, around);
		}
	}
}
