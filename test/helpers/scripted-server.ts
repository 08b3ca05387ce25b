import {once} from 'node:events';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {ExecutionContext} from 'ava';
import {WebSocket, WebSocketServer} from 'ws';
import {type InputMessage, webSocketPath} from '../../lib/wire/messages.js';

/** One socket of a scripted server. */
export interface ScriptedSocket {
	/** Sends a message, or a string or bytes as they are. */
	send(message: object | string | Buffer): void;
	/** Some audio: so many samples of 1, in one message. */
	chunk(generationId: string, samples: number): void;
	close(code: number, reason?: string): void;
	/** Ends it as a lost network does. */
	terminate(): void;
	/** Counts the sockets from 0 on. */
	readonly index: number;
}

export interface Script {
	/** What it answers to a message. */
	onMessage?: (message: InputMessage & {generationId: string}, socket: ScriptedSocket) => void;
	onSocket?: (socket: ScriptedSocket) => void;
	onClosed?: (socket: ScriptedSocket) => void;
	/** What a refusal says of when to ask again. */
	retryAfter?: string;
	/** HTTP status instead of the upgrade, or undefined to let it in. */
	refuse?: (request: IncomingMessage, index: number) => number | undefined;
}

/** A server that says what its script says, right or wrong. */
export interface ScriptedServer {
	readonly url: string;
	/** What came, in order. */
	readonly messages: Array<InputMessage & {generationId: string}>;
	/** Upgrades asked for. */
	readonly upgrades: IncomingMessage[];
	/** Sockets open now. */
	readonly open: ReadonlySet<WebSocket>;
}

export async function scriptedServer(t: ExecutionContext, script: Script): Promise<ScriptedServer> {
	const http = createServer((_request, response) => response.writeHead(404).end());
	const sockets = new WebSocketServer({noServer: true, perMessageDeflate: false});
	const messages: ScriptedServer['messages'] = [];
	const upgrades: IncomingMessage[] = [];
	http.on('upgrade', (request, duplex, head) => {
		const index = upgrades.push(request) - 1;
		duplex.on('error', () => {}); // A client may be gone before it hears the answer.
		const status = script.refuse?.(request, index);
		const retryAfter = script.retryAfter === undefined ? '' : `retry-after: ${script.retryAfter}\r\n`;
		if (status !== undefined)
			duplex.end(`HTTP/1.1 ${status} No\r\n${retryAfter}content-length: 0\r\nconnection: close\r\n\r\n`);
		else sockets.handleUpgrade(request, duplex, head, socket => serve(socket, index));
	});
	const serve = (socket: WebSocket, index: number) => {
		const scripted: ScriptedSocket = {
			index,
			send: message =>
				socket.send(
					typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message),
				),
			chunk: (generationId, samples) =>
				scripted.send({type: 'chunk', generationId, audio: Buffer.alloc(samples * 2, 1).toString('base64')}),
			close: (code, reason) => socket.close(code, reason),
			terminate: () => socket.terminate(),
		};
		socket.on('error', () => {}); // Clients that end it by force are part of the script.
		socket.on('message', data => {
			// Our client sends nothing else.
			const message = JSON.parse(String(data)) as InputMessage & {generationId: string};
			messages.push(message);
			script.onMessage?.(message, scripted);
		});
		socket.on('close', () => script.onClosed?.(scripted));
		script.onSocket?.(scripted);
	};
	http.listen(0, '127.0.0.1');
	await once(http, 'listening');
	t.teardown(async () => {
		for (const socket of sockets.clients) socket.terminate();
		http.close();
		http.closeAllConnections();
		await once(http, 'close');
	});
	// It listens on a port.
	const {port} = http.address() as AddressInfo;
	return {url: `ws://127.0.0.1:${port}${webSocketPath}`, messages, upgrades, open: sockets.clients};
}

/** Speaks each text as 100 samples a character, without the extension, and finishes with `finalText`. */
export function simpleScript(): NonNullable<Script['onMessage']> {
	return ({generationId, text = '', finalText, cancel}, socket) => {
		if (!cancel && text !== '') socket.chunk(generationId, text.length * 100);
		if (finalText || cancel) socket.send({type: 'finished', generationId});
	};
}

/** A server in front of another that knows nothing of the positions extension, and cuts each socket after so many chunks. */
export async function withoutPositions(
	t: ExecutionContext,
	target: string,
	chunks: () => number = () => Infinity,
): Promise<ScriptedServer> {
	const upstreams = new Map<ScriptedSocket, WebSocket>();
	const server = await scriptedServer(t, {
		onSocket(socket) {
			const upstream = new WebSocket(target);
			upstreams.set(socket, upstream);
			let left = chunks();
			upstream.on('message', data => {
				const text = String(data);
				if (text.includes('"type":"chunk"') && left-- <= 0) {
					socket.terminate();
					upstream.terminate();
				} else socket.send(text);
			});
			upstream.on('error', () => {});
		},
		onClosed: socket => upstreams.get(socket)?.terminate(),
		onMessage({positions: _positions, firstUtterance: _firstUtterance, ...message}, socket) {
			const upstream = upstreams.get(socket);
			const send = () => upstream?.send(JSON.stringify(message), () => {});
			if (upstream?.readyState === WebSocket.CONNECTING) upstream.once('open', send);
			else send();
		},
	});
	return server;
}
