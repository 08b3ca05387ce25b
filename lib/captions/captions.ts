import {SpeechError} from '../errors.js';
import {Transform} from '../streams.js';
import type {TimedWord} from '../synthesizer.js';
import {type CaptionFormat, captionFormats, writerFor} from './formats.js';
import type {Source} from './punctuation.js';

export type {CaptionFormat} from './formats.js';

/** Of `captions`; all of it is optional. */
export interface CaptionsOptions {
	/**
	 * The text spoken, or what gives it between two offsets (UTF-16 units; `TTSTransform.textBetween` does): punctuation and
	 * spacing come from it. Where it is not given, or answers undefined, words are joined by spaces unless they touch.
	 */
	readonly text?: string | Source | undefined;
}

/** Words that wait. */
const writableHighWaterMark = 64;
const readableHighWaterMark = 16 * 1024;

/**
 * Makes captions of a word track: `pipeline(tts.words, captions('vtt', {text}), toFile('speech.vtt'))`. Words (objects) go
 * in, UTF-8 text comes out as soon as each cue is decided. Cues have at most two lines (`lrc`: one) of 42 columns
 * and 7 s; they end where sentences, clauses and silences do, and stay for 1 s where there is room. Throws OPTION_INVALID, which
 * lists the formats, for an unknown one.
 */
export function captions(format: CaptionFormat, {text}: CaptionsOptions = {}): Transform {
	const source: Source =
		typeof text === 'string' ? (start, end) => text.slice(start, end) : (text ?? (() => undefined));
	const writer = writerFor(format, source);
	if (!writer) {
		const allowed = captionFormats.join(', ');
		throw new SpeechError(
			'OPTION_INVALID',
			`captions are ${JSON.stringify(format)}; they must be one of ${allowed}.`,
		);
	}
	const stream = new Transform({
		writableObjectMode: true,
		writableHighWaterMark,
		readableHighWaterMark,
		transform(word: TimedWord, _encoding, done) {
			// An empty piece would end the reader's turn for nothing: null pushes none.
			if (typeof word.startSeconds === 'number') done(null, writer.word(word) || null);
			else
				done(
					new SpeechError(
						'OPTION_INVALID',
						'captions take words with their times, as `stream.words` gives them.',
					),
				);
		},
		flush(done) {
			done(null, writer.end() || null);
		},
	});
	if (writer.header) stream.push(writer.header);
	return stream;
}
