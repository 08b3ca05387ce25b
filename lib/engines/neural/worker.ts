import {samplesToMs} from '../../audio/clock.js';
import {freeMemory} from '../../free-memory.js';
import type {Reading} from '../../phonemes/reading.js';
import type {PcmPart} from '../pcm-part.js';
import {createSender} from '../resampled-sender.js';
import {serve} from '../serve.js';
import {loadModel, type ModelFiles} from './model.js';
import {type Lexicons, Readers} from './readers.js';
import {loadRuntime} from './runtime.js';
import type {RuntimeChoice, RuntimeReport} from './runtime-choice.js';
import {speakPhonemized} from './utterance.js';

/** What a worker loads with: it speaks the voices of one model. */
export interface NeuralData {
	readonly runtime: RuntimeChoice;
	readonly files: ModelFiles;
	readonly lexicons: Lexicons;
}

export interface NeuralRequest {
	readonly text: string;
	readonly readings?: readonly Reading[] | undefined;
	/** BCP 47 tag. */
	readonly language: string;
	readonly sampleRate: number;
	readonly speed: number;
	readonly noise: number;
	readonly speaker: number;
	/** Path of Kokoro's style vectors. */
	readonly style: string | undefined;
	/** Factor on the samples. */
	readonly gain: number;
}

/** What there is to say about an utterance, before its audio. */
export interface UtteranceReport {
	/** ms that it took to make. */
	readonly workMs: number;
	/** ms of audio. */
	readonly audioMs: number;
	/** Phonemes that the model does not know, and that were left out. */
	readonly unknown: readonly string[];
}

export type NeuralPart = PcmPart | {readonly report: UtteranceReport};

serve<NeuralRequest, NeuralPart, RuntimeReport, NeuralData>(
	async ({runtime: choice, files, lexicons}, guard) => {
		const runtime = await loadRuntime(choice, guard);
		const model = await loadModel(runtime, files);
		const readers = new Readers(lexicons, runtime);

		return {
			report: runtime.report,
			async render({text, readings, language, sampleRate, speed, noise, speaker, style: path, gain}, answer) {
				const begun = performance.now();
				const phonemized = await readers.get(model.reads(language), language)(text, readings);
				const style = path === undefined ? undefined : await model.style(path);
				const delivery = {speed, noise, speaker, style};
				const spoken = await speakPhonemized(model, phonemized, {delivery, dropped: answer.dropped});
				if (!spoken) return;
				const {samples, words, unknown} = spoken;
				const audioMs = samplesToMs(samples.length, model.rate);
				answer.send({report: {workMs: performance.now() - begun, audioMs, unknown}}, []);
				const sender = await createSender(answer, {from: model.rate, to: sampleRate, gain});
				sender.push(samples, words);
				sender.end();
				freeMemory(samples);
			},
		};
	},
);
