import type {Piece} from './tree.js';

// A number alone, or before a title: `IV. The Arrival`. Initials (`V. S. Naipaul`) are none.
const leading =
	/^\s*(?:(?<alone>[IVXLC]{1,8})\.?\s*$|(?<before>[IVX]{1,7})(?:[.:)]|\s*[—–])\s+(?!\p{Lu}\.)\S)/u;

/** The Roman numeral that a heading is, or begins with; letters that more often are letters are none. */
export function numeralOf(heading: string): string | undefined {
	const {alone, before} = leading.exec(heading)?.groups ?? {};
	const numeral = alone ?? before;
	return numeral === undefined || /^[LC]$/.test(numeral) || romanValue(numeral) === undefined
		? undefined
		: numeral;
}

/** A heading's beginning with its numeral in figures, as voices of every language read them; what it counts stays. */
export function inFigures({text, start, length}: Piece, numeral: string): Piece[] | undefined {
	const at = text.search(/\S/);
	if (text.length !== length || !text.startsWith(numeral, at)) return undefined;
	const end = at + numeral.length;
	return [
		{text: String(romanValue(numeral)), start: start + at, length: numeral.length, counts: numeral.length},
		{text: text.slice(end), start: start + end, length: length - end},
	].filter(piece => piece.text !== '');
}

/** Undefined for what is no Roman numeral. */
export function romanValue(text: string): number | undefined {
	const [, ...places] = /^(M{0,3})(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$/.exec(text) ?? [];
	if (places.length === 0 || text === '') return undefined;
	const values: Readonly<Record<string, number>> = {M: 1000, D: 500, C: 100, L: 50, X: 10, V: 5, I: 1};
	let sum = 0;
	for (const [index, letter] of [...text].entries()) {
		const value = values[letter] ?? 0;
		sum += value < (values[text[index + 1] ?? ''] ?? 0) ? -value : value;
	}
	return sum;
}
