import type {Reading} from '../../phonemes/reading.js';
import type {Substituted} from '../../phonemes/substituted.js';

/** Entities and tags of SSML, phonemes in brackets and embedded commands: eSpeak NG's build obeys them all. */
const replacements: ReadonlyArray<readonly [pattern: RegExp, by: string]> = [
	// Commands start with Ctrl-A; NUL ends the text; what is not text is silent.
	[/[\p{Cc}\p{Cs}\p{Co}]/gu, ' '],
	[/<(?=[\p{L}\p{M}/!?])/gu, ' '],
	[/(?<=&[#\p{L}\p{N}]{1,40});/gu, ','],
	[/\[\[/g, '(('],
];

/** Text that eSpeak NG reads as text and nothing else, code point for code point as long as the original. */
export function plainText(text: string): string {
	return replacements.reduce((plain, [pattern, by]) => plain.replace(pattern, by), text);
}

/** Offsets in UTF-16 units, past the end. */
export interface WordExtent {
	readonly textStart: number;
	readonly textEnd: number;
}

/** Finds the words of a text that eSpeak NG's events point at: it tells where they start, but often not where they end. */
export class WordExtents {
	readonly #text: string;
	readonly #words: readonly WordExtent[];
	/** UTF-16 offset, in the text, of each code point that is spoken. */
	readonly #offsets: readonly number[];

	/** `spoken` is what eSpeak NG was given for the text, whose words with other words in their place are in `readings`. */
	constructor(text: string, language: string, readings: readonly Reading[] = [], spoken?: Substituted) {
		this.#text = text;
		this.#words = joinReadings(wordsOf(text, language), readings);
		let offset = 0;
		this.#offsets = Array.from(spoken?.text ?? text, codePoint => {
			offset += codePoint.length;
			return spoken ? spoken.original(offset - codePoint.length) : offset - codePoint.length;
		});
	}

	/**
	 * The word at, or else the nearest before, a code point counted from 1; undefined before the first. Of a space it is the word
	 * behind: eSpeak NG points there where a full stop did not end the sentence.
	 */
	at(position: number): WordExtent | undefined {
		const place = this.offset(position);
		const offset = place + (/^\s*/.exec(this.#text.slice(place))?.[0].length ?? 0);
		return this.#words.findLast(({textStart}) => textStart <= offset);
	}

	/** The UTF-16 offset of a code point counted from 1. */
	offset(position: number): number {
		return this.#offsets[position - 1] ?? this.#text.length;
	}

	/** A word, and those behind it up to an offset: what eSpeak NG runs together (`of the`, `not at all`) has one event. */
	upTo(offset: number, {textStart, textEnd}: WordExtent): WordExtent {
		const last = this.#words.findLast(word => word.textStart < offset);
		return {textStart, textEnd: Math.max(textEnd, last?.textEnd ?? 0)};
	}
}

/** A reading is one word, and whatever is written there none. */
function joinReadings(words: readonly WordExtent[], readings: readonly Reading[]): readonly WordExtent[] {
	if (readings.length === 0) return words;
	const others = words.filter(
		({textStart, textEnd}) => !readings.some(({start, end}) => textStart < end && textEnd > start),
	);
	const said = readings.filter(({words}) => words !== '');
	const extents = said.map(({wordStart, wordEnd}) => ({textStart: wordStart, textEnd: wordEnd}));
	return [...others, ...extents].sort((a, b) => a.textStart - b.textStart);
}

/** Between the parts of a compound (`dog-eared`, `jack-o'-lantern`): eSpeak NG has one event for all of it. */
const hyphen = /^['’]?-$/;

/** Words as `Intl.Segmenter` has them, with what adjoins a number: `$3.50`, `50%`; compounds and emoji are words too. */
function wordsOf(text: string, language: string): WordExtent[] {
	const words: Array<{textStart: number; textEnd: number; joins: boolean}> = [];
	for (const {segment, index, isWordLike} of new Intl.Segmenter(language, {granularity: 'word'}).segment(
		text,
	)) {
		const joins = /^[\p{Sc}%°]+$/u.test(segment);
		if (!isWordLike && !joins && !/\p{So}/u.test(segment)) continue;
		const last = words.at(-1);
		const touches = last?.textEnd === index && (joins || last.joins);
		const compound =
			/^\p{L}/u.test(segment) &&
			hyphen.test(text.slice(last?.textEnd, index)) &&
			/\p{L}\p{M}*$/u.test(text.slice(last?.textStart, last?.textEnd));
		if (last && (touches || compound)) {
			last.textEnd = index + segment.length;
			last.joins = joins;
		} else words.push({textStart: index, textEnd: index + segment.length, joins});
	}
	return words;
}
