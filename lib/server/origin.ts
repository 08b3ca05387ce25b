/** Whether a name or address means this machine: `localhost`, 127.0.0.0/8, `::1`. */
export function isLoopback(host: string): boolean {
	const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
	return (
		name === 'localhost' ||
		name.endsWith('.localhost') ||
		name === '::1' ||
		/^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(name)
	);
}

export interface OriginRules {
	/** Whether keys guard the server; without them it is for this machine alone. */
	readonly guarded: boolean;
	/** Origins whose pages may connect; undefined: any, or where no keys guard the server those of this machine. */
	readonly origins: readonly string[] | undefined;
}

/** Where a request comes from, and what it takes us for. */
export interface Whence {
	/** Our end of the connection. */
	readonly localAddress: string;
	/** The client's, as far as proxies are trusted to tell it. */
	readonly address: string;
	readonly host: string | undefined;
	readonly origin: string | undefined;
}

/**
 * Why a request is refused by where it comes from, or undefined. WebSockets ignore CORS, so that any page could talk to a
 * server without keys; and by DNS rebinding it could do so under a name of its own.
 */
export function originProblem(
	{localAddress, address, host, origin}: Whence,
	{guarded, origins}: OriginRules,
): string | undefined {
	if (!guarded && !(isLoopback(localAddress) && isLoopback(address)))
		return 'without API keys this server is for its own machine alone';
	if (!guarded && !isLoopback(hostname(`http://${host ?? ''}`)))
		return 'the Host header must be a name of this machine, such as localhost';
	if (origin === undefined || origins?.includes(origin)) return undefined;
	if (origins === undefined && (guarded || isLoopback(hostname(origin)))) return undefined;
	return 'pages of this Origin may not connect';
}

function hostname(url: string): string {
	return URL.canParse(url) ? new URL(url).hostname : '';
}
