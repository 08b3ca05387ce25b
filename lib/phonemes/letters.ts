import type {Phonemized} from './phonemized.js';

/** A text whose letters are the phonemes, as some voices of Piper take it: small letters, accents apart. */
export function readLetters(text: string, language: string): Phonemized {
	const words: Array<Phonemized['words'][number]> = [];
	let phonemes = '';
	for (const {segment, index, isWordLike} of new Intl.Segmenter(language, {granularity: 'word'}).segment(
		text,
	)) {
		const start = phonemes.length;
		phonemes += segment.toLocaleLowerCase(language).normalize('NFD').replace(/\s+/gu, ' ');
		if (isWordLike)
			words.push({textStart: index, textEnd: index + segment.length, start, end: phonemes.length});
	}
	return {phonemes, words};
}
