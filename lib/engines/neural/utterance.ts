import {freeMemory} from '../../free-memory.js';
import type {Phonemized} from '../../phonemes/phonemized.js';
import type {UtteranceWord} from '../engine.js';
import {cutPhonemes, pausesBefore} from './cuts.js';
import type {Delivery} from './families/family.js';
import type {Model} from './model.js';
import {joinTimelines, type Timeline, trimSpeech, wordTimes} from './timeline.js';

/** An utterance as a model spoke it, at its rate. */
export interface SpokenUtterance {
	readonly samples: Float32Array;
	readonly words: readonly UtteranceWord[];
	/** Phonemes that the model does not know, each once. */
	readonly unknown: readonly string[];
}

/** Speaks phonemes of any number: in stretches that the model takes, silence trimmed, joined. Undefined once `dropped` says so, or without a sound. */
export async function speakPhonemized(
	model: Model,
	phonemized: Phonemized,
	{delivery, dropped}: {readonly delivery: Delivery; readonly dropped: () => boolean},
): Promise<SpokenUtterance | undefined> {
	if (phonemized.words.length === 0) return undefined;
	const {phonemes} = phonemized;
	const cuts = cutPhonemes(phonemized, model.family.maxPhonemes);
	const timelines: Timeline[] = [];
	const unknown = new Set<string>();
	for (const {start, end} of cuts) {
		if (dropped()) return undefined;
		const stretch = await model.speak(phonemes.slice(start, end), delivery);
		for (const phoneme of stretch.unknown) unknown.add(phoneme);
		const pause = end < phonemes.length && pausesBefore(phonemes, end);
		timelines.push(trimSpeech(stretch, {model, speed: delivery.speed, pause}));
		freeMemory(stretch.samples);
	}
	const timeline = joinTimelines(timelines);
	if (timeline.samples.length === 0) return undefined;
	const words = wordTimes(timeline, phonemized, {cuts, model});
	return {samples: timeline.samples, words, unknown: [...unknown]};
}
