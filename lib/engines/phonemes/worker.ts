import type {EnglishPhonemizer} from '../../phonemes/english/phonemizer.js';
import type {Variety} from '../../phonemes/english/variety.js';
import {assembleEspeak} from '../../phonemes/espeak/assemble.js';
import {ipaAlphabet} from '../../phonemes/espeak/ipa.js';
import {kokoroAlphabet} from '../../phonemes/espeak/kokoro.js';
import {piperAlphabet} from '../../phonemes/espeak/piper.js';
import {inflateLexicon} from '../../phonemes/lexicon.js';
import type {Reading} from '../../phonemes/reading.js';
import {readData} from '../../voices/data.js';
import {type EspeakWords, loadEspeakWords} from '../espeak/words.js';
import {createPhonemizer} from '../neural/phonemizer.js';
import {loadRuntime, type Runtime} from '../neural/runtime.js';
import type {RuntimeChoice} from '../neural/runtime-choice.js';
import {serve} from '../serve.js';

export interface PhonemesData {
	readonly runtime: RuntimeChoice;
}

/** A voice of eSpeak NG, and in which letters its phonemes are written. */
export interface EspeakSpeech {
	readonly espeak: string;
	/** BCP 47 tag. */
	readonly language: string;
	readonly alphabet: keyof typeof alphabets;
}

const alphabets = {ipa: ipaAlphabet, kokoro: kokoroAlphabet, piper: piperAlphabet} as const;

export interface PhonemesRequest {
	readonly text: string;
	readonly readings: readonly Reading[];
	/** English by our own rules, or a voice of eSpeak NG. */
	readonly speech: Variety | EspeakSpeech;
}

serve<PhonemesRequest, string, undefined, PhonemesData>(async ({runtime: choice}, guard) => {
	const phonemizers = new Map<Variety, Promise<EnglishPhonemizer>>();
	let runtime: Promise<Runtime> | undefined;
	let espeak: Promise<EspeakWords> | undefined;

	const load = async (variety: Variety) => {
		const lexicon = await inflateLexicon(await readData(`en/${variety}-lexicon.txt.gz`));
		const loaded = () => {
			runtime ??= loadRuntime(choice, guard);
			return runtime;
		};
		return createPhonemizer(loaded, variety, lexicon);
	};
	const english = (variety: Variety) => {
		const loading = phonemizers.get(variety) ?? load(variety);
		phonemizers.set(variety, loading);
		return loading;
	};

	return {
		report: undefined,
		async render({text, readings, speech}, answer) {
			if (typeof speech === 'string') {
				const phonemizer = await english(speech);
				answer.send((await phonemizer.phonemize(text, readings)).phonemes, []);
			} else {
				const {espeak: voice, language, alphabet} = speech;
				espeak ??= loadEspeakWords();
				const words = (await espeak)(text, {voice, language, readings});
				const {phonemes} = assembleEspeak(text, words, {alphabet: alphabets[alphabet], language});
				answer.send(phonemes, []);
			}
		},
	};
});
