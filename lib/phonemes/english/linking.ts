import type {Piece} from './pieces.js';

const endsInR = /re?$/iu;
const endsInVowel = /[əː]$/u;

/** The r that British English writes and says only before a vowel: "far away", "more and more". */
export function link(phonemes: string, {kind, text}: Piece): string {
	return kind === 'word' && endsInR.test(text) && endsInVowel.test(phonemes) ? `${phonemes}ɹ` : phonemes;
}
