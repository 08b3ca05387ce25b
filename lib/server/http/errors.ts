import type {FastifyInstance, FastifyReply, FastifyRequest} from 'fastify';
import {isAbort, SpeechError} from '../../errors.js';
import type {HttpErrorCode} from '../../wire/http-errors.js';
import {HttpProblem, httpProblemOf} from '../problem.js';
import {pathOf} from './paths.js';

/** How a group of routes tells its clients what is wrong: the body of the answer, as JSON. */
export type ErrorShape = (problem: HttpProblem) => object;

export interface ErrorsOptions {
	readonly shape: ErrorShape;
	/** Is told of every answer that refuses, and of what nobody had foreseen. */
	readonly failed: (request: FastifyRequest, problem: HttpProblem) => void;
	/** The methods that a path takes; empty where there is no such path. */
	readonly methodsOf: (path: string) => readonly string[];
}

/** Makes the routes of this instance, and what is not found below its prefix, answer errors in one shape. */
export function answerErrors(app: FastifyInstance, {shape, failed, methodsOf}: ErrorsOptions): void {
	const answer = (request: FastifyRequest, reply: FastifyReply, problem: HttpProblem) => {
		if (request.openRequest?.signal.aborted) {
			// Nobody is there to read it, or the server stops.
			reply.hijack().raw.destroy();
			return reply;
		}
		failed(request, problem);
		// What the client still sends is read and dropped, within `requestTimeout`: a connection that is cut while it
		// sends loses the answer.
		reply.removeHeader('connection');
		return reply.code(problem.status).headers(problem.headers).send(shape(problem));
	};
	app.setErrorHandler((error, request, reply) => answer(request, reply, toHttpProblem(error)));
	app.setNotFoundHandler((request, reply) => {
		const path = pathOf(request.url);
		const methods = methodsOf(path);
		if (methods.length === 0)
			return answer(
				request,
				reply,
				new HttpProblem('not_found', 'there is nothing at this path; GET /openapi.json tells what there is'),
			);
		const explanation = `this path takes ${methods.join(', ')}, not ${request.method}`;
		const headers = {allow: methods.join(', ')};
		return answer(request, reply, new HttpProblem('method_not_allowed', explanation, {headers}));
	});
}

/** Fastify's own errors that a client can do something about. */
const fastifyErrors: Readonly<Record<string, readonly [HttpErrorCode, string]>> = {
	FST_ERR_CTP_BODY_TOO_LARGE: ['body_too_large', 'the body is larger than maxBodyBytes: send less'],
	FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media_type_unknown', 'send the body with Content-Type: application/json'],
	FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid_message', 'the body is not as long as Content-Length says'],
	FST_ERR_ROUTE_MISSING_CONTENT_TYPE: [
		'media_type_unknown',
		'send the body with Content-Type: application/json',
	],
	FST_ERR_BAD_URL: ['invalid_message', 'the path is not well encoded'],
	FST_ERR_MAX_PARAM_LENGTH: ['not_found', 'a part of the path is longer than any that there is'],
};

/** Whatever a route threw, as what its client is told. */
export function toHttpProblem(error: unknown): HttpProblem {
	if (error instanceof HttpProblem) return error;
	if (error instanceof SpeechError) return httpProblemOf(error);
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const known = fastifyErrors[code];
	if (known) return new HttpProblem(...known);
	// The connection ended before the body did.
	if (code === 'ECONNRESET' || isAbort(error))
		return new HttpProblem('invalid_message', 'the request was cut off');
	return new HttpProblem('internal', 'the server failed: its log tells why', {cause: error});
}
