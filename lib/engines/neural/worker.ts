import type {Reading} from '../../phonemes/reading.js';
import {heartGain} from '../../voices/catalogue.js';
import type {PcmPart} from '../pcm-part.js';
import {createSender} from '../resampled-sender.js';
import {serve} from '../serve.js';
import {cutPhonemes, pausesBefore} from './cuts.js';
import {heartMaxPhonemes, heartRate, loadHeart} from './heart-network.js';
import {createPhonemizer} from './phonemizer.js';
import {loadRuntime} from './runtime.js';
import type {RuntimeChoice, RuntimeReport} from './runtime-choice.js';
import {joinTimelines, type Timeline, trimSpeech, wordTimes} from './timeline.js';

/** What a worker of heart loads with. */
export interface HeartData {
	readonly runtime: RuntimeChoice;
	/** As `inflateLexicon` gives it; all workers read the same memory. */
	readonly lexicon: SharedArrayBuffer;
}

export interface HeartRequest {
	readonly text: string;
	readonly readings?: readonly Reading[] | undefined;
	readonly sampleRate: number;
	readonly speed: number;
}

serve<HeartRequest, PcmPart, RuntimeReport, HeartData>(async ({runtime: choice, lexicon}, guard) => {
	const runtime = await loadRuntime(choice, guard);
	const phonemizer = createPhonemizer(runtime, 'us', lexicon);
	const network = await loadHeart(runtime);

	return {
		report: runtime.report,
		async render({text, readings, sampleRate, speed}, answer) {
			const phonemized = await phonemizer.phonemize(text, readings);
			if (phonemized.words.length === 0) return;
			const cuts = cutPhonemes(phonemized, heartMaxPhonemes);
			const timelines: Timeline[] = [];
			for (const {start, end} of cuts) {
				if (answer.dropped()) return;
				const speech = await network(phonemized.phonemes.slice(start, end), speed);
				const isInner = end < phonemized.phonemes.length;
				timelines.push(trimSpeech(speech, speed, isInner && pausesBefore(phonemized.phonemes, end)));
			}
			const timeline = joinTimelines(timelines);
			if (timeline.samples.length === 0) return;
			const sender = await createSender(answer, {from: heartRate, to: sampleRate, gain: heartGain});
			sender.push(timeline.samples, wordTimes(timeline, phonemized, cuts));
			sender.end();
		},
	};
});
