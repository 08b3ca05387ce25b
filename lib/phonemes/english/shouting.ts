import type {Piece} from './pieces.js';

/** A text all in capitals is shouted, not spelled: it is read as if it stood in small letters. */
export function calm(pieces: readonly Piece[]): readonly Piece[] {
	const written = pieces.filter(piece => piece.kind === 'word' && !piece.said);
	const shouted =
		written.length > 1 &&
		written.every(({text}) => isCapitals(text)) &&
		written.some(({text}) => text.length > 4);
	if (!shouted) return pieces;
	return pieces.map(piece =>
		piece.kind === 'word' && piece.text !== 'I'
			? {...piece, text: piece.text.toLowerCase(), shouted: piece.text}
			: piece,
	);
}

const isCapitals = (text: string) => text === text.toUpperCase();
