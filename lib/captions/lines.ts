import {boundary, type CaptionWord} from './punctuation.js';

/** Longest line, in columns: what Netflix's Timed Text Style Guide has for Latin scripts (42), its half for wide ones. */
export const lineWidth = 42;

const wide =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;
const widthless = /[\p{M}\p{Cf}]/u;

/** The words as one line, with the source's spacing. */
export function joinWords(words: readonly CaptionWord[]): string {
	return words.map((word, index) => word.text + (index < words.length - 1 ? word.separator : '')).join('');
}

/** Columns of a line: two for a character of the wide scripts, none for a combining mark. */
export function columns(text: string): number {
	let width = 0;
	for (const character of text) {
		if (character < '\u0300') width += 1;
		else if (wide.test(character)) width += 2;
		else if (!widthless.test(character)) width += 1;
	}
	return width;
}

/**
 * Lays words out in at most `most` (1 or 2) lines; undefined where they don't fit. A single word always does, however long
 * it is. Of two lines the first ends at a clause where there is one near the middle, and else is the shorter.
 */
export function layOut(words: readonly CaptionWord[], most: 1 | 2): readonly string[] | undefined {
	const whole = joinWords(words);
	const total = columns(whole);
	if (total <= lineWidth || words.length === 1) return [whole];
	if (most === 1 || total > 2 * lineWidth) return undefined;
	let best: {cost: number; lines: readonly string[]} | undefined;
	for (let count = 1; count < words.length; count++) {
		const lines = [joinWords(words.slice(0, count)), joinWords(words.slice(count))];
		const widths = lines.map(columns);
		if (Math.max(...widths) > lineWidth) continue;
		const cost = unbalance(widths) - (words[count - 1]?.boundary === boundary.none ? 0 : lineWidth / 4);
		if (!best || cost < best.cost) best = {cost, lines};
	}
	return best?.lines;
}

/** Difference of the widths; a longer second line is preferred to a longer first. */
function unbalance([upper = 0, lower = 0]: readonly number[]): number {
	return upper > lower ? (upper - lower) * 1.5 : lower - upper;
}
