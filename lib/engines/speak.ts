import {Channel} from '../channel.js';
import {SpeechError} from '../errors.js';
import type {Flush, Pauses, SpeakOptions, SpeechEvent, Voice} from '../synthesizer.js';
import {pauseAfter} from '../text/pauses.js';
import {Segmenter} from '../text/segmenter.js';
import type {SpeakablePart} from '../text/speakable.js';
import type {Engine, Piece} from './engine.js';
import {PlayoutClock} from './playout-clock.js';
import {ranges} from './ranges.js';

const defaultPauses = {none: 0, clause: 100, sentence: 300, paragraph: 700};

/** A range on its way: `pieces` are being rendered, or absent where nothing is spoken. */
interface Slot extends SpeakablePart {
	readonly pieces?: AsyncIterable<Piece>;
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
	const {
		sampleRate,
		speed = 1,
		pitch = 1,
		volume = 1,
		deadline = 400,
		firstUtterance,
		words = true,
	} = options;
	const pauses = {...defaultPauses, ...given(options.pauses)};
	const work = new AbortController();
	const signal = options.signal ? AbortSignal.any([options.signal, work.signal]) : work.signal;
	const clock = new PlayoutClock(sampleRate);
	const slots = new Channel<Slot>(engine.parallel);

	const render = ({range}: SpeakablePart): AsyncIterable<Piece> => {
		const utterance = {text: range.text, voice, sampleRate, speed, pitch, volume};
		return started(engine.render(utterance, {deadline: clock.next(range.text.length), signal}));
	};

	const lookAhead = async () => {
		const segmenter = new Segmenter({
			language: voice.language,
			maxLength: engine.maxUtterance,
			...(firstUtterance === undefined ? {} : {firstUtterance}),
		});
		const scripts = engine.scripts(voice);
		for await (const spoken of ranges(text, {segmenter, deadline, scripts, signal})) {
			await slots.send(spoken.unspoken === undefined ? {...spoken, pieces: render(spoken)} : spoken);
		}
	};
	lookAhead().then(
		() => slots.end(),
		error => slots.fail(error),
	);

	let samples = 0;
	let heard = false;
	let unspoken: string | undefined;
	try {
		for await (const {range, pieces, unspoken: reason} of slots) {
			const [textStart, textEnd, startSample] = [range.start, range.end, samples];
			for await (const {pcm, words: pieceWords} of pieces ?? []) {
				options.signal?.throwIfAborted();
				if (samples === startSample && pcm.length > 0)
					yield {type: 'utterance', textStart, textEnd, startSample};
				for (const word of words ? pieceWords : []) {
					yield {
						type: 'word',
						word: range.text.slice(word.textStart, word.textEnd),
						textStart: textStart + word.textStart,
						textEnd: textStart + word.textEnd,
						startSample: startSample + word.startSample,
						endSample: startSample + word.endSample,
						timing: voice.wordTimes === 'exact' ? 'exact' : 'estimated',
					};
				}
				samples += pcm.length / 2;
				clock.give(pcm.length / 2);
				if (pcm.length > 0) yield {type: 'audio', pcm};
			}
			if (pieces) clock.spoken(range.text.length);
			if (samples === startSample) {
				const why = reason ?? 'the voice found nothing to say in it';
				if (why !== 'blank') unspoken ??= `${why} (${excerpt(range.text)})`;
				yield {type: 'unspoken', textStart, textEnd, reason: why};
			} else {
				heard = true;
				const pause = Math.round((pauses[pauseAfter(range.text)] * sampleRate) / 1000);
				samples += pause;
				clock.give(pause);
				if (pause > 0) yield {type: 'audio', pcm: Buffer.alloc(pause * 2)};
				yield {type: 'utterance', textStart, textEnd, startSample, endSample: samples};
			}
		}
		if (!heard && unspoken !== undefined) {
			throw new SpeechError(
				'TEXT_NOT_SPEAKABLE',
				`Nothing in the text could be spoken by ${voice.id}: ${unspoken}.`,
			);
		}
	} finally {
		work.abort();
		slots.close();
	}
}

/** Starts to read at once, so that the rendering goes on while others are listened to; an utterance bounds what is held. */
function started(pieces: AsyncIterable<Piece>): AsyncIterable<Piece> {
	const ready = new Channel<Piece>(Infinity);
	(async () => {
		for await (const piece of pieces) void ready.send(piece);
	})().then(
		() => ready.end(),
		error => ready.fail(error),
	);
	return ready;
}

function given(pauses: Pauses | undefined): Partial<Record<keyof Pauses, number>> {
	return Object.fromEntries(Object.entries(pauses ?? {}).filter(([, ms]) => ms !== undefined));
}

function excerpt(text: string): string {
	const short = text.trim().slice(0, 40);
	return JSON.stringify(short.length < text.trim().length ? `${short}…` : short);
}
