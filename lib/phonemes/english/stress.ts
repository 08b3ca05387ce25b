import {primary, secondary, vowels} from './alphabet.js';

/** How much a word is brought out: by a capital letter lightly, IN CAPITALS strongly. */
export type Emphasis = 'none' | 'light' | 'strong';

const stressed = (phonemes: string) => phonemes.includes(primary) || phonemes.includes(secondary);

/** Takes every stress mark away. */
export function unstress(phonemes: string): string {
	return phonemes.replaceAll(primary, '').replaceAll(secondary, '');
}

/** Primary stress becomes secondary, and what was secondary goes; a word without primary stress stays as it is. */
export function weaken(phonemes: string): string {
	if (!phonemes.includes(primary)) return phonemes;
	return phonemes.replaceAll(secondary, '').replaceAll(primary, secondary);
}

/** Only what has no stress gains some from a capital; in capitals a word has primary stress. */
export function emphasize(phonemes: string, emphasis: Emphasis): string {
	if (emphasis === 'none') return phonemes;
	if (!stressed(phonemes)) return stressFirstVowel(phonemes, emphasis === 'strong' ? primary : secondary);
	if (emphasis === 'strong' && !phonemes.includes(primary)) return phonemes.replaceAll(secondary, primary);
	return phonemes;
}

/** What no lexicon has is a word of its own: one without any stress has it on its first full vowel. */
export function stress(phonemes: string): string {
	if (stressed(phonemes)) return phonemes;
	const at = phonemes.search(/[AIOQWYaiuæɑɒɔɛɜɪʊʌ]/);
	return at === -1 ? phonemes : phonemes.slice(0, at) + primary + phonemes.slice(at);
}

/** The mark stands right before the vowel. */
function stressFirstVowel(phonemes: string, mark: string): string {
	const at = Array.from(phonemes).findIndex(letter => vowels.has(letter));
	return at === -1 ? phonemes : phonemes.slice(0, at) + mark + phonemes.slice(at);
}
