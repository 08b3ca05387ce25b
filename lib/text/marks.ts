/** Sources of character classes (for the `u` flag) that more than one place of lib/text needs. */

/** White space; U+0085, a line end of old mainframes, is missing in `\s`. */
export const white = '[\\s\\u0085]';

/** Ends a sentence in some script, as Unicode's Sentence_Terminal has it, or trails off. */
export const terminal = '[\\p{Sentence_Terminal}…‥⋯]';

/** Ends a clause: what ends any unit of text (Terminal_Punctuation) except a sentence, and the dashes. */
export const clauseMark = '(?:(?!\\p{Sentence_Terminal})\\p{Terminal_Punctuation}|[—–⸺]|-)';

/**
 * Belongs to what stands before it: closing brackets and quotes, marks of emphasis, emoji, combining and format
 * characters, footnote numbers. A mark that may open as well closes where white space, punctuation or the end follows;
 * the French guillemet may stand apart.
 */
export const closer =
	'(?:[\\p{Pe}\\p{Pf}\\p{M}\\p{Cf}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{Regional_Indicator}]' +
	`|[\\p{Pi}"'*_\`~](?=${white}|[\\p{Pe}\\p{Pf}\\p{Pi}"'*_\`~,;:!?.—–]|$)` +
	`|[ \\u00A0\\u202F][»›](?=${white}|[\\p{P}]|$)` +
	'|\\[\\d{1,3}\\])';

/** The start of a footnote number that may still become one. */
export const partialFootnote = /^\[\d{0,3}$/u;

/** Scripts written without spaces between words, which need none after a sentence either. */
export const spaceless = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Bopomofo}]';

/** Scripts that mark the end of a phrase by a space alone. */
export const spaceEnded = '[\\p{Script=Thai}\\p{Script=Lao}]';

/** A line end; two of them, or a page or paragraph separator, make a paragraph break. */
export const lineEnd = /\r\n|[\n\r\v\u0085\u2028]/gu;
export const paragraphEnd = /[\f\u2029]/u;

/** How far behind a mark the text can decide about it, in UTF-16 units. */
export const lookahead = 64;

/** What stands behind a place, as far as it can matter. */
export interface View {
	readonly text: string;
	/** Whether more text cannot change it: it is as long as can matter, or nothing follows. */
	readonly whole: boolean;
}

export function viewFrom(text: string, from: number, ended: boolean): View {
	const view = text.slice(from, from + lookahead);
	return {text: view, whole: ended || view.length === lookahead};
}

/** What is known about a place where a range may end. `at` is the offset behind the marks, before the white space. */
export type Verdict = {readonly end: number} | 'goes on' | 'wait';
