/**
 * Everything that goes wrong here ends as a `SpeechError` with one of these codes. They are stable: programs may
 * compare them. The text says what was wrong and what to do. `docs/errors.md` tells about each (a test compares the two).
 */
export const errorCodes = {
	OPTION_INVALID: 'an option is of the wrong type, out of range or unknown',
	VOICE_UNKNOWN: 'no voice has this id, or none speaks this language',
	VOICE_LACKS: 'the voice cannot do what an option asks of it',
	ENGINE_MISSING: 'an optional package that the voice needs is not installed',
	ENGINE_BUSY: 'more utterances wait for the engine than it takes',
	ENGINE_FAILED: 'the engine failed on an utterance',
	WORKER_CRASHED: 'the worker thread of an engine died while speaking',
	DATA_MISSING: 'a model or lexicon file of the package is not there or not readable',
	CLOSED: 'the synthesizer was closed',
	TEXT_NOT_SPEAKABLE: 'nothing in the text could be spoken',
	TEXT_INVALID_UTF8: 'the bytes written are not UTF-8',
	WORDS_UNREAD: 'the word track was asked for but not read',
	AUDIO_INVALID: 'audio given is not of a kind that can be read',
	FFMPEG_MISSING: 'no ffmpeg was found',
	FFMPEG_FAILED: 'ffmpeg ended with an error or was killed',
	FILE_FAILED: 'a file could not be written',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** The one error class. `code` is stable and documented; `cause` keeps what was underneath. */
export class SpeechError extends Error {
	override readonly name = 'SpeechError';
	readonly code: ErrorCode;

	constructor(code: ErrorCode, message: string, options?: {cause?: unknown}) {
		super(message, options);
		this.code = code;
	}
}

/** An abort as the platform spells it: name `AbortError`, code `ABORT_ERR`. */
export function abortError(message: string, cause?: unknown): Error {
	return Object.assign(new Error(message, {cause}), {name: 'AbortError', code: 'ABORT_ERR'});
}

/** Whether `error` is how an abort shows itself, in the platform's own spelling. */
export function isAbort(error: unknown): boolean {
	return (
		error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === 'ABORT_ERR'))
	);
}
