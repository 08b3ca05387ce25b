import type {Entry, Lexicon} from '../lexicon.js';
import {primary, secondary} from './alphabet.js';
import {choose, findEntry} from './entries.js';
import type {Following} from './following.js';
import {readFunctionWord} from './function-words.js';
import {type Emphasis, emphasize} from './stress.js';
import {ed, ing, type Suffix, s} from './suffixes.js';
import type {Tag} from './tags.js';
import type {Variety} from './variety.js';

/** What stands around a word. */
export interface Surroundings {
	readonly tag: Tag;
	readonly following: Following;
}

const endings: readonly Suffix[] = [s, ed, ing];
/** Contractions of verbs, for words that the lexicon has only without them; weak as they are, British and American differ little. */
const clitics: {readonly [spelling: string]: string} = {
	"'ll": 'əl',
	"'ve": 'əv',
	"'d": 'd',
	"'re": 'əɹ',
};
const britishClitics: {readonly [spelling: string]: string} = {...clitics, "'re": 'ə'};

/** A host with its contracted verb, or undefined where it has none: "that'd" has two syllables. */
export function contract(host: string, clitic: string, variety: Variety): string | undefined {
	const verb = (variety === 'us' ? clitics : britishClitics)[clitic];
	if (verb === undefined) return undefined;
	return host + (verb === 'd' && /[td]$/.test(host) ? 'əd' : verb);
}

/** In letters: of longer ones in capitals those that the lexicon has are words. */
const longestInitialism = 4;
/** Its weak vowel cannot be stressed. */
const fullThe: {readonly [variety in Variety]: string} = {us: 'ðˈi', gb: 'ðˈiː'};

function emphasisOf(word: string): Emphasis {
	if (word === word.toLowerCase()) return 'none';
	return word === word.toUpperCase() ? 'strong' : 'light';
}

/** Reads single words by the lexicon and the rules of the language; what neither knows is undefined. */
export class Words {
	readonly #lexicon: Lexicon;
	readonly #variety: Variety;

	constructor(lexicon: Lexicon, variety: Variety) {
		this.#lexicon = lexicon;
		this.#variety = variety;
	}

	/** The phonemes of a word: letters and straight apostrophes, capitals as in the text. */
	read(word: string, around: Surroundings): string | undefined {
		const emphasis = emphasisOf(word);
		if (word === 'I') return around.tag === 'PRP' ? 'ˌI' : 'ˈI';
		const initialism = /^(\p{Lu}{2,})('?s)$/u.exec(word)?.[1];
		if (initialism !== undefined) return this.#plural(initialism, around);
		const capitals = emphasis === 'strong' && word.length > 1;
		if (capitals && around.tag === 'NOUN' && /^[\p{L}']+$/u.test(word))
			return this.#readCapitals(word, around);
		const lower = word.toLowerCase();
		if (word === 'THE') return fullThe[this.#variety];
		const functionWord = readFunctionWord(lower, around.tag, around.following, this.#variety);
		if (functionWord !== undefined) return capitals ? emphasize(functionWord, emphasis) : functionWord;
		for (const spelling of capitals ? [lower] : new Set([word, lower])) {
			const phonemes = this.#readKnown(spelling, around) ?? this.#readDerived(spelling, around);
			if (phonemes !== undefined) return emphasize(phonemes, emphasis);
		}
		return undefined;
	}

	/** A word in small letters that the lexicon has, or a regular form of one, neither emphasized nor a function word. */
	readStem(word: string, around: Surroundings): string | undefined {
		return this.#readKnown(word, around) ?? this.#readDerived(word, around);
	}

	/** Letter by letter, the last one stressed. Letters that have no name in English are passed over. */
	spell(letters: string): string {
		const names = Array.from(letters.toUpperCase(), letter => this.#lexicon.lookup(letter)?.phonemes ?? '');
		const joined = names.join('').replaceAll(secondary, '').replaceAll(primary, secondary);
		const last = joined.lastIndexOf(secondary);
		return last === -1 ? joined : joined.slice(0, last) + primary + joined.slice(last + 1);
	}

	/** What stands in capitals by itself: a word if the lexicon has it as one or if it is long; otherwise an initialism. */
	#readCapitals(word: string, around: Surroundings): string | undefined {
		const lower = word.toLowerCase();
		if (lower.endsWith("'s")) return this.#plural(word.slice(0, -2), around);
		const gold = this.#gold(word) ?? this.#gold(lower);
		const phonemes = gold === undefined ? null : choose(gold, around.tag, around.following);
		if (phonemes?.includes(primary)) return phonemes;
		if (word.length <= longestInitialism && !word.includes("'")) return this.spell(word);
		const asWord = this.#readKnown(lower, around) ?? this.#readDerived(lower, around);
		if (asWord !== undefined) return emphasize(asWord, 'strong');
		return /[aeiouy]/.test(lower) && word.length > longestInitialism + 1 ? undefined : this.spell(word);
	}

	/** CEOs and the CEO's. */
	#plural(initialism: string, around: Surroundings): string | undefined {
		const phonemes = this.#readCapitals(initialism, around);
		return phonemes === undefined ? undefined : s.join(phonemes, this.#variety);
	}

	#gold(word: string): Entry | undefined {
		const entry = findEntry(this.#lexicon, word);
		return entry?.source === 'gold' ? entry : undefined;
	}

	#readKnown(word: string, {tag, following}: Surroundings): string | undefined {
		const entry = findEntry(this.#lexicon, word);
		if (entry === undefined) return undefined;
		return choose(entry, tag, following) ?? this.spell(word);
	}

	/** A stem that the lexicon has, with a regular ending, an apostrophe or a contracted verb. */
	#readDerived(word: string, around: Surroundings): string | undefined {
		if (word.endsWith("'")) {
			const base = word.slice(0, -1);
			return this.#readKnown(base, around) ?? this.#readDerived(base, around);
		}
		for (const ending of endings) {
			for (const stem of ending.stems(word)) {
				const phonemes = this.#readKnown(stem, around);
				const joined = phonemes === undefined ? undefined : ending.join(phonemes, this.#variety);
				if (joined !== undefined) return ending === ing ? emphasize(joined, 'light') : joined;
			}
		}
		return this.#readContracted(word, around);
	}

	#readContracted(word: string, around: Surroundings): string | undefined {
		const at = word.lastIndexOf("'");
		if (at < 1 || !Object.hasOwn(clitics, word.slice(at))) return undefined;
		const host = word.slice(0, at);
		const phonemes = this.#readKnown(host, around) ?? this.#readDerived(host, around);
		return phonemes === undefined ? undefined : contract(phonemes, word.slice(at), this.#variety);
	}
}
