import {loadEspeakWorker} from './module.js';
import {plainText} from './text.js';

/** A text's phonemes in IPA, as eSpeak NG says it; blocks the thread, some ms a sentence. `voice` as eSpeak NG calls it: `en-us`. */
export type EspeakIpa = (text: string, voice: string) => string;

/** Loads eSpeak NG. Throws `SpeechError` ENGINE_MISSING where its package is not installed. */
export async function loadEspeakIpa(): Promise<EspeakIpa> {
	const {worker, reset} = await loadEspeakWorker();
	return (text, voice) => {
		try {
			if (worker.set_voice(voice) !== 0) throw new Error(`eSpeak NG has no voice ${voice}`);
			const {code, ipa} = worker.synthesize_ipa(plainText(text));
			if (code !== 0) throw new Error(`eSpeak NG gave no phonemes (${code})`);
			// A line a clause, phonemes joined by "_", a change of language in brackets.
			return ipa
				.replaceAll(/_|\([a-z-]+\)/g, '')
				.trim()
				.replaceAll(/\s+/g, ' ');
		} finally {
			reset();
		}
	};
}
