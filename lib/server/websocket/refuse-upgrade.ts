import {STATUS_CODES} from 'node:http';
import type {Duplex} from 'node:stream';
import {type HttpProblem, problemBody} from '../problem.js';

/** Answers an upgrade, which has no response object, and closes the connection. */
export function refuseUpgrade(socket: Duplex, problem: HttpProblem): void {
	const body = JSON.stringify(problemBody(problem));
	const headers = {
		'content-type': 'application/json; charset=utf-8',
		connection: 'close',
		...problem.headers,
		'content-length': Buffer.byteLength(body),
	};
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
	const status = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n`;
	// The peer may be gone already; there is nobody to tell.
	socket.on('error', () => socket.destroy());
	socket.end(`${status}${lines.join('')}\r\n${body}`);
}
