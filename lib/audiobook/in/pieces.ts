import {decodeHTML, decodeHTMLStrict} from 'entities';
import type {Piece} from './tree.js';

/** How the source writes characters otherwise than as themselves. */
export interface Spelling {
	/** Character references: as XML spells them with HTML's names, as HTML does, or none. */
	readonly references?: 'xml' | 'html' | undefined;
	/** Whether markup stands in between, as where a parser joined text around a stray tag. */
	readonly tags?: boolean | undefined;
	/** Whether a backslash escapes ASCII punctuation (CommonMark, 2.4). */
	readonly escapes?: boolean | undefined;
}

const reference = /&(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{0,31});?/y;
// Bounded: a stretch that does not fit is looked at again, one character later.
const tag = /<(?:!--[\s\S]{0,4096}?-->|[a-zA-Z/!?][^>]{0,4096}>)/y;
const plain = /[^&<\\\r\n]{1,256}/y;

/**
 * Finds where `text`, as a parser gave it, stands in `source` between two offsets: characters that stand there as
 * themselves, references, line ends. What lies between in the source is passed over. Linear in time.
 */
export function locate(
	text: string,
	source: string,
	start: number,
	end: number,
	spelling: Spelling = {},
): Piece[] {
	const pieces: Piece[] = [];
	let at = start;
	let done = 0;
	const take = (length: number, from: number, sourceLength: number) => {
		const last = pieces.at(-1);
		const part = text.slice(done, done + length);
		if (
			last &&
			length === sourceLength &&
			last.text.length === last.length &&
			last.start + last.length === from
		) {
			pieces[pieces.length - 1] = {
				text: last.text + part,
				start: last.start,
				length: last.length + length,
			};
		} else pieces.push({text: part, start: from, length: sourceLength});
		done += length;
		at = from + sourceLength;
	};
	while (done < text.length && at < end) {
		const stretch = matchAt(plain, source, at)?.[0] ?? '';
		const same = commonStart(stretch.slice(0, end - at), text, done);
		if (same > 0) {
			take(same, at, same);
			continue;
		}
		const found = spelled(text, done, source, at, spelling);
		if (found) take(found.length, at + found.skipped, found.sourceLength);
		else if (source[at] === text[done]) take(1, at, 1);
		else at = Math.min(end, passed(source, at, spelling));
	}
	// What the source does not show (a parser put it there) stands where the rest ended.
	if (done < text.length) pieces.push({text: text.slice(done), start: at, length: 0});
	return pieces;
}

function commonStart(stretch: string, text: string, from: number): number {
	if (text.startsWith(stretch, from)) return stretch.length;
	let same = 0;
	while (same < stretch.length && stretch[same] === text[from + same]) same++;
	return same;
}

interface Spelled {
	readonly length: number;
	readonly skipped: number;
	readonly sourceLength: number;
}

function spelled(
	text: string,
	done: number,
	source: string,
	at: number,
	spelling: Spelling,
): Spelled | undefined {
	const character = source[at];
	if (character === '\r' && text[done] === '\n')
		return {length: 1, skipped: 0, sourceLength: source[at + 1] === '\n' ? 2 : 1};
	if (character === '&' && spelling.references) {
		const name = matchAt(reference, source, at)?.[0];
		const value = name === undefined ? undefined : decoded(name, spelling.references);
		if (name !== undefined && value !== undefined && text.startsWith(value, done))
			return {length: value.length, skipped: 0, sourceLength: name.length};
	}
	if (character === '\\' && spelling.escapes && /[!-/:-@[-`{-~]/.test(source[at + 1] ?? '')) {
		if (source[at + 1] === text[done]) return {length: 1, skipped: 1, sourceLength: 1};
	}
	return undefined;
}

/** Past what is not of the text: a tag as a whole, else one character. */
function passed(source: string, at: number, {tags}: Spelling): number {
	const length = (tags && matchAt(tag, source, at)?.[0].length) || 1;
	return at + length;
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(source);
}

/** What a character reference stands for, or undefined where it is none. */
function decoded(name: string, kind: 'xml' | 'html'): string | undefined {
	if (kind === 'html') {
		const value = decodeHTML(name);
		return value === name ? undefined : value;
	}
	if (!name.endsWith(';')) return undefined;
	return namedCharacter(name.slice(1, -1));
}

/** The character of an XML reference without its `&` and `;`, by HTML's names, or undefined. */
export function namedCharacter(name: string): string | undefined {
	if (name.startsWith('#')) {
		const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
		return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
	}
	const reference = `&${name};`;
	const value = decodeHTMLStrict(reference);
	return value === reference ? undefined : value;
}

/** A piece divided into lines and line ends. */
export function linesOfPiece({text, start, length}: Piece): Piece[] {
	const exact = text.length === length;
	let at = 0;
	const lines: Piece[] = [];
	for (const part of text.split(/(\n)/)) {
		if (part !== '')
			lines.push({text: part, start: exact ? start + at : start, length: exact ? part.length : length});
		at += part.length;
	}
	return lines;
}
