import {samplesToMs} from '../audio/clock.js';
import {SpeechError} from '../errors.js';
import type {SpeechEvent} from '../synthesizer.js';
import type {UtterancePosition, WordTimestamp} from '../wire/messages.js';

/** Where a generation begins, or the next one goes on: positions in all the text (UTF-16 units) and all the audio (samples). */
export interface ResumePoint {
	readonly textStart: number;
	/** Position of the generation's first sample. */
	readonly sampleStart: number;
	/** The first utterance, if it was announced before and its end is missing: its length, and what of it was delivered. */
	readonly begun?: {readonly length: number; readonly samples: number; readonly words: number};
}

/** What a track needs of its generation. */
export interface TrackHost {
	/** Hz. */
	readonly sampleRate: number;
	/** Gives an event, in the positions of the whole speech, to the reader. */
	emit(event: SpeechEvent): void;
	/** Samples given so far, in the whole speech. */
	delivered(): number;
	/** The text of the whole speech between two offsets, as far as it is kept. */
	text(start: number, end: number): string;
	/** The audio of the text up to this offset has come. */
	spoken(textEnd: number): void;
	/** Offset up to which text was sent. */
	sent(): number;
	readonly timing: 'exact' | 'estimated';
}

/** Turns what one generation is sent into events, and knows where the next would go on if the socket were lost now. */
export interface Track {
	utterance(position: UtterancePosition): void;
	words(words: readonly WordTimestamp[]): void;
	audio(pcm: Buffer): void;
	/** The server said that it is done: gives where text sent later goes on. Throws REMOTE_PROTOCOL if text was left out. */
	finish(): ResumePoint;
	/** Throws RESUME_IMPOSSIBLE. */
	resume(): ResumePoint;
	/** Offset from which on the text may be needed again. */
	readonly keepFrom: number;
}

/** `characters`: UTF-16 units of the text that were spoken whole, or null where that cannot be told. */
export function resumeImpossible(host: TrackHost, characters: number | null, why: string): SpeechError {
	const ms = samplesToMs(host.delivered(), host.sampleRate);
	const message = `The connection was lost after ${Math.round(ms)} ms of audio, and ${why}.`;
	return new SpeechError('RESUME_IMPOSSIBLE', message, {delivered: {ms, characters}});
}

/** Whether text holds anything that every voice of its language would say. */
export function isSpeakable(text: string): boolean {
	return /[\p{L}\p{N}]/u.test(text);
}
