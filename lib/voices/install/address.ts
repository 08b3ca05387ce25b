import {WebFailure} from './web-failure.js';

/** An address as it may be printed: without a password, or the signature of a redirect. */
export function shown(address: string | URL): string {
	try {
		const {origin, pathname} = new URL(address);
		return `${origin}${decodeURI(pathname)}`;
	} catch {
		return String(address);
	}
}

/** Throws `WebFailure` for what is no address of the web. */
export function parseAddress(address: string): URL {
	try {
		const url = new URL(address);
		if (url.protocol === 'http:' || url.protocol === 'https:') return url;
	} catch {
		// The same error.
	}
	throw new WebFailure(`${shown(address)} is no address of the web: http:// or https://.`);
}

/** Takes a password out of an address, and gives the headers that it is sent in. */
export function credentials(url: URL): Readonly<Record<string, string>> {
	const {username, password} = url;
	if (username === '' && password === '') return {};
	url.username = '';
	url.password = '';
	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return {authorization: `Basic ${Buffer.from(pair).toString('base64')}`};
}

/** Throws `WebFailure` where a redirect must not be followed. */
export function redirected(from: URL, location: string): URL {
	const to = parseAddress(new URL(location, from).href);
	if (from.protocol === 'https:' && to.protocol === 'http:')
		throw new WebFailure(`${shown(from)} redirects from https to http, to ${shown(to)}.`);
	return to;
}
