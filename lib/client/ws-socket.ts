import WebSocket from 'ws';

/** How a socket ended. */
export interface SocketEnd {
	/** The close frame's, 1006 if there was none. */
	readonly code: number;
	readonly reason: string;
	/** HTTP status of a server that refused the upgrade. */
	readonly status?: number | undefined;
	/** What it says of when to ask again: the header Retry-After. */
	readonly retryAfter?: string | undefined;
	readonly error?: (Error & {readonly code?: string}) | undefined;
}

/** What a socket tells. Nothing follows `ended`, which comes exactly once. */
export interface SocketEvents {
	opened(): void;
	/** A text frame, or undefined for a binary one. */
	message(text: string | undefined): void;
	/** The peer answered a ping. */
	pong(): void;
	ended(end: SocketEnd): void;
}

/** A WebSocket, as far as this client needs to know. */
export interface Socket {
	/** After the end it does nothing. */
	send(text: string): void;
	ping(): void;
	/** Ends in good order: the peer has 2 s to answer. */
	close(code: number, reason: string): void;
	/** Ends at once. */
	destroy(): void;
	/** Whether the open socket keeps the process alive; it does at first. */
	holdProcess(hold: boolean): void;
}

export interface SocketOptions {
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	/** ms from the first packet to the open socket. */
	readonly connectTimeout: number;
}

/** Largest message taken, in bytes: chunks are 44 KiB at most, this leaves room for servers that send more at once. */
const maxPayload = 4 * 1024 * 1024;

export function openSocket({url, headers, connectTimeout}: SocketOptions, events: SocketEvents): Socket {
	// `closeTimeout` is missing in the types of ws: so this is no literal at the call.
	const options = {
		headers: {...headers},
		handshakeTimeout: connectTimeout,
		maxPayload,
		perMessageDeflate: false,
		closeTimeout: 2000,
	};
	const socket = new WebSocket(url, options);
	let status: number | undefined;
	let retryAfter: string | undefined;
	let error: Error | undefined;
	let holdProcess = (_hold: boolean) => {};
	socket.on('upgrade', ({socket: connection}) => {
		holdProcess = hold => (hold ? connection.ref() : connection.unref());
	});
	socket.on('open', () => events.opened());
	socket.on('message', (data, isBinary) => events.message(isBinary ? undefined : String(data)));
	socket.on('pong', () => events.pong());
	socket.on('unexpected-response', (_request, response) => {
		status = response.statusCode;
		retryAfter = response.headers['retry-after'];
		response.resume();
		socket.terminate();
	});
	socket.on('error', failure => {
		error ??= failure;
	});
	socket.on('close', (code, reason) =>
		events.ended({code, reason: String(reason), status, retryAfter, error}),
	);
	return {
		send(text) {
			if (socket.readyState === WebSocket.OPEN) socket.send(text);
		},
		ping() {
			if (socket.readyState === WebSocket.OPEN) socket.ping();
		},
		close: (code, reason) => socket.close(code, reason),
		destroy: () => socket.terminate(),
		holdProcess: hold => holdProcess(hold),
	};
}
