import {vocabulary} from '../english/alphabet.js';
import {writeMandarin} from './mandarin.js';
import type {EspeakAlphabet} from './word.js';

/**
 * Kokoro's one letter for some of eSpeak NG's phonemes, as misaki's EspeakG2P has them, by which the voices were taught
 * (https://github.com/hexgrad/misaki), and for those of Japanese as misaki's own reader writes them.
 */
const letters: ReadonlyArray<readonly [ipa: string, letter: string]> = [
	['aɪ', 'I'],
	['aʊ', 'W'],
	['dz', 'ʣ'],
	['dʑ', 'ʥ'],
	['dʒ', 'ʤ'],
	['eɪ', 'A'],
	['oʊ', 'O'],
	['əʊ', 'Q'],
	['ss', 'S'],
	['tɕ', 'ʨ'],
	['ts', 'ʦ'],
	['tʃ', 'ʧ'],
	['ɔɪ', 'Y'],
	['g', 'ɡ'],
	['-', ''],
];

/** Kokoro was taught Japanese without stress. */
const unstressed = /^ja\b/i;
const mandarin = /^(?:zh|cmn)\b/i;
const combining = /^[\p{M}\p{Lm}\p{Sk}]$/u;
const marks = /[;:,.!?—…()“” ]/u;

export const kokoroAlphabet: EspeakAlphabet = {
	word(phonemes, language) {
		if (mandarin.test(language)) return phonemes.map(writeMandarin).join('');
		const written = phonemes.map(writeKokoro).join('');
		return unstressed.test(language) ? written.replace(/[ˈˌ]/g, '') : written;
	},
	marks: between => Array.from(between, mark => (marks.test(mark) ? mark : '')).join(''),
};

/** Diacritics that the alphabet lacks are left out; other letters that it lacks are for the model to name. */
function writeKokoro(phoneme: string): string {
	const written = letters.reduce(
		(all, [ipa, letter]) => all.replaceAll(ipa, letter),
		phoneme.normalize('NFC'),
	);
	return Array.from(written, letter => (vocabulary.has(letter) ? letter : letter.normalize('NFD')))
		.flatMap(letter => Array.from(letter))
		.filter(letter => vocabulary.has(letter) || !combining.test(letter))
		.join('');
}
