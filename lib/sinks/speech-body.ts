import {inspect} from 'node:util';
import {defaultSynthesizer} from '../engines/local-synthesizer.js';
import {abortError, SpeechError} from '../errors.js';
import {addAbortSignal, finished, pipeline, type Readable} from '../streams.js';
import type {Flush} from '../synthesizer.js';
import {defaultFfmpegPool, type FfmpegPool} from '../transcode/pool.js';
import {checkBitrate, targetNamed} from '../transcode/targets.js';
import {transcode} from '../transcode/transcode.js';
import {Dialogue, type DialogueLine, dialogueText} from '../transform/dialogue.js';
import type {TTSTransformOptions} from '../transform/options.js';
import type {Timeline} from '../transform/timeline.js';
import {TTSTransform} from '../transform/tts-transform.js';
import {type BodyFormat, type BodyKind, bodyKind} from './body-format.js';
import {writeText} from './write-text.js';

/** Of `speechBody`: what is said, and all that `TTSTransform` takes but its `format`. */
export interface SpeechBodyOptions extends Omit<TTSTransformOptions, 'format'> {
	/** A whole text, text as it comes (an LLM's tokens), or lines of several voices that are spoken one after the other. */
	readonly text: string | AsyncIterable<string | Flush> | readonly DialogueLine[];
	/** `mp3` by default. */
	readonly format?: BodyFormat | undefined;
	/** Bits per second of what is encoded; see `transcode`. */
	readonly bitrate?: number | undefined;
	/** Where ffmpeg processes wait; one that all of the process share by default. */
	readonly pool?: FfmpegPool | undefined;
}

/** Speech on its way out as the body of a response. */
export interface SpeechBody extends Pick<BodyKind, 'contentType' | 'sampleRate'> {
	/**
	 * The bytes. It ends only when all was spoken and encoded; else it is destroyed with the error. Destroying it stops all
	 * of the work, ffmpeg too.
	 */
	readonly stream: Readable;
	/**
	 * Settles once the first bytes are there, so that a status may be told. Rejects with what failed before: a `SpeechError`
	 * (TEXT_NOT_SPEAKABLE for a blank text, too), an AbortError, or what the text's own iterable threw.
	 */
	readonly ready: Promise<void>;
	/** How the speech went, once all of it was made; rejects as the stream fails. */
	readonly timeline: Promise<Timeline>;
	/** What speaks, with its `word`, `utterance` and `unspoken` events and `words`. */
	readonly speech: TTSTransform;
}

/**
 * Speaks text into a stream of bytes that suits an HTTP response: what TTSTransform gives, or that encoded. It starts at
 * once, and makes no more than its reader takes. Throws OPTION_INVALID; all else fails `ready` and the stream.
 */
export function speechBody(options: SpeechBodyOptions): SpeechBody {
	const {text, bitrate, pool = defaultFfmpegPool(), signal} = options;
	const {speech, kind} = prepared(options);
	const {contentType, sampleRate, target} = kind;
	const input = {sampleRate: speech.sampleRate};
	const stream = target ? pipeline(speech, transcode(target, {bitrate, input, pool}), () => {}) : speech;
	speech.once('timeline', ({audioSeconds}) => audioSeconds === 0 && speech.destroy(blank()));
	// Who reads the stream hears of its error; nobody else needs to.
	finished(stream, () => {});
	if (signal) addAbortSignal(signal, stream);
	const ready = quiet(firstBytes(stream));
	const timeline = quiet(timelineOf(speech));
	writeText(speech, isLines(text) ? dialogueText(text) : text);
	return {contentType, sampleRate, stream, ready, timeline, speech};
}

/** What a body would be, without speaking: for a HEAD. Throws OPTION_INVALID. */
export function speechHead(options: SpeechBodyOptions): Pick<BodyKind, 'contentType' | 'sampleRate'> {
	const {speech, kind} = prepared(options);
	speech.destroy();
	return kind;
}

/** A rate at which a format is looked at before the voice's own is known. */
const defaultRate = 24_000;

/** Checks all that can be checked. Nothing has begun yet. */
function prepared(options: SpeechBodyOptions): {readonly speech: TTSTransform; readonly kind: BodyKind} {
	const {text, format = 'mp3', bitrate, pool: _pool, signal: _signal, ...speechOptions} = options;
	checkText(text);
	const {audio, target} = bodyKind(format, defaultRate);
	const {synthesizer = defaultSynthesizer()} = speechOptions;
	const speech = new TTSTransform({
		...speechOptions,
		synthesizer: isLines(text) ? new Dialogue(synthesizer, text) : synthesizer,
		format: audio,
	});
	const kind = bodyKind(format, speech.sampleRate);
	if (bitrate !== undefined && !target)
		throw new SpeechError('OPTION_INVALID', `bitrate is of no use for ${format}: leave it out.`);
	if (target) checkBitrate(targetNamed(target), bitrate, kind.sampleRate);
	return {speech, kind};
}

function isLines(text: SpeechBodyOptions['text']): text is readonly DialogueLine[] {
	return Array.isArray(text);
}

/** Callers in JavaScript may give anything. */
function checkText(text: SpeechBodyOptions['text']): void {
	if (typeof text === 'string') return;
	if (isLines(text)) {
		const wrong = text.findIndex(line => typeof line?.text !== 'string');
		if (text.length > 0 && wrong < 0) return;
		throw new SpeechError(
			'OPTION_INVALID',
			text.length === 0 ? 'text has no lines.' : `text[${wrong}] must be a line {text, voiceId?}.`,
		);
	}
	if (typeof text === 'object' && text !== null && Symbol.asyncIterator in text) return;
	throw new SpeechError(
		'OPTION_INVALID',
		`text is ${inspect(text)}; it must be a string, an async iterable of strings, or lines [{text, voiceId}].`,
	);
}

/** Nothing that can be played is empty. */
function blank(): SpeechError {
	return new SpeechError(
		'TEXT_NOT_SPEAKABLE',
		'Nothing in the text could be spoken: it is blank. Give some words.',
	);
}

/** Reads nothing: only waits for something to read. */
function firstBytes(stream: Readable): Promise<void> {
	return new Promise((resolve, reject) => {
		const over = (settle: () => void) => {
			stream.off('readable', look);
			settle();
		};
		const look = () => {
			if (stream.readableLength > 0) over(resolve);
		};
		stream.on('readable', look);
		finished(stream, () => over(() => reject(stream.errored ?? abortError('the stream was destroyed'))));
	});
}

function timelineOf(speech: TTSTransform): Promise<Timeline> {
	return new Promise((resolve, reject) => {
		speech.once('timeline', resolve);
		finished(speech, () => reject(speech.errored ?? abortError('the speech was stopped')));
	});
}

/** A promise that nobody has to wait for. */
function quiet<T>(promise: Promise<T>): Promise<T> {
	promise.catch(() => {});
	return promise;
}
