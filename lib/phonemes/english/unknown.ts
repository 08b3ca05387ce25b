import {consonants, letters} from './alphabet.js';
import {joinCompound, type Part} from './compounds.js';
import {following} from './following.js';
import {calm, guessable, tidy, withoutAccents} from './guessable.js';
import {initialisms} from './initialisms.js';
import type {RarerWords} from './rarer.js';
import {emphasize, stress} from './stress.js';
import {s} from './suffixes.js';
import type {Tag} from './tags.js';
import type {Variety} from './variety.js';
import {adjectives, closedClass} from './word-classes.js';
import {contract, type Surroundings, type Words} from './words.js';

/** Gives the phonemes of a word that no lexicon has; an empty string where it has no idea. */
export type Guess = (word: string) => Promise<string>;

/** iPhone, MacBook, PostgreSQL: where a capital follows a small letter. */
const humps = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+/gu;

/** A letter three times or more. */
const stretched = /(\p{L})\1\1/iu;
const stretches = /(\p{L})\1{2,}/giu;
const stretchings = ['$1$1', '$1'];

/** Reads words that are not in the lexicon as they stand: compounds part by part, foreign ones without their accents, the rest by a guess. */
export class UnknownWords {
	readonly #words: Words;
	readonly #rarer: RarerWords;
	readonly #guess: Guess;
	readonly #variety: Variety;

	constructor(words: Words, rarer: RarerWords, guess: Guess, variety: Variety) {
		this.#words = words;
		this.#rarer = rarer;
		this.#guess = guess;
		this.#variety = variety;
	}

	/** Empty only where nothing in the word can be spoken. */
	async read(word: string, around: Surroundings): Promise<string> {
		const known = this.#words.read(word, around);
		if (known !== undefined) return known;
		if (word.includes('-')) return this.#readHyphenated(word.split('-').filter(Boolean), around);
		if (word.startsWith("'")) return this.#readElided(word.slice(1), around);
		const plain = withoutAccents(word);
		if (plain.length === 1) return this.#words.spell(plain);
		return (
			this.#readDroppedG(word, around) ??
			this.#readAccented(word, plain, around) ??
			(await this.#readContracted(word, around)) ??
			this.#readJoined(word, around) ??
			this.#readStretched(plain, around) ??
			this.#readInitials(plain) ??
			this.#readHumps(plain, around, 3) ??
			this.#rarer.read(plain, around) ??
			(await this.#readPrefixed(word, around)) ??
			this.#readHumps(plain, around, 2) ??
			this.#readGuess(guessable(word))
		);
	}

	async #readHyphenated(written: readonly string[], around: Surroundings): Promise<string> {
		const parts: Part[] = [];
		let next = around.following;
		for (const text of written.toReversed()) {
			const phonemes =
				stutter(text, parts, this.#variety) ??
				(await this.read(text, {
					tag: parts.length === 0 ? around.tag : partTag(text, parts[0]?.text ?? ''),
					following: next,
				}));
			parts.unshift({text, phonemes});
			next = following(phonemes, text, next);
		}
		return joinCompound(parts.filter(part => part.phonemes !== ''));
	}

	/** 'ave, 'eard: most often it is an h that was dropped. */
	async #readElided(rest: string, around: Surroundings): Promise<string> {
		const whole = /^[aeiou]/i.test(rest) ? this.#words.read(`h${rest.toLowerCase()}`, around) : undefined;
		return whole?.startsWith('h') === true ? whole.slice(1) : this.read(rest, around);
	}

	/** nothin', dancin' */
	#readDroppedG(word: string, around: Surroundings): string | undefined {
		if (!/in'$/i.test(word)) return undefined;
		const phonemes = this.#words.read(`${word.slice(0, -1)}g`, around);
		return phonemes?.endsWith('ŋ') ? `${phonemes.slice(0, -1)}n` : undefined;
	}

	/** "café" as "cafe", but "résumé" not as "resume": the accent says that the e is heard. */
	#readAccented(word: string, plain: string, around: Surroundings): string | undefined {
		if (plain === word) return undefined;
		const phonemes = this.#words.read(plain, around);
		return /ée?s?$/i.test(word) && !/Az?$/.test(phonemes ?? '') ? undefined : phonemes;
	}

	/** H'm: the apostrophe may be of no account. */
	#readJoined(word: string, around: Surroundings): string | undefined {
		return word.includes("'") ? this.#words.read(word.replaceAll("'", ''), around) : undefined;
	}

	/** Ukridge's, Ukridge'll: the name is guessed without what hangs on to it. */
	async #readContracted(word: string, around: Surroundings): Promise<string | undefined> {
		const at = word.lastIndexOf("'");
		if (at < 1) return undefined;
		const clitic = word.slice(at).toLowerCase();
		if (clitic === "'s") return s.join(await this.read(word.slice(0, at), around), this.#variety);
		if (contract('', clitic, this.#variety) === undefined) return undefined;
		return contract(await this.read(word.slice(0, at), around), clitic, this.#variety);
	}

	/** O'Neill, d'Artagnan: what stands before the apostrophe stays unstressed; McCain, McGregor. */
	async #readPrefixed(word: string, around: Surroundings): Promise<string | undefined> {
		const clan = /^Ma?c(\p{Lu}\p{L}+)$/u.exec(word)?.[1];
		if (clan !== undefined) {
			const name = await this.read(clan, around);
			return (/^[kɡ]/.test(name) ? 'mə' : 'mək') + name;
		}
		const [, prefix = '', rest] = /^([odl])'(\p{L}{3,})$/iu.exec(word) ?? [];
		if (rest === undefined) return undefined;
		return (prefixes[this.#variety][prefix.toLowerCase()] ?? '') + (await this.read(rest, around));
	}

	/** url, apis: initials in small letters. */
	#readInitials(word: string): string | undefined {
		if (initialisms.has(word)) return this.#words.spell(word);
		const one = word.endsWith('s') ? word.slice(0, -1) : '';
		return initialisms.has(one) ? s.join(this.#words.spell(one), this.#variety) : undefined;
	}

	/** soooo, Whaaat: with each stretched letter twice, or once. */
	#readStretched(word: string, around: Surroundings): string | undefined {
		if (!stretched.test(word)) return undefined;
		const lower = word.toLowerCase();
		return stretchings
			.map(written => this.#words.read(lower.replace(stretches, written), around))
			.filter(phonemes => phonemes !== undefined)
			.map(phonemes => emphasize(phonemes, 'strong'))[0];
	}

	/** getUserName, OpenAI: of two humps that are words the first has the stress, as in any compound. */
	#readHumps(word: string, around: Surroundings, least: number): string | undefined {
		// PhDs, URLs
		const many = /^(.*\p{Lu})s$/u.exec(word)?.[1];
		if (many !== undefined) {
			const one = this.#words.read(many, {...around, tag: 'NOUN'}) ?? this.#readHumps(many, around, 2);
			return one === undefined ? undefined : s.join(one, this.#variety);
		}
		const written = word.match(humps) ?? [];
		if (written.length < least || written.join('') !== word) return undefined;
		// MSc, mRNA, gRPC
		if (written.every(text => !isWordLike(text))) return this.#words.spell(word);
		const parts = written.map((text): Part => ({text, phonemes: this.#readHump(text, around) ?? ''}));
		return parts.some(part => part.phonemes === '') ? undefined : joinCompound(parts);
	}

	#readHump(text: string, around: Surroundings): string | undefined {
		if (!isWordLike(text)) return this.#words.spell(text);
		return this.#words.read(text, {...around, tag: 'NOUN'});
	}

	async #readGuess(word: string): Promise<string> {
		const guessed = Array.from(await this.#guess(calm(word))).filter(letter => letters.has(letter));
		return guessed.length > 0 ? stress(tidy(guessed.join(''))) : this.#words.spell(withoutAccents(word));
	}
}

/** Of what stands between two humps. */
const isWordLike = (text: string) => text !== text.toUpperCase() && text.length > 1 && /[aeiouy]/i.test(text);

/** Before a hyphen: "live-stream", but "content-rich". */
function partTag(text: string, after: string): Tag {
	if (text === 'a' && after.length > 1) return 'DT';
	return adjectives.has(text.toLowerCase()) && text !== 'content' ? 'ADJ' : 'NOUN';
}

/** "B-b-but": the sound that does not come out. */
function stutter(text: string, [next]: readonly Part[], variety: Variety): string | undefined {
	const [letters, word] = [text.toLowerCase(), next?.text.toLowerCase() ?? ''];
	const sounds = Array.from(next?.phonemes ?? '');
	const first = sounds
		.slice(
			0,
			Math.max(
				0,
				sounds.findIndex(sound => !consonants.has(sound)),
			),
		)
		.join('');
	const same = word.startsWith(letters) && /^[^aeiou\d]{1,3}$/.test(letters) && first !== '';
	const spoken = text !== text.toUpperCase() || closedClass.has(word) || word.length === 1;
	if (same && spoken) return `${letters.length === 1 ? first.charAt(0) : first}ə`;
	return prefix(text, next === undefined ? [] : [next], variety);
}

/** "re-read": before a hyphen "re" is not the word for "concerning". */
function prefix(text: string, after: readonly Part[], variety: Variety): string | undefined {
	if (text.toLowerCase() !== 're' || after.length === 0) return undefined;
	return variety === 'us' ? 'ɹˌi' : 'ɹˌiː';
}

/** Of names: O'Neill, d'Artagnan, L'Oréal. */
const prefixes: {readonly [variety in Variety]: {readonly [prefix: string]: string}} = {
	us: {o: 'O', d: 'd', l: 'l'},
	gb: {o: 'Q', d: 'd', l: 'l'},
};
