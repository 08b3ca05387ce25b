import {SentenceEnds} from '../../text/sentence.js';
import type {Phonemized, PhonemizedWord} from '../phonemized.js';
import type {EspeakAlphabet, EspeakWord} from './word.js';

/** Puts eSpeak NG's words together with the punctuation that stands between them in the text. */
export function assembleEspeak(
	text: string,
	said: readonly EspeakWord[],
	{alphabet, language}: {readonly alphabet: EspeakAlphabet; readonly language: string},
): Phonemized {
	const ends = new SentenceEnds(language);
	const words: PhonemizedWord[] = [];
	let phonemes = '';
	let textEnd = 0;
	for (const word of said) {
		const written = alphabet.word(word.phonemes, language);
		if (written === '') continue;
		const last = words.at(-1);
		// Several words may be said for one: a price, a year.
		if (last && word.textStart < last.textEnd) {
			phonemes += (word.spaced ? ' ' : '') + written;
			words[words.length - 1] = {...last, end: phonemes.length};
			continue;
		}
		const between = alphabet.marks(plainMarks(text, textEnd, word.textStart, ends));
		phonemes += last ? joint(between, word.spaced) : between.trimStart();
		words.push({...extentOf(word), start: phonemes.length, end: phonemes.length + written.length});
		phonemes += written;
		textEnd = Math.max(textEnd, word.textEnd);
	}
	if (words.length > 0) phonemes += alphabet.marks(plainMarks(text, textEnd, text.length, ends)).trimEnd();
	return {phonemes, words};
}

function extentOf({textStart, textEnd}: EspeakWord) {
	return {textStart, textEnd};
}

/** White space alone parts only what eSpeak NG parts: it draws some words together. */
function joint(between: string, spaced: boolean): string {
	if (between.trim() === '') return spaced ? ' ' : '';
	return between;
}

const forms: ReadonlyArray<readonly [pattern: RegExp, mark: string]> = [
	[/\.{3,}|‥|⋯/gu, '…'],
	[/-{2,}|[–―⸺]|(?<=\s)-(?=\s)/gu, '—'],
	[/[。．।॥۔]/gu, '. '],
	[/[，、،]/gu, ', '],
	[/[！]/gu, '! '],
	[/[？؟]/gu, '? '],
	[/[：]/gu, ': '],
	[/[；؛]/gu, '; '],
	[/(?<=^|[\s(])"|[«「『《【]/gu, '“'],
	[/["»」』》】]/gu, '”'],
	[/[（]/gu, ' ('],
	[/[）]/gu, ') '],
	[/\s+/gu, ' '],
];

/** What stands between two words, in ASCII where there is some; a full stop that ends no sentence (`Dr.`) is none. */
function plainMarks(text: string, start: number, end: number, ends: SentenceEnds): string {
	const isAbbreviation = (at: number) =>
		text[at] === '.' &&
		text[at - 1] !== '.' &&
		text[at + 1] !== '.' &&
		ends.decide(text, at, true) === 'goes on';
	const marks = Array.from({length: end - start}, (_, index) =>
		isAbbreviation(start + index) ? '' : text.charAt(start + index),
	);
	// Behind a word a straight quote closes.
	const kept = (start === 0 ? '' : '\0') + marks.join('');
	return forms.reduce((plain, [pattern, mark]) => plain.replace(pattern, mark), kept).replace('\0', '');
}
