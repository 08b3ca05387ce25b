import type {Piece} from './tree.js';

/** The language with a voice of its own that a part is in: the longest of the tags that its own begins with (RFC 4647, 3.4). */
export function voiceLanguage(
	languages: readonly string[],
	language: string | undefined,
): string | undefined {
	if (language === undefined) return undefined;
	const tag = `${language.toLowerCase()}-`;
	return languages
		.filter(range => tag.startsWith(`${range.toLowerCase()}-`))
		.sort((one, other) => other.length - one.length)[0];
}

/** Goes with the text before it, whatever language the text after it is in. */
const closing = /^[\p{Pe}\p{Pf}\p{Pi}\p{Pd}.,;:!?…'"]+/u;

/** A piece in two: the punctuation at its beginning, and the rest. */
export function splitClosing(piece: Piece): [before: Piece | undefined, rest: Piece] {
	const {text, start, length} = piece;
	const end = closing.exec(text)?.[0].length ?? 0;
	if (end === text.length) return [piece, {text: '', start: start + length, length: 0}];
	// A character reference is not divided.
	if (end === 0 || text.length !== length) return [undefined, piece];
	return [
		{text: text.slice(0, end), start, length: end},
		{text: text.slice(end), start: start + end, length: length - end},
	];
}
