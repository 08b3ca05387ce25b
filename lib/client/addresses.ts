import {SpeechError} from '../errors.js';
import {webSocketPath} from '../wire/messages.js';

const schemes: Record<string, string> = {'ws:': 'ws:', 'wss:': 'wss:', 'http:': 'ws:', 'https:': 'wss:'};

/** A server's address as a WebSocket URL: without a path the protocol's own is meant. Throws OPTION_INVALID. */
export function webSocketUrl(address: string | URL): URL {
	const url = URL.canParse(String(address)) ? new URL(address) : undefined;
	const protocol = url && schemes[url.protocol];
	if (!url || !protocol) {
		throw new SpeechError(
			'OPTION_INVALID',
			`url is ${JSON.stringify(String(address))}; it must be like wss://host or ws://127.0.0.1:8080.`,
		);
	}
	url.protocol = protocol;
	url.hash = '';
	if (url.pathname === '/') url.pathname = webSocketPath;
	return url;
}

/** An HTTP route on the host of a socket. */
export function routeUrl(socket: URL, path: string): URL {
	const url = new URL(path, socket);
	url.protocol = socket.protocol === 'wss:' ? 'https:' : 'http:';
	return url;
}

/** Throws OPTION_INVALID for a key that no header can carry. */
export function authorization(apiKey: string | undefined): Record<string, string> {
	if (apiKey === undefined) return {};
	if (typeof apiKey !== 'string' || !/^[!-~]+$/.test(apiKey))
		throw new SpeechError('OPTION_INVALID', 'apiKey must be visible ASCII characters without spaces.');
	return {authorization: `Bearer ${apiKey}`};
}
