import type {Block} from '../book.js';
import type {Audit} from './audit.js';
import {type DraftBlock, endsInPunctuation} from './composer.js';
import type {Note} from './notes.js';
import {type BlockStyle, OpenBlock} from './open-block.js';
import type {Piece} from './tree.js';
import {splitClosing, voiceLanguage} from './voice-language.js';

const sceneBreak = /^[\s*#~•·∗⁂❦❧☙✻✽●○◆◇■□_=+.\-–—−]+$/u;
/** Shorter lines were broken on purpose, in UTF-16 units. */
const shortLine = 45;

/** Makes blocks of text as it comes: where one ends and the next begins, in which language it is, what is nothing to say. */
export class Draft {
	readonly blocks: DraftBlock[] = [];
	readonly #audit: Audit;
	readonly #languages: readonly string[];
	#open: OpenBlock | undefined;
	#breaks = 0;
	#marks: string[] = [];
	#notes: Note[] = [];

	constructor(audit: Audit, languages: readonly string[]) {
		this.#audit = audit;
		this.#languages = languages;
	}

	get isOpen(): boolean {
		return this.#open !== undefined;
	}

	/** The next block that begins is where a chapter may begin. */
	mark(place: string): void {
		this.#marks.push(place);
	}

	/** Forgets marks at which nothing began. */
	dropMarks(): void {
		this.#marks = [];
	}

	/** The text so far refers to a note. */
	refer(note: Note): void {
		this.#notes.push(note);
	}

	/** The notes that were referred to since the last call. */
	takeNotes(): Note[] {
		const notes = this.#notes;
		this.#notes = [];
		return notes;
	}

	/** A line ends within a paragraph; two end the paragraph. */
	break(): void {
		if (this.#open) this.#breaks++;
	}

	/** A line of verse begins or ends. */
	lineEdge(): void {
		if (this.#open) this.#breaks = Math.max(1, this.#breaks);
	}

	/** The block that is open goes on in the block that begins next. */
	hold(): void {
		this.#open?.hold();
	}

	add(piece: Piece, style: BlockStyle): void {
		if (piece.text.trim() === '') {
			this.#open?.composer.add(piece, style.file);
			return;
		}
		if (this.#breaks > 0) this.#endLine(piece.text, style);
		const voice = voiceLanguage(this.#languages, style.language);
		const rest = this.#open && this.#open.voice !== voice ? this.#switch(piece, style, voice) : piece;
		if (rest) this.#begin(style, voice).composer.add(rest, style.file);
	}

	/** Text that is not the source's own. */
	addOwn(text: string, style: BlockStyle): void {
		if (text === '') return;
		if (this.#breaks > 0) this.#endLine(text, style);
		this.#begin(style, voiceLanguage(this.#languages, style.language)).composer.addOwn(text);
	}

	/** A space, should more follow in the block. */
	addSpace(): void {
		this.#open?.composer.addSpace();
	}

	/** What stands between two cells of a table. */
	addSeparator(): void {
		this.#open?.composer.addSeparator();
	}

	/** The block that is open ends. */
	close(goesOn?: Block['goesOn']): void {
		const open = this.#open;
		if (open?.goesOn()) return;
		this.#open = undefined;
		this.#breaks = 0;
		if (open?.isSayable) this.blocks.push(open.close(goesOn));
		else if (open) this.#drop(open, goesOn);
	}

	/** A section ends here. */
	endSection(): void {
		this.close();
		const last = this.blocks.at(-1);
		if (last) last.endsSection = true;
	}

	#begin(style: BlockStyle, voice: string | undefined): OpenBlock {
		const language =
			voice === voiceLanguage(this.#languages, style.blockLanguage) ? style.blockLanguage : style.language;
		if (!this.#open) {
			this.#open = new OpenBlock(style, this.#marks, {voice, language});
			this.#marks = [];
		}
		this.#open.adopt(style);
		return this.#open;
	}

	/** What came was a line end: of verse or an address, or of prose that was broken where a line was full. */
	#endLine(next: string, {keepsLines}: BlockStyle): void {
		const breaks = this.#breaks;
		this.#breaks = 0;
		const open = this.#open;
		if (!open) return;
		const {text} = open.composer;
		const soft =
			!keepsLines && text.length > shortLine && !endsInPunctuation(text) && /^\s*\p{Ll}/u.test(next);
		if (soft) open.composer.addSpace();
		else this.close(breaks > 1 ? undefined : 'line');
	}

	/** Text in the language of another voice comes: gives what of it begins a block of its own. */
	#switch(piece: Piece, style: BlockStyle, voice: string | undefined): Piece | undefined {
		const open = this.#open;
		if (!open) return piece;
		const [before, rest] = open.composer.spaced ? [undefined, piece] : splitClosing(piece);
		if (before) open.composer.add(before, style.file);
		if (rest.text.trim() === '') {
			open.composer.add(rest, style.file);
			return undefined;
		}
		if (open.isSayable) {
			this.close('sentence');
		} else {
			// An opening quote goes with what it opens.
			open.voice = voice;
			open.language = style.language;
		}
		return rest;
	}

	/** Marks without a word: a break between scenes, or punctuation. */
	#drop(open: OpenBlock, goesOn: Block['goesOn']): void {
		const isBreak = sceneBreak.test(open.composer.text);
		this.#audit.skip(isBreak ? 'scene break' : 'punctuation alone', open.file, open.sourceText());
		this.#marks = [...open.marks, ...this.#marks];
		const last = this.blocks.at(-1);
		if (!last) return;
		if (last.goesOn && !goesOn) last.goesOn = undefined;
		if (isBreak && !last.goesOn) last.endsSection = true;
	}
}
