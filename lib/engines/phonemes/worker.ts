import type {EnglishPhonemizer} from '../../phonemes/english/phonemizer.js';
import type {Variety} from '../../phonemes/english/variety.js';
import {inflateLexicon} from '../../phonemes/lexicon.js';
import type {Reading} from '../../phonemes/reading.js';
import {substitute} from '../../phonemes/substituted.js';
import {readData} from '../../voices/data.js';
import {type EspeakIpa, loadEspeakIpa} from '../espeak/ipa.js';
import {createPhonemizer} from '../neural/phonemizer.js';
import {loadRuntime, type Runtime} from '../neural/runtime.js';
import type {RuntimeChoice} from '../neural/runtime-choice.js';
import {serve} from '../serve.js';

export interface PhonemesData {
	readonly runtime: RuntimeChoice;
}

export interface PhonemesRequest {
	readonly text: string;
	readonly readings: readonly Reading[];
	/** English by our own rules, or a voice of eSpeak NG. */
	readonly speech: Variety | {readonly espeak: string};
}

serve<PhonemesRequest, string, undefined, PhonemesData>(async ({runtime: choice}, guard) => {
	const phonemizers = new Map<Variety, Promise<EnglishPhonemizer>>();
	let runtime: Promise<Runtime> | undefined;
	let espeak: Promise<EspeakIpa> | undefined;

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
				espeak ??= loadEspeakIpa();
				answer.send((await espeak)(substitute(text, readings).text, speech.espeak), []);
			}
		},
	};
});
