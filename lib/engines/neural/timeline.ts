import {msToSamples} from '../../audio/clock.js';
import {fadeEdges, keepEdge, trimSilence} from '../../audio/edges.js';
import type {Phonemized} from '../../phonemes/phonemized.js';
import type {UtteranceWord} from '../engine.js';
import {type Cut, pausesBefore} from './cuts.js';
import {Envelope} from './envelope.js';
import {type HeartSpeech, heartRate} from './heart-network.js';

/** dB of full scale: 40 below speech; the model's own silence lies below -75. */
const audibleLevel = -60;
/** dB of full scale: a word's sound, but not the breath in a pause beside it. */
const spokenLevel = -50;

/**
 * The sound of a phoneme lies before the span that the durations give it: by 40 ms at speed 1, 56 at 0.6, 30 at 1.6.
 * Measured on the hiss of s and ʃ in 50 sentences: with it, words begin and end where their hiss does (median within 10 ms).
 * Kokoro, of which heart is a distillate, has the like (misaki's join_timestamps takes off 3 of 40 frames a second).
 */
function lag(speed: number): number {
	return Math.round(msToSamples(40, heartRate) * speed ** -0.65);
}

/** The audio of an utterance at 24 kHz, and where each phoneme starts in it; one position more says where the last ends. */
export interface Timeline {
	readonly samples: Float32Array;
	readonly starts: readonly number[];
}

/** What was made of a stretch: without the silence around it, its edges faded. `pause` keeps the silence after it. */
export function trimSpeech({samples, starts}: HeartSpeech, speed: number, pause: boolean): Timeline {
	const envelope = new Envelope(samples, audibleLevel);
	const lead = envelope.firstSound(0, samples.length);
	if (lead === undefined) return {samples: new Float32Array(0), starts: starts.map(() => 0)};
	const sounding = envelope.lastSound(0, samples.length) ?? samples.length;
	const trimmed = trimSilence(samples, {
		lead,
		tail: pause ? 0 : samples.length - sounding,
		keep: keepEdge(heartRate),
	});
	const early = trimmed.start + lag(speed);
	const fade = msToSamples(5, heartRate);
	return {
		samples: fadeEdges(trimmed.samples.slice(), {fadeIn: fade, fadeOut: fade}),
		starts: starts.map(start => Math.min(trimmed.samples.length, Math.max(0, start - early))),
	};
}

/** Puts stretches one after the other; their edges are silent, so that nothing clicks. */
export function joinTimelines(timelines: readonly Timeline[]): Timeline {
	const [only] = timelines;
	if (only && timelines.length === 1) return only;
	const samples = new Float32Array(timelines.reduce((sum, timeline) => sum + timeline.samples.length, 0));
	const starts: number[] = [];
	let offset = 0;
	for (const timeline of timelines) {
		samples.set(timeline.samples, offset);
		for (const start of timeline.starts.slice(0, -1)) starts.push(offset + start);
		offset += timeline.samples.length;
	}
	return {samples, starts: [...starts, offset]};
}

/**
 * When each word sounds, in samples at 24 kHz. Where a pause lies beside a word, the durations share it out among word and
 * punctuation: there the word begins with its first sound and ends with its last. A mere space takes time that is the next word's.
 */
export function wordTimes(
	{samples, starts}: Timeline,
	{phonemes, words}: Phonemized,
	cuts: readonly Cut[],
): UtteranceWord[] {
	const envelope = new Envelope(samples, spokenLevel);
	const at = (phoneme: number) => starts[phoneme] ?? samples.length;
	const cutStarts = new Set(cuts.map(({start}) => start));
	const edge = keepEdge(heartRate);
	const pauseBefore = words.map(({start}) => pausesBefore(phonemes, start) || cutStarts.has(start));
	const begins = words.map(({start, end}, index) => {
		if (index === 0) return edge;
		const previousEnd = at(words[index - 1]?.end ?? 0);
		if (!pauseBefore[index]) return previousEnd;
		const onset = envelope.onsetOf(at(start), previousEnd);
		return envelope.firstSound(onset, at(end)) ?? onset;
	});
	return words.map(({textStart, textEnd}, index) => {
		const startSample = begins[index] ?? 0;
		const next = begins[index + 1];
		let endSample = next ?? samples.length - edge;
		if (pauseBefore[index + 1]) endSample = envelope.lastSound(startSample, endSample) ?? startSample;
		return {textStart, textEnd, startSample, endSample: Math.max(startSample, endSample)};
	});
}
