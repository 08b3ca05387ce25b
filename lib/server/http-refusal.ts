import {STATUS_CODES} from 'node:http';
import type {Duplex} from 'node:stream';
import {webSocketPath} from '../wire/messages.js';

/** Why a request is refused before there is a WebSocket. */
export interface Refusal {
	readonly status: 401 | 403 | 404 | 426 | 429 | 503;
	readonly error: string;
	readonly headers?: Readonly<Record<string, string>>;
}

/** On any other path than ours. */
export const nothingHere: Refusal = {
	status: 404,
	error: `There is nothing here; WebSockets connect to ${webSocketPath}.`,
};

/** A refusal's body, as every JSON answer of the server looks. */
export function refusalBody({error}: Refusal): string {
	return JSON.stringify({error});
}

/** Headers of a refusal besides its length. */
export function refusalHeaders({headers}: Refusal): Record<string, string> {
	return {'content-type': 'application/json', connection: 'close', ...headers};
}

/** Answers an upgrade, which has no response object, and closes the connection. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
	const body = refusalBody(refusal);
	const headers = Object.entries({...refusalHeaders(refusal), 'content-length': Buffer.byteLength(body)});
	const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	const status = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n`;
	// The peer may be gone already; there is nobody to tell.
	socket.on('error', () => socket.destroy());
	socket.end(`${status}${lines}\r\n${body}`);
}
