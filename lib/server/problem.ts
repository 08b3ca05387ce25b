import type {SpeechError} from '../errors.js';
import {problemOf} from '../wire/error-codes.js';
import {type HttpErrorCode, httpError} from '../wire/http-errors.js';

export interface ProblemOptions {
	/** Of the answer, besides what every answer has. */
	readonly headers?: Readonly<Record<string, string>> | undefined;
	/** The field that is wrong, as a path: `format.sampleRate`. */
	readonly field?: string | undefined;
	readonly cause?: unknown;
}

/** Why an HTTP request is refused: thrown by whoever finds out, turned into an answer in one place. */
export class HttpProblem extends Error {
	override readonly name = 'HttpProblem';
	readonly code: HttpErrorCode;
	readonly status: number;
	/** What was wrong and what to do, for people. */
	readonly explanation: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly field: string | undefined;

	constructor(code: HttpErrorCode, explanation: string, {headers = {}, field, cause}: ProblemOptions = {}) {
		super(`${code}: ${explanation}`, {cause});
		this.code = code;
		this.status = httpError(code).status;
		this.explanation = explanation;
		// What is refused for now says when to come again.
		this.headers = this.status === 503 || this.status === 429 ? {'retry-after': '5', ...headers} : headers;
		this.field = field;
	}
}

/** What an HTTP client is told of a `SpeechError`. */
export function httpProblemOf(error: SpeechError): HttpProblem {
	if (error.code === 'FFMPEG_MISSING') {
		const explanation = 'this server has no ffmpeg: ask for WAV_PCM16, RAW_PCM16 or MULAW';
		return new HttpProblem('format_unavailable', explanation, {cause: error});
	}
	const {code, explanation} = problemOf(error);
	// These two come from conversations alone.
	const known = code === 'voice_changed' || code === 'text_after_final' ? 'invalid_message' : code;
	return new HttpProblem(known, explanation, {cause: error});
}

/** The body of an answer that refuses, as every JSON answer but OpenAI's looks: `{"error": "code: explanation"}`. */
export function problemBody({code, explanation}: HttpProblem): {error: string} {
	return {error: `${code}: ${explanation}`};
}
