/** Words as the networks take them, and what they give as it should be. */
import {primary, secondary} from './alphabet.js';

const marks = /\p{M}/gu;

const ligatures: {readonly [ligature: string]: string} = {
	œ: 'oe',
	Œ: 'Oe',
	æ: 'ae',
	Æ: 'Ae',
	ß: 'ss',
	ø: 'o',
	Ø: 'O',
	ł: 'l',
	Ł: 'L',
};

export function withoutAccents(word: string): string {
	const plain = word.normalize('NFD').replace(marks, '').normalize();
	return plain.replace(/[œŒæÆßøØłŁ]/gu, ligature => ligatures[ligature] ?? ligature);
}

/** The network knows names by their capital, but not words in capitals. */
export const calm = (word: string) =>
	word.length > 1 && word === word.toUpperCase() ? word.charAt(0) + word.slice(1).toLowerCase() : word;

/** Letters of Slavic languages, Turkish and Romanian as English would write their sounds. */
// biome-ignore format: a table
const slavic: {readonly [letter: string]: string} = {
	š: 'sh', ş: 'sh', ș: 'sh', ś: 'sh', ž: 'zh', ź: 'zh', ż: 'zh', č: 'ch', ć: 'ch', ț: 'ts', ţ: 'ts', ł: 'w', ğ: '', ę: 'en', ą: 'on', ě: 'ye', ř: 'rzh',
};

/** What a network can get wrong: a mark of stress that no vowel follows, two stresses, a doubled r. */
export function tidy(guessed: string): string {
	const marked = guessed.replace(/[ˈˌ]+(?=[ˈˌ]|[^\p{L}]|$)/gu, '').replace(/ɹ{2,}/g, 'ɹ');
	const last = Math.max(0, marked.lastIndexOf(primary));
	return marked.slice(0, last).replaceAll(primary, secondary) + marked.slice(last);
}

/** What the network takes: of accents only é, ñ and ç mean something to it, and a final ë is heard (Zoë). */
export function guessable(word: string): string {
	const written = word.normalize().replace(/ë$/u, 'ey');
	return Array.from(written, letter => {
		if ('éñçÉÑÇ'.includes(letter)) return letter;
		const sound = Object.hasOwn(slavic, letter.toLowerCase()) ? slavic[letter.toLowerCase()] : undefined;
		if (sound === undefined) return withoutAccents(letter);
		return letter === letter.toLowerCase() ? sound : sound.charAt(0).toUpperCase() + sound.slice(1);
	}).join('');
}
