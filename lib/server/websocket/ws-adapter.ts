import type {IncomingMessage, Server} from 'node:http';
import type {Duplex} from 'node:stream';
import {WebSocketServer} from 'ws';
import {webSocketPath} from '../../wire/messages.js';
import type {Limits} from '../limits.js';
import {HttpProblem} from '../problem.js';
import {answerWithoutUpgrade} from './other-upgrade.js';
import {refuseUpgrade} from './refuse-upgrade.js';
import type {Admitted} from './sessions.js';
import {connect, WsSocket} from './ws-socket.js';

export interface UpgradeHandlers {
	readonly limits: Limits;
	/** Whether the HTTP server is ours alone: upgrades on other paths are refused then, otherwise left to others. */
	readonly own: boolean;
	/** Whether an answer to an earlier request is on its way on a connection, or owed. */
	isBusy(socket: Duplex): boolean;
	/** Looks at an upgrade on our path. Throws `HttpProblem`. */
	admit(request: IncomingMessage): Admitted;
}

/** Makes sessions of the WebSockets that come to an HTTP server on our path. Gives how to let go. */
export function acceptWebSockets(server: Server, {limits, own, isBusy, admit}: UpgradeHandlers): () => void {
	const sockets = new WebSocketServer({
		noServer: true,
		clientTracking: false,
		// Audio in base64 would only cost time to compress, and each socket some 300 KiB to try.
		perMessageDeflate: false,
		maxPayload: limits.maxMessageBytes,
	});
	const onUpgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
		const isOurs = pathOf(request) === webSocketPath;
		if (!isOurs && !own) return;
		// Pipelined behind a request whose answer is on its way: nothing may be put in between.
		if (isBusy(duplex)) return void duplex.destroy();
		const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
		if (own && !isWebSocket) return answerWithoutUpgrade(server, request, duplex, head);
		if (!isOurs) {
			const explanation = `there is nothing here; WebSockets connect to ${webSocketPath}`;
			refuseUpgrade(duplex, new HttpProblem('not_found', explanation));
			return;
		}
		let admitted: Admitted;
		try {
			admitted = admit(request);
		} catch (error) {
			if (!(error instanceof HttpProblem)) throw error;
			refuseUpgrade(duplex, error);
			return;
		}
		let upgraded = false;
		// Not a proper handshake: `ws` answers it, and nothing came to be.
		duplex.once('close', () => {
			if (!upgraded) admitted.closed(undefined);
		});
		sockets.handleUpgrade(request, duplex, head, ws => {
			upgraded = true;
			const session = admitted.open(new WsSocket(ws, limits.maxUnsentBytes));
			connect(ws, session, limits);
			ws.on('close', code => admitted.closed(code));
		});
	};
	server.on('upgrade', onUpgrade);
	return () => server.off('upgrade', onUpgrade);
}

/** A request's path without its query. */
export function pathOf(request: IncomingMessage): string {
	return (request.url ?? '').split('?')[0] ?? '';
}
