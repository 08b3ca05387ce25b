import type {TimedWord} from '../synthesizer.js';

/** Gives the source between two offsets (UTF-16 units), or undefined where it is not at hand. */
export type Source = (start: number, end: number) => string | undefined;

/** How good it is to end a caption after a word; the greater the better. */
export const boundary = {none: 0, clause: 1, sentence: 2, paragraph: 3} as const;
export type Boundary = (typeof boundary)[keyof typeof boundary];

/** A word as it is shown, with the punctuation that adjoins it. */
export interface CaptionWord {
	readonly text: string;
	readonly startMs: number;
	readonly endMs: number;
	/** What stands between it and the next word where they share a line: a space, or nothing as in Japanese. */
	readonly separator: ' ' | '';
	readonly boundary: Boundary;
}

interface Gap {
	/** Punctuation that belongs to the word before, and to the word after. */
	readonly trail: string;
	readonly lead: string;
	readonly separator: ' ' | '';
	readonly paragraph: boolean;
}

/** Silences in ms that speak for a boundary where punctuation says nothing. */
const clauseSilence = 100;
const sentenceSilence = 250;
const paragraphSilence = 700;
/** A full stop after at most this many letters, without a silence, ends no sentence: "Mr.", "Capt.", "J.". */
const longestAbbreviation = 4;
/** UTF-16 units of a gap that are looked at on either side; what lies between was not spoken. */
const gapReach = 32;
/** Code points of punctuation shown on either side of a word: rulers and runs of dots go on longer. */
const longestMark = 8;

const sentenceEnd = /[.!?…。！？｡؟۔।։።]["'\p{Pe}\p{Pf}]*$/u;
const clauseEnd = /[,;:\p{Pd}，；：、،؛…]["'\p{Pe}\p{Pf}]*$/u;

/** Puts the source's punctuation and spacing back to words, one word behind: what follows a word belongs to it. */
export class Punctuator {
	readonly #source: Source;
	#word: TimedWord | undefined;
	#lead = '';
	#startMs = 0;

	constructor(source: Source) {
		this.#source = source;
	}

	/** Takes a word; gives the one before. */
	next(word: TimedWord): CaptionWord | undefined {
		const previous = this.#word;
		this.#word = word;
		if (!previous) {
			this.#lead = splitGap(
				this.#source(Math.max(0, word.textStart - longestMark), word.textStart) ?? '',
			).lead;
			return undefined;
		}
		const text = this.#between(previous.textEnd, word.textStart);
		const gap = text === undefined ? bareGap(previous.textEnd, word.textStart) : splitGap(text);
		const silence = (word.startSeconds - previous.endSeconds) * 1000;
		const shown = this.#show(previous, gap, boundaryAfter(previous, gap, silence, text !== undefined));
		this.#lead = gap.lead;
		return shown;
	}

	/** Gives the last word. */
	end(): CaptionWord | undefined {
		if (!this.#word) return undefined;
		return this.#show(this.#word, splitGap(this.#following(this.#word.textEnd)), boundary.paragraph);
	}

	#show(word: TimedWord, gap: Gap, after: Boundary): CaptionWord {
		// Times never go back, whatever an engine says; white space within a word must not end a cue.
		this.#startMs = Math.max(this.#startMs, Math.round(word.startSeconds * 1000));
		return {
			text: this.#lead + word.word.replaceAll(/\s+/g, ' ') + gap.trail,
			startMs: this.#startMs,
			endMs: Math.max(this.#startMs, Math.round(word.endSeconds * 1000)),
			separator: gap.separator,
			boundary: after,
		};
	}

	#between(start: number, end: number): string | undefined {
		if (end - start <= 2 * gapReach) return end < start ? undefined : this.#source(start, end);
		const ends = [this.#source(start, start + gapReach), this.#source(end - gapReach, end)] as const;
		return ends[0] === undefined || ends[1] === undefined ? undefined : `${ends[0]}\n\n${ends[1]}`;
	}

	/** What follows the last word: how much text there is isn't known, and more than there is may be undefined. */
	#following(start: number): string {
		for (let length = longestMark; length > 0; length--) {
			const text = this.#source(start, start + length);
			if (text !== undefined) return text;
		}
		return '';
	}
}

/** Without the source: words that don't touch had something between them. */
function bareGap(start: number, end: number): Gap {
	return {trail: '', lead: '', separator: end === start ? '' : ' ', paragraph: false};
}

function splitGap(gap: string): Gap {
	const trail = gap.match(/^[^\s\p{L}\p{N}]*/u)?.[0] ?? '';
	if (trail === gap) {
		const lead = gap.match(/[\p{Ps}\p{Pi}]*$/u)?.[0] ?? '';
		return {
			trail: first(gap.slice(0, gap.length - lead.length)),
			lead: last(lead),
			separator: '',
			paragraph: false,
		};
	}
	const lead = gap.match(/[^\s\p{L}\p{N}]*$/u)?.[0] ?? '';
	const middle = gap.slice(trail.length, gap.length - lead.length);
	// A dash between spaces stays with the word before; letters here were not spoken, and are not shown.
	const dash = /^[^\S\n]+([^\s\p{L}\p{N}]{1,3})\s+$/u.exec(middle)?.[1];
	return {
		trail: first(trail) + (dash ? ` ${dash}` : ''),
		lead: last(lead),
		separator: ' ',
		paragraph: /\n\s*\n/.test(gap),
	};
}

function first(mark: string): string {
	return [...mark].slice(0, longestMark).join('');
}

function last(mark: string): string {
	return [...mark].slice(-longestMark).join('');
}

function boundaryAfter(word: TimedWord, gap: Gap, silence: number, punctuated: boolean): Boundary {
	if (gap.paragraph || silence >= paragraphSilence) return boundary.paragraph;
	const abbreviated = gap.trail === '.' && word.word.length <= longestAbbreviation && silence < clauseSilence;
	if (abbreviated) return boundary.none;
	if (sentenceEnd.test(gap.trail)) return boundary.sentence;
	if (!punctuated && silence >= sentenceSilence) return boundary.sentence;
	if (clauseEnd.test(gap.trail) || silence >= clauseSilence) return boundary.clause;
	return boundary.none;
}
