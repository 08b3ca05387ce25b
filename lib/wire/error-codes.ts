import type {ErrorCode, SpeechError} from '../errors.js';

/**
 * How an `error` message begins: stable codes, what they mean, and the `SpeechError` code that is the same thing on either
 * side of the wire. `docs/protocol.md` tells about each (a test compares the two).
 */
export const wireErrors = {
	invalid_message: {
		meaning: 'the message is not JSON, no object, or a field is wrong',
		speech: 'OPTION_INVALID',
	},
	option_invalid: {meaning: 'an option is out of range for this voice', speech: 'OPTION_INVALID'},
	voice_missing: {meaning: 'no message, context or default says which voice', speech: 'OPTION_INVALID'},
	voice_unknown: {meaning: 'no voice has this id', speech: 'VOICE_UNKNOWN'},
	voice_lacks: {meaning: 'the voice cannot do what an option asks', speech: 'VOICE_LACKS'},
	voice_changed: {meaning: 'a later message names another voice', speech: 'OPTION_INVALID'},
	text_after_final: {meaning: 'text came after the end of the text', speech: 'OPTION_INVALID'},
	text_not_speakable: {meaning: 'nothing in the text could be spoken', speech: 'TEXT_NOT_SPEAKABLE'},
	limit_exceeded: {meaning: 'a limit, which it names, is reached', speech: 'ENGINE_BUSY'},
	overloaded: {
		meaning: 'the server runs late; nothing was spoken',
		speech: 'ENGINE_BUSY',
	},
	draining: {meaning: 'the server is shutting down; nothing was spoken', speech: 'CLOSED'},
	engine_failed: {meaning: 'the voice failed while speaking', speech: 'ENGINE_FAILED'},
	internal: {meaning: 'the server failed in a way that nobody had foreseen', speech: 'ENGINE_FAILED'},
} as const satisfies Record<string, {meaning: string; speech: ErrorCode}>;

export type WireErrorCode = keyof typeof wireErrors;

/** What a peer is told: the code, and an explanation that names the field and the fix. */
export interface WireProblem {
	readonly code: WireErrorCode;
	readonly explanation: string;
}

/** How a `SpeechError` shows on the wire; what is missing here is the server's own affair and becomes `internal`. */
const fromSpeech: {readonly [Code in ErrorCode]?: WireErrorCode} = {
	OPTION_INVALID: 'option_invalid',
	VOICE_UNKNOWN: 'voice_unknown',
	VOICE_LACKS: 'voice_lacks',
	TEXT_NOT_SPEAKABLE: 'text_not_speakable',
	ENGINE_BUSY: 'overloaded',
	CLOSED: 'draining',
	ENGINE_FAILED: 'engine_failed',
	WORKER_CRASHED: 'engine_failed',
	ENGINE_MISSING: 'engine_failed',
	DATA_MISSING: 'engine_failed',
};

/** What a peer may hear: messages about the server's insides (paths, packages) stay with the server. */
const explanations: {readonly [Code in WireErrorCode]?: string} = {
	engine_failed: 'the voice failed while speaking: try again, or take another voice',
	internal: 'the server failed: its log tells why',
};

/** Tells a `SpeechError` in the wire's words. */
export function problemOf({code, message}: SpeechError): WireProblem {
	const wire = fromSpeech[code] ?? 'internal';
	return {code: wire, explanation: explanations[wire] ?? message};
}

/** The problem that nobody had foreseen. */
export const internalProblem: WireProblem = {code: 'internal', explanation: explanations.internal ?? ''};

/** `code: explanation`, as an `error` message carries it. */
export function formatProblem({code, explanation}: WireProblem): string {
	return `${code}: ${explanation}`;
}

/** Reads `code: explanation`; `code` is undefined where a server speaks otherwise, the whole is the explanation then. */
export function parseProblem(error: string): {code: WireErrorCode | undefined; explanation: string} {
	const [, code = '', explanation = ''] = /^([a-z_]+): (.*)$/s.exec(error) ?? [];
	return isWireErrorCode(code) ? {code, explanation} : {code: undefined, explanation: error};
}

function isWireErrorCode(code: string): code is WireErrorCode {
	return Object.hasOwn(wireErrors, code);
}
