import type {FastifyInstance} from 'fastify';
import type {Access} from '../access.js';
import type {Admission} from '../admission.js';
import type {Limits} from '../limits.js';
import type {ServerLog} from '../log.js';
import type {Metrics} from '../metrics.js';
import {RateLimit} from '../rate-limit.js';
import {allowOrigin} from './cors.js';
import type {OpenRequest, Requests} from './requests.js';
import {securityHeaders} from './security-headers.js';

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

export interface GuardOptions {
	readonly access: Access;
	readonly admission: Admission;
	readonly limits: Limits;
	readonly metrics: Metrics;
	readonly requests: Requests;
	readonly log: ServerLog;
}

/** Everything that holds for every request, in the order in which it is looked at. */
export function guard(
	app: FastifyInstance,
	{access, admission, limits, metrics, requests, log}: GuardOptions,
): void {
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
