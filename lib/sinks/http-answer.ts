import {SpeechError} from '../errors.js';
import {formatProblem, internalProblem, problemOf} from '../wire/error-codes.js';
import {wireErrorStatus} from '../wire/http-errors.js';

/** A response without a stream. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/**
 * Headers of speech that is made while it is sent: nothing on the way may keep it, change it (RFC 9111: `no-store`,
 * `no-transform`) or hold it back (nginx: `X-Accel-Buffering`).
 */
export function streamHeaders(contentType: string): Record<string, string> {
	return {'content-type': contentType, 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no'};
}

/**
 * What a failure before the first byte is answered with, as our own server does: JSON `{error: 'code: explanation'}`. What only
 * the server's people may know (paths, packages, what a text's own source threw) is not told.
 */
export function failureAnswer(error: unknown): Answer {
	const problem = error instanceof SpeechError ? problemOf(error) : internalProblem;
	const status = wireErrorStatus(problem.code);
	return {
		status,
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'cache-control': 'no-store',
			...(status === 503 && {'retry-after': '5'}),
		},
		body: JSON.stringify({error: formatProblem(problem)}),
	};
}
