import {alignWords} from '../../phonemes/espeak/align.js';
import {withTones} from '../../phonemes/espeak/mandarin.js';
import type {EspeakWord} from '../../phonemes/espeak/word.js';
import type {Reading} from '../../phonemes/reading.js';
import {substitute} from '../../phonemes/substituted.js';
import {loadEspeakWorker} from './module.js';
import {plainText, type WordExtent, WordExtents} from './text.js';

export interface EspeakWordsOptions {
	/** As eSpeak NG calls it: `en-us`. */
	readonly voice: string;
	/** BCP 47 tag: how the text is divided into words. */
	readonly language: string;
	readonly readings?: readonly Reading[] | undefined;
}

/** The words of a text as eSpeak NG says them; blocks the thread, some ms a sentence. */
export type EspeakWords = (text: string, options: EspeakWordsOptions) => readonly EspeakWord[];

/** Words a minute, the most it takes: the phonemes are the same, and the sound, which nobody hears, is made sooner. */
const rate = 450;

/** Loads eSpeak NG. Throws `SpeechError` ENGINE_MISSING where its package is not installed. */
export async function loadEspeakWords(): Promise<EspeakWords> {
	const {worker, reset, mnemonics} = await loadEspeakWorker();
	return (text, {voice, language, readings = []}) => {
		const spoken = substitute(text, readings);
		const extents = new WordExtents(text, language, readings, spoken);
		try {
			if (worker.set_voice(voice) !== 0) throw new Error(`eSpeak NG has no voice ${voice}`);
			const plain = plainText(spoken.text);
			const ipa = toPieces(worker.synthesize_ipa(plain).ipa);
			const pieces = voice.startsWith('cmn') ? toned(ipa, mnemonics(plain)) : ipa;
			const heard: Array<{readonly extent: WordExtent; letters: string}> = [];
			worker.set_rate(rate);
			// Its events tell where words begin in the text, but shorten some phonemes; its IPA is whole, but knows no text.
			worker.synthesize(plain, (_, events) => {
				for (const {type, text_position, id} of events) {
					const extent = type === 'word' ? extents.at(text_position) : undefined;
					const last = heard.at(-1);
					if (extent) heard.push({extent, letters: ''});
					else if (type === 'phoneme' && last) last.letters += id;
				}
				return false;
			});
			return join(extents, heard, pieces);
		} finally {
			reset();
		}
	};
}

interface IpaPiece {
	readonly phoneme: string;
	/** Whether it begins a word, as eSpeak NG parts them. */
	readonly spaced: boolean;
}

/** A line is a clause; words are parted by spaces, phonemes by `_`; a change of language is told in brackets. */
function toPieces(ipa: string): IpaPiece[] {
	return ipa.split(/\s+/u).flatMap(word =>
		word
			.replace(/\([\w-]+\)/gu, '_')
			.split('_')
			.filter(phoneme => phoneme !== '')
			.map((phoneme, index) => ({phoneme, spaced: index === 0})),
	);
}

function toned(pieces: readonly IpaPiece[], told: string): IpaPiece[] {
	const phonemes = withTones(
		pieces.map(({phoneme}) => phoneme),
		told,
	);
	return pieces.map((piece, index) => ({...piece, phoneme: phonemes[index] ?? piece.phoneme}));
}

function join(
	extents: WordExtents,
	heard: ReadonlyArray<{readonly extent: WordExtent; readonly letters: string}>,
	pieces: readonly IpaPiece[],
): EspeakWord[] {
	const starts = alignWords(
		heard.map(({letters}) => letters),
		pieces.map(({phoneme}) => phoneme),
	);
	return heard.flatMap(({extent}, index) => {
		const own = pieces.slice(starts[index], starts[index + 1] ?? pieces.length);
		const phonemes = own.map(({phoneme}) => phoneme);
		const whole = extents.upTo(heard[index + 1]?.extent.textStart ?? Number.POSITIVE_INFINITY, extent);
		return own.length === 0 ? [] : [{...whole, phonemes, spaced: own[0]?.spaced ?? false}];
	});
}
