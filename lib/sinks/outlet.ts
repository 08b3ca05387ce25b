import type {ServerResponse} from 'node:http';
import type {Http2ServerResponse} from 'node:http2';
import type {Socket} from 'node:net';
import {finished, type Readable} from '../streams.js';
import type {Answer} from './http-answer.js';

/** A response of node:http, of node:http2's compatibility API, or of Express. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** As much of Fastify's reply as is needed. It sends the stream itself, so that hooks and plugins see it. */
export interface ReplyLike {
	/** The response underneath. */
	readonly raw: NodeResponse;
	/** What is answered: a HEAD gets headers alone. */
	readonly request: {readonly method: string};
	/** Whether a header is set already: such ones stay. */
	hasHeader(name: string): boolean;
	/** Sets a header. */
	header(name: string, value: string): unknown;
	/** Sets the status. */
	code(status: number): unknown;
	/** Sends a text or a stream. */
	send(payload?: string | Readable): unknown;
}

/** A response of some framework that is to be answered. */
export interface Outlet {
	/** What goes out in the end. */
	readonly raw: NodeResponse;
	readonly method: string | undefined;
	/** Sets a header, unless it has been set. */
	header(name: string, value: string): void;
	answer(answer: Answer): void;
	/** Begins to send; whoever reads goes away destroys the stream, and the stream's error the response. */
	send(stream: Readable): void;
}

export function outletOf(response: NodeResponse | ReplyLike): Outlet {
	return 'raw' in response ? replyOutlet(response) : responseOutlet(response);
}

function responseOutlet(response: NodeResponse): Outlet {
	const header = (name: string, value: string) => {
		if (!response.hasHeader(name)) response.setHeader(name, value);
	};
	return {
		raw: response,
		method: response.req.method,
		header,
		answer({status, headers, body}) {
			response.statusCode = status;
			for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
			response.end(body);
		},
		send: stream => void stream.pipe(response),
	};
}

function replyOutlet(reply: ReplyLike): Outlet {
	return {
		raw: reply.raw,
		method: reply.request.method,
		header(name, value) {
			if (!reply.hasHeader(name)) reply.header(name, value);
		},
		answer({status, headers, body}) {
			reply.code(status);
			for (const [name, value] of Object.entries(headers)) reply.header(name, value);
			reply.send(body);
		},
		send: stream => void reply.send(stream),
	};
}

/** Resolves when nothing more goes out, whoever ended it. */
export function over(raw: NodeResponse): Promise<void> {
	return new Promise(resolve => finished(raw, () => resolve()));
}

/** RFC 9113, 7. */
const http2InternalError = 2;

/** Breaks a response off, so that its reader can tell. */
export function cut(raw: NodeResponse): void {
	if ('stream' in raw) {
		raw.stream.close(http2InternalError);
		return;
	}
	// Without chunks (HTTP/1.0, as nginx speaks to a backend by default) an orderly end would look like the whole.
	if (!raw.chunkedEncoding) reset(raw.socket);
	raw.destroy();
}

/**
 * Has a connection end with a reset (RST). Node's `resetAndDestroy` says a proper goodbye (FIN) before it, which may be taken for
 * the end of the body; this is what it marks the socket with, and nothing more. TLS has no such thing: it is only cut.
 */
export function reset(socket: Socket | null): void {
	if (socket && !('encrypted' in socket)) Object.assign(socket, {resetAndClosing: true});
	socket?.destroy();
}
