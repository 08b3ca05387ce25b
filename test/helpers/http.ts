import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';
import type {SpeechServerOptions} from '../../lib/server/options.js';
import {httpErrorCodes} from '../../lib/wire/http-errors.js';
import {type Running, running} from './wire-client.js';

export interface HttpServer extends Running {
	/** Where it is: `http://127.0.0.1:PORT`. */
	readonly base: string;
	/** Sends a request of which the body, if it is no string, becomes JSON. */
	ask(path: string, body?: unknown, init?: RequestInit): Promise<Response>;
	/** The answer to a request that is refused: its status and error, whose code is a documented one. */
	refusal(path: string, body?: unknown, init?: RequestInit): Promise<Refused>;
	/** A bare connection, closed after the test. */
	connect(): Promise<Socket>;
}

export interface Refused {
	readonly status: number;
	readonly code: string;
	readonly error: string;
	readonly headers: Headers;
}

/** A server of the tone voice, closed after the test. */
export async function httpServer(
	t: ExecutionContext,
	options: Partial<SpeechServerOptions> = {},
): Promise<HttpServer> {
	const started = await running(t, {voiceId: 'tone', ...options});
	const {host, port} = new URL(started.url);
	const base = `http://${host}`;
	const ask = (path: string, body?: unknown, init: RequestInit = {}) =>
		fetch(base + path, {
			...(body === undefined
				? {}
				: {method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body)}),
			...init,
			headers: {...(body === undefined ? {} : {'content-type': 'application/json'}), ...headersOf(init)},
		});
	return {
		...started,
		base,
		ask,
		refusal: async (...request) => refusedBy(t, await ask(...request)),
		connect: async () => {
			const socket = connect(Number(port), '127.0.0.1');
			t.teardown(() => socket.destroy());
			await once(socket, 'connect');
			return socket;
		},
	};
}

/** What an answer that refuses says. */
export async function refusedBy(t: ExecutionContext, response: Response): Promise<Refused> {
	t.regex(response.headers.get('content-type') ?? '', /^application\/json/);
	const body = (await response.json()) as {error: string}; // Looked at below.
	t.deepEqual(Object.keys(body), ['error']);
	const [, code = ''] = /^([a-z_]+): ./.exec(body.error) ?? [];
	t.true(
		httpErrorCodes.some(known => known === code),
		body.error,
	);
	return {status: response.status, code, error: body.error, headers: response.headers};
}

/** The text of a request, as it travels. */
export function requestText(
	body: string,
	{
		path = '/api/tts',
		version = '1.1',
		headers = {},
	}: {path?: string; version?: string; headers?: Record<string, string>} = {},
): string {
	const all = {
		host: 'localhost',
		'content-type': 'application/json',
		'content-length': String(Buffer.byteLength(body)),
		...headers,
	};
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	return `POST ${path} HTTP/${version}\r\n${lines.join('')}\r\n${body}`;
}

/** Everything that comes on a connection until it ends; `error` is how it was cut, if it was. */
export async function received(
	socket: Socket,
): Promise<{bytes: Buffer; error: NodeJS.ErrnoException | undefined}> {
	const chunks: Buffer[] = [];
	let error: NodeJS.ErrnoException | undefined;
	socket.on('data', (chunk: Buffer) => chunks.push(chunk));
	socket.on('error', cause => {
		error = cause;
	});
	if (!socket.destroyed) await new Promise<void>(resolve => socket.once('close', () => resolve()));
	return {bytes: Buffer.concat(chunks), error};
}

function headersOf({headers}: RequestInit): Record<string, string> {
	return Object.fromEntries(new Headers(headers));
}

const run = promisify(execFile);

/** What ffprobe says of a file: `codec,rate`. */
export async function probe(file: string): Promise<string> {
	const fields = ['-show_entries', 'stream=codec_name,sample_rate', '-of', 'csv=p=0'];
	return (await run('ffprobe', ['-v', 'error', ...fields, file])).stdout.trim();
}
