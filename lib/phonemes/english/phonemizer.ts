import type {Lexicon} from '../lexicon.js';
import type {Phonemized, PhonemizedWord} from '../phonemized.js';
import {following, nothing} from './following.js';
import {type Piece, toPieces} from './pieces.js';
import {unstress} from './stress.js';
import {tag} from './tagger.js';
import {type Token, Tokenizer} from './tokens.js';
import {type Guess, UnknownWords} from './unknown.js';
import type {Variety} from './variety.js';
import {Words} from './words.js';

export interface EnglishPhonemizerOptions {
	readonly variety: Variety;
	readonly lexicon: Lexicon;
	/** Asked for words that the lexicon and the rules don't know. */
	readonly guess: Guess;
}

/** English text to phonemes: numbers and abbreviations become words, words are looked up, inflected, compounded or guessed. */
export class EnglishPhonemizer {
	readonly #variety: Variety;
	readonly #words: Words;
	readonly #unknown: UnknownWords;

	constructor({variety, lexicon, guess}: EnglishPhonemizerOptions) {
		this.#variety = variety;
		this.#words = new Words(lexicon, variety);
		this.#unknown = new UnknownWords(this.#words, guess, variety);
	}

	/** Takes any string; what cannot be read aloud in English gives no phonemes. Throws only what `guess` throws. */
	async phonemize(text: string): Promise<Phonemized> {
		const tokens = new Tokenizer(text, this.#variety).tokens();
		const pieces = toPieces(tokens);
		return assemble(tokens, pieces, await this.#pronounce(pieces));
	}

	/** From the end to the start, because words depend on what follows them. */
	async #pronounce(pieces: readonly Piece[]): Promise<string[]> {
		const tags = tag(pieces);
		const pronounced: string[] = [];
		let next = nothing;
		for (const [index, piece] of [...pieces.entries()].reverse()) {
			const phonemes = await this.#pronouncePiece(piece, {tag: tags[index] ?? 'OTHER', following: next});
			pronounced.unshift(phonemes);
			next = following(phonemes, piece.text, next);
		}
		return pronounced;
	}

	async #pronouncePiece(piece: Piece, around: Parameters<UnknownWords['read']>[1]): Promise<string> {
		if (piece.kind === 'mark') return piece.text;
		if (piece.kind === 'letters') return this.#words.spell(piece.text.replaceAll('.', ''));
		const phonemes = await this.#unknown.read(piece.text, around);
		return piece.said && piece.text === 'point' ? unstress(phonemes) : phonemes;
	}
}

/** Puts the phonemes together: spaces between words and wherever the text has some, none before punctuation that had none. */
function assemble(
	tokens: readonly Token[],
	pieces: readonly Piece[],
	pronounced: readonly string[],
): Phonemized {
	const words: PhonemizedWord[] = [];
	let phonemes = '';
	let spaced = false;
	let last: Piece | undefined;
	let start = 0;
	for (const [index, piece] of pieces.entries()) {
		const token = tokens[piece.token];
		const said = pronounced[index] ?? '';
		spaced ||= token?.spaced === true && last?.token !== piece.token;
		if (token === undefined || said === '') continue;
		const apart =
			spaced ||
			(piece.kind !== 'mark' && last !== undefined && last.kind !== 'mark') ||
			last?.token === piece.token;
		if (phonemes !== '' && apart && !(piece.kind === 'mark' && piece.said)) phonemes += ' ';
		if (last?.token !== piece.token) start = phonemes.length;
		phonemes += said;
		if (piece.kind !== 'mark') {
			if (words.at(-1)?.textStart === token.start) words.pop();
			words.push({textStart: token.start, textEnd: token.end, start, end: phonemes.length});
		}
		spaced = false;
		last = piece;
	}
	return {phonemes, words};
}
