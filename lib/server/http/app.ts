import {randomUUID} from 'node:crypto';
import {createServer, type IncomingMessage, type Server} from 'node:http';
import fastifySwagger from '@fastify/swagger';
import {type FastifyInstance, type FastifyReply, type FastifyRequest, fastify} from 'fastify';
import type {Limits} from '../limits.js';
import {type HttpProblem, problemBody} from '../problem.js';
import {answerClientError} from './client-error.js';
import {answerOptions} from './cors.js';
import {answerErrors, type ErrorShape, toHttpProblem} from './errors.js';
import {type GuardOptions, guard} from './guard.js';
import {takeJsonAlone} from './json-body.js';
import {openapi} from './openapi.js';
import {Paths, pathOf} from './paths.js';
import {securityHeaders} from './security-headers.js';
import {validatorCompiler} from './validation.js';

/** Routes that belong together: what they are, and how they tell what is wrong. */
export interface RouteGroup {
	/** All of their paths begin so. */
	readonly prefix: string;
	/** `problemBody` by default: `{"error": "code: explanation"}`. A group with a shape has its prefix alone: what is not found there is told so, too. */
	readonly shape?: ErrorShape;
	/** Adds the routes; their paths without the prefix. */
	routes(app: FastifyInstance): void;
}

/** The HTTP side of a server. */
export interface App {
	readonly fastify: FastifyInstance;
	/** Whether a path is one of its; to be asked once `fastify` is ready. */
	owns(path: string): boolean;
}

/**
 * The HTTP side of a server, without what it serves: who may ask, how often, how errors look, what is logged and counted. Its
 * `server` is a server of its own that does not listen yet; `routing` answers requests of any other.
 */
export function createApp(options: GuardOptions, groups: readonly RouteGroup[]): App {
	const {limits, metrics, log, requests} = options;
	const app = fastify({
		serverFactory: handler => ownServer(limits).on('request', handler),
		bodyLimit: limits.maxBodyBytes,
		genReqId: requestId,
		exposeHeadRoutes: true,
		// Not Fastify's own: it would log URLs with their queries.
		logger: false,
		frameworkErrors: (error, {url}, reply: FastifyReply) => {
			const problem = toHttpProblem(error);
			const {shape = problemBody} =
				groups.find(({prefix}) => prefix !== '' && url.startsWith(`${prefix}/`)) ?? {};
			void reply.code(problem.status).headers(securityHeaders).send(shape(problem));
		},
		clientErrorHandler: (error, socket) => answerClientError(error, socket, requests.isBusy(socket)),
	});
	app.setValidatorCompiler(validatorCompiler);
	app.setSerializerCompiler(() => data => JSON.stringify(data));
	takeJsonAlone(app);
	const paths = new Paths(app);
	const methodsOf = (path: string) => paths.methodsOf(path);
	guard(app, options);

	const failed = (request: FastifyRequest, problem: HttpProblem) => {
		metrics.failed('http', problem.code);
		// Refusing for now (503) is no failure of ours; what else has a cause is.
		if (problem.status < 500 || problem.status === 503 || problem.cause === undefined) return;
		log.error({request: request.id, err: problem.cause}, 'a request failed');
	};
	answerErrors(app, {shape: problemBody, failed, methodsOf});
	void app.register(fastifySwagger, openapi);
	for (const {prefix, shape, routes} of groups) {
		void app.register(
			async group => {
				if (shape) answerErrors(group, {shape, failed, methodsOf});
				routes(group);
			},
			{prefix},
		);
	}
	void app.register(async root => {
		root.options('*', {config: {open: true}, schema: {hide: true}}, (request, reply) => {
			const methods = methodsOf(pathOf(request.url));
			if (methods.length === 0) return reply.callNotFound();
			return answerOptions(reply, methods, request.headers['access-control-request-method'] !== undefined);
		});
	});
	return {fastify: app, owns: path => methodsOf(path).length > 0};
}

/** What the client calls its request, if that can do no harm in a log; otherwise a name of ours. */
function requestId({headers}: IncomingMessage): string {
	const given = headers['x-request-id'];
	return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}

/** Longer than the 60 s for which proxies keep connections: who closes last answers no request of a closed one. */
const keepAliveTimeout = 75_000;

function ownServer({headersTimeout, requestTimeout}: Limits): Server {
	return createServer({
		headersTimeout: Math.min(headersTimeout, requestTimeout),
		requestTimeout,
		connectionsCheckingInterval: Math.ceil(Math.min(headersTimeout, requestTimeout) / 4),
		keepAliveTimeout,
	});
}
