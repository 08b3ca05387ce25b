/** What tokens look like. Sticky patterns, for `matchAt`. */
import {emoji} from './emoji.js';

export const blank = /\s+/uy;
const elisions =
	'em|tis|twas|twere|twill|twould|twixt|tween|cause|cept|bout|neath|gainst|mongst|un|til|fraid|n';
/** Letters, with apostrophes and hyphens between them (no real compound has as many as 12); a curly apostrophe before them may stand for a dropped letter. */
const latin = '\\p{Script=Latin}[\\p{Script=Latin}\\p{M}]*';
export const word = new RegExp(
	`(?:’|['‘](?=(?:${elisions})(?!\\p{L})))?${latin}(?:(?:['’‘ʼ]|[-‐‑]['’]?)${latin}){0,12}`,
	'iuy',
);
/** What no rule needs to look at, unless it is one of the words with rules of their own or a Roman numeral. */
export const plain = /[a-z]{3,}(?=[ ,;!?)]|$)/y;
export const numeral = /^[ivxlc]+$/;
export const letter = /['’‘]?\p{Script=Latin}/uy;
/** What is spelled, and abbreviations that are no titles: "at 5 p.m. The", but "Dr. Who". */
export const endsSentences = /\.$|^(?:etc|junior|senior|incorporated|limited|company|street|avenue|road)$/;
export const possessiveEnding = /['’]s(?![\p{L}\p{N}])/uy;
export const apostrophes = /[’‘ʼ]/gu;
export const mark = /\.{2,}|-{2,}|\p{P}/uy;
/** The same emoji over and over is named once. */
export const emojis = new RegExp(`(${emoji})(?:\\s?\\1)*`, 'uy');

/** The apostrophe of "dancin'" behind the letters that end at `end`, where it closes no quotation; else nothing. */
export function droppedLetter(text: string, end: number): string {
	const after = text[end];
	if ((after !== "'" && after !== '’') || !/\p{L}in$/u.test(text.slice(end - 3, end))) return '';
	if (/\p{L}/u.test(text[end + 1] ?? '')) return '';
	return /(?:^|\s)['‘]\p{L}[^'’]*$/u.test(text.slice(Math.max(0, end - 200), end)) ? '' : after;
}

export const isBlank = (character: string | undefined) => character !== undefined && /\s/u.test(character);

export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}
