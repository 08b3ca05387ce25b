import {msToSamples} from '../../audio/clock.js';
import {fadeEdges, keepEdge, trimSilence} from '../../audio/edges.js';
import type {Phonemized} from '../../phonemes/phonemized.js';
import type {UtteranceWord} from '../engine.js';
import {type Cut, pausesBefore} from './cuts.js';
import {Envelope} from './envelope.js';
import type {Model, Stretch} from './model.js';

/** The audio of an utterance at its model's rate, and where each phoneme starts in it; one position more says where the last ends. */
export interface Timeline {
	readonly samples: Float32Array;
	readonly starts: readonly number[];
	/** Whether the model told the starts; otherwise they are estimated. */
	readonly exact: boolean;
}

export interface TrimOptions {
	readonly model: Pick<Model, 'family' | 'rate'>;
	readonly speed: number;
	/** Whether the silence after it stays. */
	readonly pause: boolean;
}

/** What was made of a stretch: without the silence around it, its edges faded. */
export function trimSpeech({samples, starts, exact}: Stretch, {model, speed, pause}: TrimOptions): Timeline {
	const {family, rate} = model;
	const envelope = new Envelope(samples, {level: family.audibleLevel, rate});
	const lead = envelope.firstSound(0, samples.length);
	if (lead === undefined) return {samples: new Float32Array(0), starts: starts.map(() => 0), exact};
	const sounding = envelope.lastSound(0, samples.length) ?? samples.length;
	const trimmed = trimSilence(samples, {
		lead,
		tail: pause ? 0 : samples.length - sounding,
		keep: keepEdge(rate),
	});
	// Some models begin with sound at once: speech begins after 15 ms all the same.
	const missing = Math.max(0, keepEdge(rate) - lead);
	const kept = new Float32Array(missing + trimmed.samples.length);
	kept.set(trimmed.samples, missing);
	const early = trimmed.start - missing + (exact ? msToSamples(family.lag(speed), rate) : 0);
	const fade = msToSamples(5, rate);
	return {
		samples: fadeEdges(kept, {fadeIn: fade, fadeOut: fade}),
		starts: starts.map(start => Math.min(kept.length, Math.max(0, start - early))),
		exact,
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
	return {samples, starts: [...starts, offset], exact: timelines.every(({exact}) => exact)};
}

/**
 * When each word sounds, in samples at the model's rate. Where a pause lies beside a word, the durations share it out among word and
 * punctuation: there the word begins with its first sound and ends with its last. A mere space takes time that is the next word's.
 */
export function wordTimes(
	{samples, starts, exact}: Timeline,
	{phonemes, words}: Phonemized,
	{
		cuts,
		model: {family, rate},
	}: {readonly cuts: readonly Cut[]; readonly model: Pick<Model, 'family' | 'rate'>},
): UtteranceWord[] {
	const envelope = new Envelope(samples, {level: family.spokenLevel, rate});
	const at = (phoneme: number) => starts[phoneme] ?? samples.length;
	const cutStarts = new Set(cuts.map(({start}) => start));
	const edge = keepEdge(rate);
	const pauseBefore = words.map(({start}) => pausesBefore(phonemes, start) || cutStarts.has(start));
	const begins = words.map(({start, end}, index) => {
		if (index === 0) return edge;
		const previousEnd = at(words[index - 1]?.end ?? 0);
		// A first word may be so short that all of it lies within the edge.
		if (!pauseBefore[index]) return Math.max(edge, previousEnd);
		const onset = envelope.onsetOf(at(start), previousEnd);
		return envelope.firstSound(onset, at(end)) ?? onset;
	});
	return words.map(({textStart, textEnd}, index) => {
		const startSample = begins[index] ?? 0;
		const next = begins[index + 1];
		let endSample = next ?? samples.length - edge;
		if (pauseBefore[index + 1]) endSample = envelope.lastSound(startSample, endSample) ?? startSample;
		const word = {textStart, textEnd, startSample, endSample: Math.max(startSample, endSample)};
		return exact ? word : {...word, estimated: true};
	});
}
