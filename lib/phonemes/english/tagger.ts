import type {Piece} from './pieces.js';
import type {Tag} from './tags.js';
import {closedClass} from './word-classes.js';

/** The words around one that is to be tagged, in small letters; empty at the ends and beside punctuation. */
interface Context {
	readonly before: string;
	readonly beforeTag: Tag | undefined;
	readonly after: string;
}

/** Gives each piece a part of speech, from left to right: by lists of function words, and by the neighbours for the rest. */
export function tag(pieces: readonly Piece[]): Tag[] {
	const tags: Tag[] = [];
	const shouted = shouting(pieces);
	for (const [index, piece] of pieces.entries()) {
		tags.push(piece.kind === 'word' ? tagWord(piece.text, contextAt(pieces, tags, index), shouted) : 'OTHER');
	}
	return tags;
}

const wordAt = (pieces: readonly Piece[], index: number) => {
	const piece = pieces[index];
	return piece?.kind === 'word' ? piece.text.toLowerCase() : '';
};

function contextAt(pieces: readonly Piece[], tags: readonly Tag[], index: number): Context {
	return {
		before: wordAt(pieces, index - 1),
		beforeTag: tags[index - 1],
		after: wordAt(pieces, index + 1),
	};
}

/** A text all in capitals is read as words; in others a word in capitals is an initialism or stressed. */
function shouting(pieces: readonly Piece[]): boolean {
	const words = pieces.filter(piece => piece.kind === 'word' && !piece.said);
	return (
		words.length > 1 &&
		words.every(({text}) => text === text.toUpperCase()) &&
		words.some(({text}) => text.length > 4)
	);
}

function tagWord(text: string, context: Context, shouted: boolean): Tag {
	const lower = text.toLowerCase();
	const known = closedClass.get(lower);
	if (lower === 'a' && text === 'A' && context.after === '') return 'NOUN';
	if (text.length > 1 && text === text.toUpperCase() && !shouted && (known === undefined || lower === 'us'))
		return 'NOUN';
	return known ?? tagOpen(lower, context);
}

function tagOpen(word: string, {before, beforeTag}: Context): Tag {
	if (beforeTag === 'PRP' || beforeTag === 'MD' || beforeTag === 'TO') return 'VERB';
	if (beforeTag === 'DT') return 'NOUN';
	return word === before ? 'VERB' : 'OTHER';
}
