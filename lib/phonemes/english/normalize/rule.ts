import type {Variety} from '../variety.js';

/** What a rule may look at besides its match. */
export interface Context {
	readonly variety: Variety;
	/** The word or number before, as in the text, or an empty string at the start and after punctuation. */
	readonly before: string;
	/** The text up to the match: its last characters. */
	readonly behind: string;
	/** The text from the end of the match on: its first characters. */
	readonly after: string;
}

/**
 * One word of the source and how it is said: `[start, end, phrase]`, offsets into the match. In a phrase words stand between
 * spaces, `A.M.` (with a period) is spelled letter by letter, `/ɹˈW/` stands for these phonemes, and a comma after a word is a pause.
 */
export type Saying = readonly [start: number, end: number, phrase: string];

/** Something that is written otherwise than it is said. */
export interface Rule {
	/** Sticky; tried where a word could begin. */
	readonly pattern: RegExp;
	/** A phrase for the whole match, or its words one by one; undefined where the rule does not apply after all. */
	say(match: RegExpExecArray, context: Context): string | readonly Saying[] | undefined;
}

/** Ends a number or an abbreviation: no letter or digit follows. */
export const end = '(?![\\p{L}\\p{N}])';
/** A whole number, with separators of thousands or without. */
export const whole = '(?:\\d{1,3}(?:,\\d{3})+|\\d{1,40})';
/** Digits after the decimal point. */
export const decimals = '(?:\\.\\d{1,40})?';

/** Before a number; between words or numbers it would be a hyphen. */
export const sign = '(?:(?<![\\p{L}\\p{N}])[-−+±])';

/** A sticky pattern of these parts. */
export function pattern(...parts: string[]): RegExp {
	return new RegExp(parts.join(''), 'uy');
}

/** The words of a match that stand apart in the source: each part of it that is given, at its place, with its phrase. */
export function sayEach(match: RegExpExecArray, parts: readonly (readonly [string, string])[]): Saying[] {
	let from = 0;
	return parts.map(([part, phrase]) => {
		const start = match[0].indexOf(part, from);
		from = start + part.length;
		return [start, from, phrase];
	});
}
