import type {Block, Run} from '../book.js';
import type {Piece} from './tree.js';

/** A block while a book is read: with what is needed to make chapters of it. */
export interface DraftBlock {
	kind: Block['kind'];
	text: string;
	/** As the source writes it: numerals are Roman. */
	title: string;
	language: string | undefined;
	goesOn: Block['goesOn'];
	endsSection: boolean;
	runs: Run[];
	/** Of a heading: 1 to 6. */
	level: number | undefined;
	/** Places in the source, as the table of contents names them, that begin with it. */
	marks: string[];
	/** A note that is read at the end of its chapter. */
	atEnd: boolean;
}

/** White space that HTML or a reader's ear takes for one space; no-break spaces are text. */
const parts =
	/(?<space>[ \t\n\v\f\r\u0085\u1680\u2000-\u2006\u2008-\u200A\u2028\u2029\u205F\u3000]+)|(?<unseen>[\u00AD\u2060\uFEFF]+)|[^ \t\n\v\f\r\u0085\u00AD\u1680\u2000-\u2006\u2008-\u200A\u2028\u2029\u205F\u2060\u3000\uFEFF]+/g;

/** Composes the text of a block from pieces of the source, and keeps where each stands. Linear in time. */
export class Composer {
	readonly runs: Run[] = [];
	text = '';
	// A space that shows only if more follows: the source's, or one of our own, or one between cells.
	#space:
		| {readonly file: string; readonly start: number; readonly length: number}
		| 'own'
		| 'cell'
		| undefined;

	/** Text of the source; white space at the block's ends is left out. */
	add({text, start, length, counts}: Piece, file: string): void {
		if (counts !== undefined) {
			this.#putSpace();
			this.#append({length: text.length, file, sourceStart: start, sourceLength: length, counts}, text);
			return;
		}
		const exact = text.length === length;
		for (const {0: part, index, groups} of text.matchAll(parts)) {
			// Within a reference, such as one to a space, all of it stands for each part.
			const at = exact ? start + index : start;
			const extent = exact ? part.length : length;
			if (groups?.['unseen'] !== undefined) continue;
			if (groups?.['space'] !== undefined)
				this.#space ??= this.text === '' ? undefined : {file, start: at, length: extent};
			else {
				this.#putSpace();
				this.#put(part, file, at, extent);
			}
		}
	}

	/** Text that is not the source's own, such as an image's alternative text. */
	addOwn(text: string): void {
		if (text === '') return;
		this.#putSpace();
		this.text += text;
	}

	/** A space, should anything follow, where the source has none: where blocks stand in a cell of a table. */
	addSpace(): void {
		if (this.text !== '') this.#space ??= 'own';
	}

	/** Between two cells of a table: a comma, where no punctuation stands. */
	addSeparator(): void {
		if (this.text !== '') this.#space = 'cell';
	}

	/** Whether a space stands before what comes next. */
	get spaced(): boolean {
		return this.#space !== undefined || this.text === '';
	}

	#putSpace(): void {
		const space = this.#space;
		this.#space = undefined;
		if (space === 'own') this.text += ' ';
		else if (space === 'cell') this.text += endsInPunctuation(this.text) ? ' ' : ', ';
		else if (space) this.#put(' ', space.file, space.start, space.length);
	}

	#put(text: string, file: string, sourceStart: number, sourceLength: number): void {
		const last = this.runs.at(-1);
		const adjoins =
			last?.file === file &&
			last.length === last.sourceLength &&
			text.length === sourceLength &&
			last.counts === undefined &&
			last.textStart + last.length === this.text.length &&
			last.sourceStart + last.length === sourceStart;
		if (last && adjoins) {
			const length = last.length + text.length;
			this.runs[this.runs.length - 1] = {...last, length, sourceLength: length};
			this.text += text;
		} else this.#append({length: text.length, file, sourceStart, sourceLength}, text);
	}

	#append(run: Omit<Run, 'textStart'>, text: string): void {
		this.runs.push({textStart: this.text.length, ...run});
		this.text += text;
	}
}

/** Looks at the end alone, however long the text. */
export function endsInPunctuation(text: string): boolean {
	return /\p{P}$/u.test(text.slice(-2));
}
