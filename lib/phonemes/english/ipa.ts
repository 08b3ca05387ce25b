/** What people write for phonemes (IPA as dictionaries have it, or the voices' own letters) in the voices' alphabet. */
import {primary, secondary, vocabulary, vowels} from './alphabet.js';
import type {Variety} from './variety.js';

export interface Transcription {
	readonly phonemes: string;
	/** Letters that no voice has, each once, as written. */
	readonly dropped: readonly string[];
}

type Table = readonly (readonly [ipa: string, ours: string])[];

/** Longer ones first: a diphthong is one letter, and so is an affricate, tied or not. */
// biome-ignore format: a table
const common: Table = [
	['t͡ʃ', 'ʧ'], ['d͡ʒ', 'ʤ'], ['tʃ', 'ʧ'], ['dʒ', 'ʤ'], ['t͡s', 'ts'], ['d͡z', 'dz'],
	['eɪ', 'A'], ['aɪ', 'I'], ['aʊ', 'W'], ['ɔɪ', 'Y'], ['oʊ', 'O'], ['əʊ', 'Q'],
	['g', 'ɡ'], ['r', 'ɹ'], ['ɾ', 'T'], ['ɫ', 'l'], ['ʍ', 'w'], ['ɝ', 'ɜɹ'], ['ɚ', 'əɹ'], ['l̩', 'ᵊl'], ['n̩', 'ᵊn'], ['m̩', 'ᵊm'], ['’', 'ˈ'], ["'", 'ˈ'], ['ˑ', ''], ['.', ''], ['‿', ''], ['͡', ''], ['͜', ''], ['̯', ''], ['̩', ''],
];
// biome-ignore format: a table
const ofVariety: {readonly [variety in Variety]: Table} = {
	us: [['ɒ', 'ɑ'], ['a', 'æ'], ['ɜː', 'ɜ'], ['Q', 'O'], ['e', 'ɛ'], ['o', 'O'], ['ː', ''], [':', ''], ['ʔ', 't']],
	gb: [['æ', 'a'], ['eə', 'ɛː'], ['e', 'ɛ'], ['O', 'Q'], ['o', 'ɔ'], ['T', 't'], ['ᵻ', 'ɪ'], [':', 'ː']],
};

const punctuation = /[\s;,!?—…"()“”]/u;
/** Those of other languages too. */
const stressable: ReadonlySet<string> = new Set([...vowels, ...'ɐeoyøœɨɯɤ']);

/** Puts what stands between the slashes into the voices' alphabet; a stress mark before a syllable moves to its vowel. */
export function transcribe(written: string, variety: Variety): Transcription {
	const tables = [...common, ...ofVariety[variety]];
	const dropped = new Set<string>();
	let phonemes = '';
	let rest = written.normalize('NFC').trim();
	while (rest !== '') {
		const found = tables.find(([ipa]) => rest.startsWith(ipa));
		const letter = String.fromCodePoint(rest.codePointAt(0) ?? 0);
		if (found !== undefined) phonemes += found[1];
		else if (punctuation.test(letter)) phonemes += ' ';
		else if (vocabulary.has(letter)) phonemes += letter;
		else dropped.add(letter);
		rest = rest.slice((found?.[0] ?? letter).length);
	}
	return {phonemes: moveStress(phonemes.replace(/\s+/g, ' ').trim()), dropped: [...dropped]};
}

/** IPA has the mark before the syllable ("ˈspiːtʃ"), our alphabet before the vowel. */
function moveStress(phonemes: string): string {
	let [moved, waiting] = ['', ''];
	for (const letter of phonemes) {
		if (letter === primary || letter === secondary) waiting = letter;
		else {
			moved += stressable.has(letter) ? waiting + letter : letter;
			if (stressable.has(letter) || letter === ' ') waiting = '';
		}
	}
	return moved;
}
