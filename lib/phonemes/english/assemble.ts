import type {Phonemized, PhonemizedWord} from '../phonemized.js';
import {phraseEnds} from './alphabet.js';
import type {Piece} from './pieces.js';
import type {Token} from './tokens.js';

/** Puts the phonemes together: spaces between words and wherever the text has some, none before punctuation that had none. */
export function assemble(
	tokens: readonly Token[],
	pieces: readonly Piece[],
	pronounced: readonly string[],
): Phonemized {
	const assembly = new Assembly();
	for (const [index, piece] of pieces.entries()) {
		const token = tokens[piece.token];
		if (token !== undefined) assembly.add(piece, token, pronounced[index] ?? '');
	}
	return assembly.result();
}

class Assembly {
	readonly #words: PhonemizedWord[] = [];
	#phonemes = '';
	/** The piece that gave the last phonemes. */
	#last: Piece | undefined;
	/** Where its token ends in the text. */
	#lastEnd = 0;
	/** Whether there was white space since. */
	#spaced = false;
	/** Where the phonemes of the current token begin. */
	#start = 0;

	add(piece: Piece, token: Token, said: string): void {
		const begins = this.#last?.token !== piece.token;
		if (begins && token.spaced) this.#spaced = true;
		if (said === '' || this.#isLoneMark(piece, token)) return;
		if (this.#phonemes !== '' && this.#parts(piece, begins)) this.#phonemes += ' ';
		if (begins) this.#start = this.#phonemes.length;
		this.#phonemes += said;
		if (piece.kind !== 'mark') this.#endWord(token);
		this.#spaced = false;
		this.#last = piece;
		this.#lastEnd = token.end;
	}

	result(): Phonemized {
		return {phonemes: this.#phonemes, words: this.#words};
	}

	/** What ends a phrase of which nothing could be spoken: the pause before it is enough. */
	#isLoneMark(piece: Piece, token: Token): boolean {
		const apart = token.start > this.#lastEnd;
		return apart && endsPhrase(piece) && this.#last !== undefined && endsPhrase(this.#last);
	}

	/** A pause that stands for a sign belongs to the word before it. */
	#parts(piece: Piece, begins: boolean): boolean {
		if (piece.kind === 'mark') return this.#spaced && !piece.said;
		if (this.#spaced) return true;
		return !begins || (this.#last !== undefined && this.#last.kind !== 'mark');
	}

	#endWord(token: Token): void {
		if (this.#words.at(-1)?.textStart === token.start) this.#words.pop();
		this.#words.push({
			textStart: token.start,
			textEnd: token.end,
			start: this.#start,
			end: this.#phonemes.length,
		});
	}
}

const endsPhrase = ({kind, text}: Piece) => kind === 'mark' && phraseEnds.has(text.charAt(0));
