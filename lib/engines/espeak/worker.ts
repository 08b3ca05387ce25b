import type {Reading} from '../../phonemes/reading.js';
import {substitute} from '../../phonemes/substituted.js';
import type {PcmPart} from '../pcm-part.js';
import {createSender} from '../resampled-sender.js';
import {serve} from '../serve.js';
import {type EspeakSettings, loadEspeak} from './module.js';
import {EspeakSound} from './sound.js';
import {plainText, WordExtents} from './text.js';

/** Hz; eSpeak NG makes nothing else. */
const espeakRate = 22_050;

export interface EspeakRequest {
	readonly text: string;
	readonly readings?: readonly Reading[] | undefined;
	/** BCP 47 tag: how the text is divided into words. */
	readonly language: string;
	readonly settings: EspeakSettings;
	/** Factor on the samples. */
	readonly gain: number;
	readonly sampleRate: number;
	/** Whether it is wanted in one piece. */
	readonly whole: boolean;
}

serve<EspeakRequest, PcmPart, undefined, undefined>(async () => {
	const espeak = await loadEspeak();
	return {
		report: undefined,
		async render({text, readings = [], language, settings, gain, sampleRate, whole}, answer) {
			const spoken = substitute(text, readings);
			const sender = await createSender(answer, {from: espeakRate, to: sampleRate, gain, whole});
			try {
				const sound = new EspeakSound(espeakRate, new WordExtents(text, language, readings, spoken));
				espeak(plainText(spoken.text), settings, (samples, events) => {
					const stretch = sound.push(samples, events);
					if (stretch) sender.push(stretch.samples, stretch.words);
					return answer.dropped();
				});
				const rest = sound.finish();
				if (rest) sender.push(rest.samples, rest.words);
				sender.end();
			} finally {
				sender.close();
			}
		},
	};
});
