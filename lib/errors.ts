/**
 * Everything that goes wrong here ends as a `SpeechError` with one of these codes. They are stable: programs may
 * compare them. The text says what was wrong and what to do. `docs/errors.md` tells about each (a test compares the two).
 */
export const errorCodes = {
	OPTION_INVALID: 'an option is of the wrong type, out of range or unknown',
	VOICE_UNKNOWN: 'no voice has this id, or none speaks this language',
	VOICE_LACKS: 'the voice cannot do what an option asks of it',
	ENGINE_MISSING: 'an optional package that the voice needs is not installed',
	ENGINE_BUSY: 'too many utterances wait for the engine to begin with new text',
	ENGINE_FAILED: 'the engine failed on an utterance',
	WORKER_CRASHED: 'the worker thread of an engine died while speaking',
	LEXICON_INVALID: 'a lexicon file is malformed',
	DATA_MISSING: 'a model or lexicon file of the package is not there or not readable',
	MODEL_MISSING: 'a file of an installed voice is not there or not readable',
	MODEL_INVALID: 'a file of a voice is damaged, of another family or of a version that is not known',
	MODEL_TOO_LARGE: 'a model needs more memory than models may take',
	CLOSED: 'the synthesizer was closed',
	TEXT_NOT_SPEAKABLE: 'nothing in the text could be spoken',
	TEXT_INVALID: 'what was written is neither a string nor bytes',
	TEXT_INVALID_UTF8: 'the bytes written are not UTF-8',
	WORDS_UNREAD: 'the word track was asked for but not read',
	AUDIO_INVALID: 'audio that was to be read is none, or of a kind that is not read',
	FFMPEG_MISSING: 'no ffmpeg was found',
	FFMPEG_FAILED: 'ffmpeg ended with an error or was killed',
	FILE_FAILED: 'a file could not be written',
	BOOK_INVALID: 'a book that was to be read is none, is damaged or has nothing to read',
	BOOK_PROTECTED: 'a book is protected (DRM) or encrypted',
	BOOK_TOO_LARGE: 'what claims to be a book unpacks to, or nests, more than any book does',
	DOWNLOAD_FAILED: 'a file of a voice could not be fetched',
	DOWNLOAD_INVALID: 'what was fetched is not what was published, or no voice',
	OFFLINE: 'the network was needed, and SPEECHPIPE_OFFLINE forbids it',
	LICENCE_REFUSED: 'the licence of a voice was not accepted',
	BOOK_LOCKED: 'another run is making the same audiobook',
	BOOK_INCOMPLETE: 'parts of a book could not be spoken, so the audiobook was not written',
	REMOTE_REFUSED: 'the server does not let this client in',
	REMOTE_LOST: 'the server could not be reached, or fell silent, too often in a row',
	REMOTE_PROTOCOL: 'what the server sent is not of the protocol, or it said that of us',
	REMOTE_ERROR: 'the server failed in a way that has no code here',
	REDIS_FAILED: 'Redis is not there, lets us not in, or cannot be used',
	WORKERS_MISSING: 'no worker of the cluster renders the voice',
	RESUME_IMPOSSIBLE: 'the connection was lost and nothing tells where to go on',
} as const;

/** One of the keys of `errorCodes`. */
export type ErrorCode = keyof typeof errorCodes;

/** How much of a text was spoken and delivered before it failed. */
export interface Delivered {
	/** ms of audio. */
	readonly ms: number;
	/** UTF-16 units of the text whose audio that is, or null where it cannot be told. */
	readonly characters: number | null;
}

/** The one error class. `code` is stable and documented; `cause` keeps what was underneath. */
export class SpeechError extends Error {
	/** For who cannot use `instanceof`. */
	override readonly name = 'SpeechError';
	/** Stable, for programs; `docs/errors.md` tells what to do about each. */
	readonly code: ErrorCode;
	/** With RESUME_IMPOSSIBLE alone. */
	readonly delivered?: Delivered;

	constructor(code: ErrorCode, message: string, options?: {cause?: unknown; delivered?: Delivered}) {
		super(message, options);
		this.code = code;
		if (options?.delivered) this.delivered = options.delivered;
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
