import {setMaxListeners} from 'node:events';
import {msToSamples} from '../audio/clock.js';
import {SpeechError} from '../errors.js';
import {readingFinder} from '../lexicon/readings.js';
import type {Flush, Pauses, SpeakOptions, SpeechEvent, Voice} from '../synthesizer.js';
import {pauseAfter} from '../text/pauses.js';
import {Segmenter} from '../text/segmenter.js';
import type {SpeakablePart} from '../text/speakable.js';
import {follow} from '../waiting.js';
import type {Engine} from './engine.js';
import {patience} from './job-queue.js';
import {lookAhead, type Slot} from './look-ahead.js';
import {warnUnknown} from './neural/warnings.js';
import {Pace} from './pace.js';
import {PlayoutClock} from './playout-clock.js';
import {ranges} from './ranges.js';
import {shortened} from './shortened.js';

const defaultPauses: Required<{[Kind in keyof Pauses]: number}> = {
	clause: 100,
	sentence: 300,
	paragraph: 700,
};
const defaultDeadline = 400;

/** About 8 s of speech. */
const unitsWhenCrowded = 120;

/** Whether more utterances wait than one speech alone sends ahead: others wait. */
function isCrowded(engine: Engine): boolean {
	return (engine.load?.().waiting ?? 0) > engine.parallel + 1;
}

/**
 * Lifts an engine that renders one utterance at a time to a Synthesizer's `speak`: segments the text as it comes,
 * renders a few utterances ahead, gives them in order, and stops all of it when the reader stops or the signal says so.
 */
export async function* speakUtterances(
	engine: Engine,
	voice: Voice,
	text: AsyncIterable<string | Flush>,
	options: SpeakOptions,
): AsyncGenerator<SpeechEvent, void> {
	const {sampleRate, speed = 1, pitch = 1, volume = 1, noise = 1, firstUtterance, key, onQueued} = options;
	const english = engine.english?.(voice);
	const unknown = (phonemes: readonly string[]) => warnUnknown(voice.id, phonemes);
	const finder = readingFinder(options, {id: voice.id, language: voice.language, english}, unknown);
	const work = new AbortController();
	const {signal} = work;
	// Each utterance on its way listens: as many as there are workers, which is no leak.
	setMaxListeners(0, signal);
	const unfollow = follow(work, options.signal);
	const clock = new PlayoutClock(sampleRate);
	// Whoever asks for ranges by the text alone asks for speech that nobody waits for.
	const textAlone = options.deadline === Infinity;
	const pace = textAlone ? undefined : new Pace(engine.pace?.(voice) ?? {realTimeFactor: 0, workers: 1});
	let begun = false;
	const render = ({range}: SpeakablePart) => {
		const needed = clock.next(range.text.length);
		pace?.add(range.text.length);
		const grace = begun ? 0 : patience;
		const deadline = () => needed() + grace;
		const options = {
			get deadline() {
				return deadline();
			},
			begun,
			whole: textAlone,
			key,
			onQueued,
			signal,
		};
		begun = true;
		const {text} = range;
		const utterance = {text, readings: finder.find(text), voice, sampleRate, speed, pitch, volume, noise};
		return engine.render(utterance, options);
	};
	const found = ranges(text, {
		segmenter: new Segmenter({
			language: voice.language,
			maxLength: engine.maxUtterance,
			firstUtterance,
			firstClause: pace?.firstClause,
		}),
		deadline: options.deadline ?? defaultDeadline,
		scripts: engine.scripts(voice),
		readings: text => finder.find(text),
		signal,
	});
	const parts = shortened(found, isFirst => {
		if (!pace || (isFirst && firstUtterance !== undefined)) return Infinity;
		return Math.min(pace.most, !isFirst && isCrowded(engine) ? unitsWhenCrowded : Infinity);
	});
	const slots = lookAhead(parts, render, engine.parallel);
	try {
		let position = 0;
		let unspoken: string | undefined;
		for await (const slot of slots) {
			const samples = yield* speakSlot(slot, {voice, options, position, clock});
			position += samples;
			if (samples > 0) continue;
			const reason = slot.unspoken ?? 'the voice found nothing to say in it';
			if (reason !== 'blank') unspoken ??= `${reason} (${excerpt(slot.range.text)})`;
			yield {type: 'unspoken', textStart: slot.range.start, textEnd: slot.range.end, reason};
		}
		if (position === 0 && unspoken !== undefined) {
			const message = `Nothing in the text could be spoken by ${voice.id}: ${unspoken}.`;
			throw new SpeechError('TEXT_NOT_SPEAKABLE', message);
		}
	} finally {
		unfollow();
		work.abort();
		slots.close();
	}
}

interface SlotOptions {
	readonly voice: Voice;
	readonly options: SpeakOptions;
	/** Samples given before it. */
	readonly position: number;
	readonly clock: PlayoutClock;
}

/** Gives one utterance with the pause after it, and returns its samples: none if there was nothing to say. */
async function* speakSlot(
	{range, pieces}: Slot,
	{voice, options, position, clock}: SlotOptions,
): AsyncGenerator<SpeechEvent, number> {
	if (!pieces) return 0;
	const utterance = {
		type: 'utterance',
		textStart: range.start,
		textEnd: range.end,
		startSample: position,
	} as const;
	let samples = 0;
	for await (const {pcm, words} of pieces) {
		options.signal?.throwIfAborted();
		if (samples === 0 && pcm.length > 0) yield utterance;
		for (const word of options.words === false ? [] : words) {
			yield {
				type: 'word',
				word: range.text.slice(word.textStart, word.textEnd),
				textStart: range.start + word.textStart,
				textEnd: range.start + word.textEnd,
				startSample: position + word.startSample,
				endSample: position + word.endSample,
				timing: voice.wordTimes === 'exact' && !word.estimated ? 'exact' : 'estimated',
			};
		}
		samples += pcm.length / 2;
		clock.give(pcm.length / 2);
		if (pcm.length > 0) yield {type: 'audio', pcm};
	}
	clock.spoken(range.text.length);
	if (samples === 0) return 0;
	const pause = pauseSamples(range.text, options);
	clock.give(pause);
	if (pause > 0) yield {type: 'audio', pcm: Buffer.alloc(pause * 2)};
	yield {...utterance, endSample: position + samples + pause};
	return samples + pause;
}

/** Told from the utterance's own text, so that its samples depend on nothing else. */
function pauseSamples(text: string, {pauses, sampleRate}: SpeakOptions): number {
	const kind = pauseAfter(text);
	return kind === 'none' ? 0 : msToSamples(pauses?.[kind] ?? defaultPauses[kind], sampleRate);
}

function excerpt(text: string): string {
	const short = text.trim().slice(0, 40);
	return JSON.stringify(short.length < text.trim().length ? `${short}…` : short);
}
