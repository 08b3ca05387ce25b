import {sayable} from '../../text/speakable.js';
import type {Block} from '../book.js';
import {Composer, type DraftBlock} from './composer.js';

/** What a block is to be, when its first character comes. */
export interface BlockStyle {
	readonly file: string;
	readonly kind: Block['kind'];
	readonly level: number | undefined;
	/** BCP 47 tag of the paragraph, and of the text within it. */
	readonly blockLanguage: string | undefined;
	readonly language: string | undefined;
	/** Lines are kept as they are, always. */
	readonly keepsLines: boolean;
	readonly atEnd: boolean;
	/** Roman, with which a heading begins. */
	readonly numeral?: string | undefined;
}

/** The block that is being written. */
export class OpenBlock {
	readonly composer = new Composer();
	/** Places that begin with it. */
	readonly marks: string[];
	/** The language among those with a voice of their own. */
	voice: string | undefined;
	language: string | undefined;
	#style: BlockStyle;
	#held: 'no' | 'until closed' | 'until begun' = 'no';

	constructor(style: BlockStyle, marks: string[], {voice, language}: Pick<OpenBlock, 'voice' | 'language'>) {
		this.marks = marks;
		this.voice = voice;
		this.language = language;
		this.#style = style;
	}

	get file(): string {
		return this.#style.file;
	}

	/** Whether there is something to say. */
	get isSayable(): boolean {
		return sayable.test(this.composer.text);
	}

	/** Once it would be closed, the block that begins next goes on in it. */
	hold(): void {
		this.#held = 'until closed';
	}

	/** It would be closed: gives whether it stays open for the next. */
	goesOn(): boolean {
		const held = this.#held === 'until closed';
		if (held) this.#held = 'until begun';
		return held;
	}

	/** A block begins: where this one was held, it says what both are. */
	adopt(style: BlockStyle): void {
		if (this.#held !== 'until begun') return;
		this.#held = 'no';
		this.#style = style;
	}

	/** What the source has of it. */
	sourceText(): string {
		const {text, runs} = this.composer;
		return runs.map(({textStart, length}) => text.slice(textStart, textStart + length)).join('');
	}

	close(goesOn: Block['goesOn']): DraftBlock {
		const {kind, numeral, level, atEnd} = this.#style;
		const {text, runs} = this.composer;
		return {
			kind,
			text,
			title: asWritten(this.composer, numeral),
			language: this.language,
			goesOn,
			endsSection: false,
			runs,
			level,
			marks: this.marks,
			atEnd,
		};
	}
}

/** A heading with its numeral as the source has it. */
function asWritten({text, runs}: Composer, numeral: string | undefined): string {
	const [first] = runs;
	return numeral !== undefined && first?.counts !== undefined ? numeral + text.slice(first.length) : text;
}
