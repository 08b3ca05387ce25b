import {importEspeak} from './module.js';
import {plainText} from './text.js';

/** A text's phonemes in IPA, as eSpeak NG says it; blocks the thread, some ms a sentence. `voice` as eSpeak NG calls it: `en-us`. */
export type EspeakIpa = (text: string, voice: string) => string;

/** Loads eSpeak NG. Throws `SpeechError` ENGINE_MISSING where its package is not installed. */
export async function loadEspeakIpa(): Promise<EspeakIpa> {
	const module = await (await importEspeak()).default();
	const worker = new module.eSpeakNGWorker();
	return (text, voice) => {
		if (worker.set_voice(voice) !== 0) throw new Error(`eSpeak NG has no voice ${voice}`);
		const {code, ipa} = worker.synthesize_ipa(plainText(text));
		if (code !== 0) throw new Error(`eSpeak NG gave no phonemes (${code})`);
		// A line a clause, phonemes joined by "_".
		return ipa
			.replaceAll('_', '')
			.trim()
			.replace(/\s*\n\s*/g, ' ');
	};
}
