import type {IncomingMessage, Server} from 'node:http';
import type {Duplex} from 'node:stream';

/**
 * Answers a request that would rather go on in a protocol that we don't speak, as if it had not asked (RFC 9110, 7.8): clients offer
 * `h2c` to any server by habit (Java's HttpClient, `curl --http2`). Node gave the connection up to whoever upgrades: it is
 * given back, with the request as it was but for the offer.
 */
export function answerWithoutUpgrade(
	server: Server,
	request: IncomingMessage,
	socket: Duplex,
	head: Buffer,
): void {
	const {method, url, httpVersion, rawHeaders} = request;
	const lines = [`${method} ${url} HTTP/${httpVersion}`];
	for (let at = 0; at < rawHeaders.length; at += 2) {
		const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
		const kept = name.toLowerCase() === 'connection' ? withoutUpgrade(value) : value;
		if (name.toLowerCase() !== 'upgrade' && kept !== '') lines.push(`${name}: ${kept}`);
	}
	socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
	server.emit('connection', socket);
}

function withoutUpgrade(connection: string): string {
	const options = connection.split(',').map(option => option.trim());
	return options.filter(option => !/^(?:upgrade|http2-settings)$/i.test(option)).join(', ');
}
