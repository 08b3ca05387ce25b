import {randomUUID} from 'node:crypto';
import {createServer, type IncomingMessage, type Server} from 'node:http';
import fastifySwagger from '@fastify/swagger';
import {type FastifyInstance, type FastifyReply, type FastifyRequest, fastify} from 'fastify';
import type {Access} from '../access.js';
import type {Admission} from '../admission.js';
import type {Limits} from '../limits.js';
import type {ServerLog} from '../log.js';
import type {Metrics} from '../metrics.js';
import {type HttpProblem, problemBody} from '../problem.js';
import {RateLimit} from '../rate-limit.js';
import {answerClientError} from './client-error.js';
import {allowOrigin, answerOptions} from './cors.js';
import {answerErrors, type ErrorShape, toHttpProblem} from './errors.js';
import {takeJsonAlone} from './json-body.js';
import {openapi} from './openapi.js';
import {Paths, pathOf} from './paths.js';
import type {OpenRequest, Requests} from './requests.js';
import {securityHeaders} from './security-headers.js';
import {validatorCompiler} from './validation.js';

declare module 'fastify' {
	interface FastifyContextConfig {
		/** Needs no key, and is answered while the server drains. */
		open?: boolean;
	}
	interface FastifyRequest {
		/** The name of the key that it came with. */
		key: string;
		/** Its place among all that are being answered. */
		openRequest: OpenRequest | undefined;
	}
}

export interface AppOptions {
	readonly access: Access;
	readonly admission: Admission;
	readonly limits: Limits;
	readonly metrics: Metrics;
	readonly requests: Requests;
	readonly log: ServerLog;
}

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
export function createApp(options: AppOptions, groups: readonly RouteGroup[]): App {
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

/** Everything that holds for every request, in the order in which it is looked at. */
function guard(app: FastifyInstance, {access, admission, limits, metrics, requests, log}: AppOptions): void {
	const rate = new RateLimit(limits.maxRequestsPerMinute);
	app.decorateRequest('key', '');
	app.decorateRequest('openRequest', undefined);
	app.addHook('onRequest', async (request, reply) => {
		request.openRequest = requests.begin({request: request.raw, response: reply.raw});
		reply.headers(securityHeaders).header('x-request-id', request.id);
		access.checkOrigin(request.raw);
		allowOrigin(reply, request.headers.origin);
		if (request.is404 || request.routeOptions.config.open) return;
		request.key = access.keyOf(request.raw);
		admission.checkDraining();
		rate.take(request.key);
	});
	app.addHook('onResponse', async (request, reply) => {
		request.openRequest?.end();
		const {method, id, key} = request;
		const {statusCode: status, elapsedTime} = reply;
		const {url: route = 'none', config} = request.routeOptions;
		metrics.request({method, route, status, seconds: elapsedTime / 1000});
		// Asked every few seconds: that all is well is no news.
		if (config.open && status < 300) return;
		const address = access.addressOf(request.raw);
		const ms = Math.round(elapsedTime);
		log.info({request: id, method, route, status, ms, key: key || undefined, address}, 'request');
	});
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
