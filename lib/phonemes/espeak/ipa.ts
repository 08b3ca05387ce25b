import type {EspeakAlphabet} from './word.js';

/** eSpeak NG's phonemes as they are, without punctuation. */
export const ipaAlphabet: EspeakAlphabet = {
	word: phonemes => phonemes.join(''),
	marks: between => (/\s/u.test(between) ? ' ' : ''),
};
