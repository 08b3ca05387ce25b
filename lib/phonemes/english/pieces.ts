import type {Token} from './tokens.js';

/** One spoken word or one mark of punctuation; several of them may belong to a token. */
export interface Piece {
	/** `word`: looked up and read; `letters`: spelled; `mark`: punctuation. */
	readonly kind: 'word' | 'letters' | 'mark';
	readonly text: string;
	/** Which token it belongs to. */
	readonly token: number;
	/** Whether a rule put it there instead of what is written. */
	readonly said: boolean;
	/** As it is written, where a text that is shouted is read in small letters. */
	readonly shouted?: string;
	/** How a word is said, where that is known already. */
	readonly phonemes?: string | undefined;
}

/** The tokens as spoken words: phrases fall apart at their spaces. */
export function toPieces(tokens: readonly Token[]): Piece[] {
	return tokens.flatMap((token, index): Piece[] => {
		const {kind, text, phonemes} = token;
		if (kind !== 'phrase') return [{kind, text, token: index, said: false, phonemes}];
		return text.split(' ').flatMap(word => phrasePieces(word, index));
	});
}

function phrasePieces(written: string, token: number): Piece[] {
	const word = written.replace(/,$/, '');
	if (written === ',') return [{kind: 'mark', text: ',', token, said: true}];
	const phonemes = /^\/(.+)\/$/u.exec(word)?.[1];
	const piece: Piece = {
		kind: word.includes('.') ? 'letters' : 'word',
		text: word,
		token,
		said: true,
		phonemes,
	};
	return word === written ? [piece] : [piece, {kind: 'mark', text: ',', token, said: true}];
}
