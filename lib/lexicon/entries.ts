import {createHash} from 'node:crypto';
import {SpeechError} from '../errors.js';

/** How a word is to be said. */
export interface LexiconEntry {
	/** As it stands in a text: `nginx`, `New York`, `C++`. In small letters it stands for capitalized spellings too. */
	readonly grapheme: string;
	/** Phonemes between slashes, `/spˈiʧpIp/`, in the voices' alphabet or in IPA; or other words, `engine x`. */
	readonly said: string;
	/** BCP 47 tag: it holds for voices of this language alone. Without it, for all. */
	readonly language?: string | undefined;
}

/** A user's own words: `{speechpipe: '/spˈiʧpIp/', nginx: 'engine x'}`, or entries as `readLexicon` gives them. Of two for one word the later holds. */
export type UserLexicon = Readonly<Record<string, string>> | readonly LexiconEntry[];

/** UTF-16 units of a grapheme or of what is said for it; longer ones are no words. */
export const longestEntry = 1000;

const checked = new WeakSet<object>();

/** A lexicon as entries, which nobody can change; what this gave is given back as it is. Throws OPTION_INVALID, which names what was wrong. */
export function lexiconEntries(lexicon: UserLexicon): readonly LexiconEntry[] {
	const given: unknown = lexicon;
	if (typeof given !== 'object' || given === null) throw invalid('it must be an object of words.');
	if (checked.has(given)) return lexicon as readonly LexiconEntry[]; // It was given here.
	const entries: unknown[] = Array.isArray(given)
		? given
		: Object.entries(given).map(([grapheme, said]) => ({grapheme, said}));
	const frozen = Object.freeze(entries.map(checkEntry));
	checked.add(frozen);
	return frozen;
}

function checkEntry(entry: unknown): LexiconEntry {
	if (typeof entry !== 'object' || entry === null)
		throw invalid('each entry must be an object {grapheme, said}.');
	const {grapheme, said, language} = entry as Record<string, unknown>; // Of an object any property may be asked.
	if (typeof grapheme !== 'string') throw invalid('each entry must have a grapheme, a string.');
	const problem = entryProblem(grapheme, said);
	if (problem !== undefined) throw invalid(problem);
	if (language !== undefined && typeof language !== 'string')
		throw invalid(`the language of ${JSON.stringify(grapheme)} must be a BCP 47 tag.`);
	return {grapheme, said: said as string, ...(language === undefined ? {} : {language})}; // entryProblem saw to it.
}

/** What is wrong with an entry, or undefined. */
export function entryProblem(grapheme: string, said: unknown): string | undefined {
	const name = JSON.stringify(grapheme.slice(0, 40));
	if (grapheme.trim() === '') return 'an entry has no word.';
	if (typeof said !== 'string') return `${name} must be said as a string: /phonemes/ or other words.`;
	if (Math.max(grapheme.length, said.length) > longestEntry)
		return `${name} is longer than ${longestEntry} characters.`;
	if (said.trim() === '' || /^\s*\/\s*\/\s*$/.test(said)) return `${name} has nothing to be said.`;
	return undefined;
}

/** What stands between the slashes, or undefined where it is words. */
export function phonemesOf(said: string): string | undefined {
	return /^\s*\/([^/]+)\/\s*$/u.exec(said)?.[1];
}

/**
 * A stable name of what a lexicon says (SHA-256, hexadecimal), the same however its entries are ordered or written: for the
 * keys of caches, because it decides the samples as the text does. Empty for an empty one.
 */
export function lexiconKey(lexicon: UserLexicon | undefined): string {
	const entries = lexicon === undefined ? [] : lexiconEntries(lexicon);
	if (entries.length === 0) return '';
	const last = new Map(
		entries.map(entry => [JSON.stringify([entry.grapheme, entry.language ?? '']), entry.said]),
	);
	return createHash('sha256')
		.update(JSON.stringify([...last].sort(([a], [b]) => (a < b ? -1 : 1))))
		.digest('hex');
}

function invalid(problem: string): SpeechError {
	return new SpeechError('OPTION_INVALID', `lexicon: ${problem}`);
}
