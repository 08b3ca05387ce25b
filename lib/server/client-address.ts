import type {IncomingMessage} from 'node:http';
import {isIP} from 'node:net';

/**
 * The address that a request comes from. `proxies` stand in front of the server, each of which appends to `X-Forwarded-For`
 * whom it heard from: so many entries from its end are believed, and no more, since clients may send the header themselves.
 */
export function clientAddress(request: IncomingMessage, proxies: number): string {
	const forwarded = request.headersDistinct['x-forwarded-for']?.join(',').split(',') ?? [];
	const believed = forwarded.reverse().slice(0, proxies).map(withoutPort);
	// What stands before an entry that is no address was not written by a proxy of ours.
	const broken = believed.findIndex(address => isIP(address) === 0);
	const whole = broken < 0 ? believed : believed.slice(0, broken);
	return whole.at(-1) ?? request.socket.remoteAddress ?? '';
}

/** Some proxies append `1.2.3.4:5678` or `[::1]:5678`. */
function withoutPort(entry: string): string {
	const text = entry.trim();
	return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}
