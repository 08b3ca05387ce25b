import type {Entry, Lexicon} from '../lexicon.js';
import type {Following} from './following.js';
import type {Tag} from './tags.js';

/** The other spelling that a word may stand under: `london` as `London`, `Table` as `table`. */
function otherCase(word: string): string | undefined {
	const lower = word.toLowerCase();
	const capitalized = lower.charAt(0).toUpperCase() + lower.slice(1);
	if (word.length < 2 || lower === capitalized) return undefined;
	if (word === lower) return capitalized;
	return word === capitalized ? lower : undefined;
}

/** Looks a word up as it stands, then with its first letter in the other case; gold before silver. */
export function findEntry(lexicon: Lexicon, word: string): Entry | undefined {
	const exact = lexicon.lookup(word);
	if (exact?.source === 'gold') return exact;
	const other = otherCase(word);
	const alternative = other === undefined ? undefined : lexicon.lookup(other);
	return alternative?.source === 'gold' ? alternative : (exact ?? alternative);
}

/** The reading for a part of speech; `null` means: spell it. At the end of a phrase some words have a full form. */
export function choose(entry: Entry, tag: Tag, following: Following): string | null {
	const {phonemes, tagged} = entry;
	if (tagged.size === 0) return phonemes;
	if (following.vowel === undefined && tagged.has('None')) return tagged.get('None') ?? null;
	const key = tagged.has(tag) ? tag : (family[tag] ?? tag);
	const reading = tagged.get(key);
	return reading === undefined ? phonemes : reading;
}

const family: {readonly [tag in Tag]?: string} = {VBD: 'VERB', VBN: 'VERB'};
