import {type WireErrorCode, wireErrors} from './error-codes.js';

/**
 * What an `error` of an HTTP answer begins with, where WebSockets have no such thing: its status and what it means.
 * `docs/server.md` tells about each, and about the wire's codes (a test compares the two).
 */
const httpOnly = {
	text_too_long: {
		status: 400,
		meaning: 'a text is longer, or there are more lines, than the limit that it names',
	},
	key_invalid: {status: 401, meaning: 'a key is missing, or one that was sent is wrong'},
	origin_refused: {
		status: 403,
		meaning: 'pages of this Origin may not connect; or the server is for its own machine alone',
	},
	not_found: {status: 404, meaning: 'there is nothing at this path'},
	model_unknown: {status: 404, meaning: '`/v1/models` lists no such model'},
	method_not_allowed: {status: 405, meaning: 'the path does not take this method; `Allow` tells which'},
	not_acceptable: {status: 406, meaning: 'nothing that `Accept` asks for can be made'},
	request_timeout: {status: 408, meaning: 'the request took too long to come'},
	body_too_large: {status: 413, meaning: 'the body is larger than `maxBodyBytes`'},
	media_type_unknown: {status: 415, meaning: 'the body is not `application/json`, or is compressed'},
	format_invalid: {status: 422, meaning: 'there is no such format, or not at this rate'},
	upgrade_needed: {status: 426, meaning: 'this path speaks WebSocket'},
	rate_limited: {status: 429, meaning: 'more requests than `maxRequestsPerMinute`; see `Retry-After`'},
	headers_too_large: {status: 431, meaning: 'the headers are larger than 16 KiB'},
	no_voice: {status: 503, meaning: 'there is no voice to speak with'},
	format_unavailable: {status: 501, meaning: 'the server has no ffmpeg, or one that cannot make this format'},
} as const;

/** The status with which the wire's own codes come. */
const wireStatus: Readonly<Record<WireErrorCode, number>> = {
	invalid_message: 400,
	option_invalid: 400,
	voice_missing: 400,
	voice_unknown: 422,
	voice_lacks: 422,
	voice_changed: 400,
	text_after_final: 400,
	text_not_speakable: 422,
	limit_exceeded: 429,
	overloaded: 503,
	draining: 503,
	engine_failed: 500,
	internal: 500,
};

/** Codes that need a conversation, which HTTP has not. */
type WebSocketOnly = 'voice_changed' | 'text_after_final';
export type HttpErrorCode = keyof typeof httpOnly | Exclude<WireErrorCode, WebSocketOnly>;

/** Status and meaning of a code. */
export function httpError(code: HttpErrorCode): {readonly status: number; readonly meaning: string} {
	if (isHttpOnly(code)) return httpOnly[code];
	return {status: wireStatus[code], meaning: wireErrors[code].meaning};
}

/** The status with which a code of the wire comes. */
export function wireErrorStatus(code: WireErrorCode): number {
	return wireStatus[code];
}

/** Every code that an HTTP answer may carry. */
export const httpErrorCodes: readonly HttpErrorCode[] = [
	...(Object.keys(httpOnly) as Array<keyof typeof httpOnly>), // Its keys, no more.
	...(Object.keys(wireErrors) as WireErrorCode[]).filter(code => !isWebSocketOnly(code)),
];

function isHttpOnly(code: HttpErrorCode): code is keyof typeof httpOnly {
	return Object.hasOwn(httpOnly, code);
}

function isWebSocketOnly(code: WireErrorCode): code is WebSocketOnly {
	return code === 'voice_changed' || code === 'text_after_final';
}
