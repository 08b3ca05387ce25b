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
	readonly #words: readonly WordExtent[];
	/** UTF-16 offset of each code point. */
	readonly #offsets: readonly number[];

	constructor(text: string, language: string) {
		this.#words = wordsOf(text, language);
		let offset = 0;
		this.#offsets = Array.from(text, codePoint => {
			offset += codePoint.length;
			return offset - codePoint.length;
		});
	}

	/** The word at, or else the nearest before, a code point counted from 1; undefined before the first. */
	at(position: number): WordExtent | undefined {
		const offset = this.#offsets[position - 1] ?? Number.POSITIVE_INFINITY;
		return this.#words.findLast(({textStart}) => textStart <= offset);
	}
}

/** Words as `Intl.Segmenter` has them, with what adjoins a number: `$3.50`, `50%`; an emoji is one too. */
function wordsOf(text: string, language: string): WordExtent[] {
	const words: Array<{textStart: number; textEnd: number; joins: boolean}> = [];
	for (const {segment, index, isWordLike} of new Intl.Segmenter(language, {granularity: 'word'}).segment(
		text,
	)) {
		const joins = /^[\p{Sc}%°]+$/u.test(segment);
		if (!isWordLike && !joins && !/\p{So}/u.test(segment)) continue;
		const last = words.at(-1);
		if (last?.textEnd === index && (joins || last.joins)) {
			last.textEnd += segment.length;
			last.joins = joins;
		} else words.push({textStart: index, textEnd: index + segment.length, joins});
	}
	return words;
}
