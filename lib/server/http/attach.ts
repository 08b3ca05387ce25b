import type {IncomingMessage, RequestListener, Server, ServerResponse} from 'node:http';
import type {App} from './app.js';
import {pathOf} from './paths.js';

/**
 * Answers requests for the app's paths on a server that belongs to others; the rest goes to whoever listened for requests
 * before, as if we were not there. (Two listeners of one request would answer it twice.) Gives how to let go.
 */
export function attach({fastify, owns}: App, server: Server): () => void {
	const theirs = server.listeners('request') as RequestListener[]; // Node's types know no listener's type.
	const pass = (request: IncomingMessage, response: ServerResponse) => {
		for (const listener of theirs) listener.call(server, request, response);
	};
	const answer = (request: IncomingMessage, response: ServerResponse) => {
		if (owns(pathOf(request.url ?? ''))) fastify.routing(request, response);
		else pass(request, response);
	};
	let ready = false;
	// Where it can't start nothing is ours, and the server of others goes on.
	const starting = fastify.ready().then(
		() => {
			ready = true;
			return answer;
		},
		() => pass,
	);
	const onRequest = (request: IncomingMessage, response: ServerResponse) => {
		if (ready) answer(request, response);
		else void starting.then(handle => handle(request, response));
	};
	server.removeAllListeners('request');
	server.on('request', onRequest);
	return () => {
		server.off('request', onRequest);
		for (const listener of theirs) server.on('request', listener);
	};
}
