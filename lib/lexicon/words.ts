import type {Reading} from '../phonemes/reading.js';

/** What is said for a word that was found: `Reading` without its place. */
export type Said = Pick<Reading, 'phonemes' | 'words'>;

interface Candidate {
	/** Made when it is first needed: of a large lexicon a text needs little. */
	pattern: RegExp | undefined;
	readonly grapheme: string;
	readonly said: Said;
}

const letters = /[\p{L}\p{N}\p{M}]+/uy;
const isLetter = /^[\p{L}\p{N}\p{M}]$/u;

/** Words of a lexicon, by what they begin with: a large one costs a text no more than a small one. */
export class LexiconWords {
	readonly #candidates = new Map<string, Candidate[]>();

	constructor(words: Iterable<readonly [grapheme: string, said: Said]>) {
		for (const [written, said] of words) {
			const grapheme = written.trim();
			const key = beginning(grapheme, 0);
			const others = this.#candidates.get(key) ?? [];
			others.push({pattern: undefined, grapheme, said});
			this.#candidates.set(key, others);
		}
		for (const candidates of this.#candidates.values())
			candidates.sort((a, b) => b.grapheme.length - a.grapheme.length);
	}

	/** Whether it has none. */
	get empty(): boolean {
		return this.#candidates.size === 0;
	}

	/** The longest that stands at an offset of a text as a whole word. */
	at(text: string, at: number): Reading | undefined {
		if (this.empty || adjoin(text.charAt(at - 1), text.charAt(at))) return undefined;
		for (const candidate of this.#candidates.get(beginning(text, at)) ?? []) {
			candidate.pattern ??= patternOf(candidate.grapheme);
			const {pattern, said} = candidate;
			pattern.lastIndex = at;
			const end = at + (pattern.exec(text)?.[0].length ?? 0);
			if (end > at && !adjoin(text.charAt(end - 1), text.charAt(end)))
				return {start: at, end, wordStart: at, wordEnd: end, ...said};
		}
		return undefined;
	}
}

/** The letters that stand there, alike however they are capitalized, composed or accented; else the one sign. */
function beginning(text: string, at: number): string {
	letters.lastIndex = at;
	const found = letters.exec(text)?.[0] ?? text.charAt(at);
	return found.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Whether two characters belong to one word. */
function adjoin(before: string, after: string): boolean {
	return isLetter.test(before) && isLetter.test(after);
}

/** Of a word in small letters any case; spaces stand for any white space, apostrophes for curly ones too, letters composed or not. */
function patternOf(grapheme: string): RegExp {
	const spelled = grapheme.split(/\s+/u).map(quoted).join('\\s+');
	const flags = grapheme === grapheme.toLowerCase() ? 'iuy' : 'uy';
	return new RegExp(`(?:${spelled}|${spelled.normalize('NFD')})`, flags);
}

const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/['’]/g, "['’]");
