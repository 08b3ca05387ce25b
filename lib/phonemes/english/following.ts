import {consonants, phraseEnds, vowels} from './alphabet.js';

/** What is known of what follows a word. */
export interface Following {
	/** Whether it begins with a vowel; undefined at the end of a phrase. */
	readonly vowel: boolean | undefined;
	/** Whether it is the word "to". */
	readonly to: boolean;
}

export const nothing: Following = {vowel: undefined, to: false};

/** What a word with these phonemes, or a mark of punctuation, is to the word before it; `next` is what follows it itself. */
export function following(phonemes: string, text: string, next: Following): Following {
	const first = Array.from(phonemes).find(
		letter => vowels.has(letter) || consonants.has(letter) || phraseEnds.has(letter),
	);
	const vowel = first === undefined ? next.vowel : phraseEnds.has(first) ? undefined : vowels.has(first);
	return {vowel, to: text.toLowerCase() === 'to'};
}
