import type {EspeakAlphabet} from './word.js';

/** Piper's phonemes are eSpeak NG's IPA, letter by letter, and the marks that its clauses end with (piper-phonemize). */
export const piperAlphabet: EspeakAlphabet = {
	word: phonemes => phonemes.join('').normalize('NFD'),
	marks(between) {
		// eSpeak NG takes a dash and an ellipsis for a semicolon.
		const mark = between.replace(/[—…]/gu, ';').match(/[;:,.!?]/u)?.[0] ?? '';
		return mark + (/\s/u.test(between) ? ' ' : '');
	},
};
