import type {Lexicon} from '../lexicon.js';
import type {Phonemized} from '../phonemized.js';
import type {Reading} from '../reading.js';
import {assemble} from './assemble.js';
import {type EmojiNames, hasEmoji} from './emoji.js';
import {following, nothing} from './following.js';
import {link} from './linking.js';
import {type Piece, toPieces} from './pieces.js';
import {RarerWords} from './rarer.js';
import {calm} from './shouting.js';
import {unstress} from './stress.js';
import {tag} from './tagger.js';
import {Tokenizer} from './tokens.js';
import {type Guess, UnknownWords} from './unknown.js';
import type {Variety} from './variety.js';
import {type Surroundings, Words} from './words.js';

export interface EnglishPhonemizerOptions {
	readonly variety: Variety;
	readonly lexicon: Lexicon;
	/** Asked for words that the lexicon and the rules don't know. */
	readonly guess: Guess;
	/** Asked once, when the first emoji comes; without it emoji are passed over. */
	readonly emoji?: (() => Promise<EmojiNames>) | undefined;
}

/** English text to phonemes: numbers and abbreviations become words, words are looked up, inflected, compounded or guessed. */
export class EnglishPhonemizer {
	readonly #variety: Variety;
	readonly #words: Words;
	readonly #unknown: UnknownWords;
	readonly #loadEmoji: (() => Promise<EmojiNames>) | undefined;
	#emoji: Promise<EmojiNames> | undefined;

	constructor({variety, lexicon, guess, emoji}: EnglishPhonemizerOptions) {
		this.#variety = variety;
		this.#words = new Words(lexicon, variety);
		this.#unknown = new UnknownWords(
			this.#words,
			new RarerWords(lexicon, this.#words, variety),
			guess,
			variety,
		);
		this.#loadEmoji = emoji;
	}

	/**
	 * Takes any string; what cannot be read aloud in English gives no phonemes. `readings` (in order, without overlap) win over
	 * all rules. Throws only what `guess` and `emoji` throw.
	 */
	async phonemize(text: string, readings: readonly Reading[] = []): Promise<Phonemized> {
		if (hasEmoji(text)) this.#emoji ??= this.#loadEmoji?.();
		const tokens = new Tokenizer(text, {variety: this.#variety, readings, emoji: await this.#emoji}).tokens();
		const pieces = calm(toPieces(tokens));
		return assemble(tokens, pieces, await this.#pronounce(pieces));
	}

	/** From the end to the start, because words depend on what follows them. */
	async #pronounce(pieces: readonly Piece[]): Promise<string[]> {
		const tags = tag(pieces);
		const pronounced: string[] = [];
		let next = nothing;
		for (const [index, piece] of [...pieces.entries()].reverse()) {
			const alone = await this.#pronouncePiece(piece, {tag: tags[index] ?? 'OTHER', following: next});
			const phonemes = this.#variety === 'gb' && next.vowel === true ? link(alone, piece) : alone;
			pronounced.push(phonemes);
			next = following(phonemes, piece.text, next);
		}
		return pronounced.reverse();
	}

	async #pronouncePiece(piece: Piece, around: Surroundings): Promise<string> {
		if (piece.kind === 'mark') return piece.text;
		if (piece.phonemes !== undefined) return piece.phonemes;
		if (piece.kind === 'letters') return this.#words.spell(piece.text.replaceAll('.', ''));
		// What is no word in small letters is spelled: "STOCKS FALL, FBI SAYS".
		const {shouted} = piece;
		const isWord = shouted === undefined || this.#words.read(piece.text, around) !== undefined;
		const [text, tag] = isWord ? [piece.text, around.tag] : [shouted, 'NOUN' as const];
		const phonemes = await this.#unknown.read(text, {...around, tag});
		return piece.said && piece.text === 'point' ? unstress(phonemes) : phonemes;
	}
}
