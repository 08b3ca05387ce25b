import type {Lexicon} from '../lexicon.js';
import {primary, secondary} from './alphabet.js';
import {choose} from './entries.js';
import {weaken} from './stress.js';
import {others} from './suffixes.js';
import type {Variety} from './variety.js';
import type {Surroundings, Words} from './words.js';

/** In names these are weak, and the network knows: Hartman, Bradford. */
const weakInNames =
	/(?:man|land|ford|ham|ton|bury|berry|well|more|son|house|stone|wood|field|worth|brook)s?$/;

/** Reads words that only their parts tell: a rarer ending, "un" before it, two words in one. */
export class RarerWords {
	readonly #lexicon: Lexicon;
	readonly #words: Words;
	readonly #variety: Variety;

	constructor(lexicon: Lexicon, words: Words, variety: Variety) {
		this.#lexicon = lexicon;
		this.#words = words;
		this.#variety = variety;
	}

	read(written: string, around: Surroundings): string | undefined {
		const word = written.toLowerCase();
		const ended = this.#readEnded(word, around);
		if (ended !== undefined) return ended;
		const positive = /^un[a-z]{4,}$/.test(word)
			? (this.#words.readStem(word.slice(2), around) ?? this.#readEnded(word.slice(2), around))
			: undefined;
		if (positive !== undefined) return `ˌʌn${positive}`;
		const isName = written !== word && weakInNames.test(word);
		return isName ? undefined : this.#readTwo(word, around);
	}

	#readEnded(word: string, around: Surroundings): string | undefined {
		for (const ending of others) {
			for (const stem of ending.stems(word)) {
				const phonemes = this.#words.readStem(stem, around);
				const joined = phonemes === undefined ? undefined : ending.join(phonemes, this.#variety);
				if (joined !== undefined) return joined;
			}
		}
		return undefined;
	}

	/** coastguards, masterstroke: the second word is less stressed. */
	#readTwo(word: string, around: Surroundings): string | undefined {
		if (word.length < 7 || !/^[a-z]+$/.test(word)) return undefined;
		const splits = Array.from({length: word.length - 5}, (_, index) => index + 3);
		// The longer the shorter part, the likelier the seam.
		splits.sort((a, b) => Math.min(b, word.length - b) - Math.min(a, word.length - a));
		for (const at of splits) {
			const [first, second] = [
				this.#part(word.slice(0, at), around, primary),
				this.#part(word.slice(at), around, secondary),
			];
			if (first !== undefined && second !== undefined) return first + weaken(second);
		}
		return undefined;
	}

	/** A word that people checked, or a regular form of one, with a stress: "down" has a light one. */
	#part(word: string, {following}: Surroundings, least: string): string | undefined {
		const entry = this.#lexicon.lookup(word);
		if (entry?.source === 'silver') return undefined;
		const phonemes = entry
			? choose(entry, 'NOUN', following)
			: this.#words.readStem(word, {tag: 'NOUN', following});
		return phonemes?.includes(primary) || phonemes?.includes(least) ? phonemes : undefined;
	}
}
