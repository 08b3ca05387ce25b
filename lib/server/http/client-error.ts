import {STATUS_CODES} from 'node:http';
import type {Socket} from 'node:net';
import type {HttpErrorCode} from '../../wire/http-errors.js';
import {HttpProblem, problemBody} from '../problem.js';

const causes: Readonly<Record<string, readonly [HttpErrorCode, string]>> = {
	ERR_HTTP_REQUEST_TIMEOUT: [
		'request_timeout',
		'the request did not come within headersTimeout and requestTimeout',
	],
	HPE_HEADER_OVERFLOW: ['headers_too_large', 'the headers are larger than 16 KiB'],
};

/**
 * Answers what is no HTTP request, and closes the connection. While an answer to another request is on its way there,
 * nothing may be put in between: the connection just ends.
 */
export function answerClientError(error: Error & {code?: string}, socket: Socket, busy: boolean): void {
	if (busy || !socket.writable) {
		socket.destroy(error);
		return;
	}
	const [code, explanation] = causes[error.code ?? ''] ?? ['invalid_message', 'this is no HTTP/1.1 request'];
	const problem = new HttpProblem(code, explanation);
	const body = JSON.stringify(problemBody(problem));
	socket.end(
		`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n` +
			`content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
			`connection: close\r\n\r\n${body}`,
	);
}
