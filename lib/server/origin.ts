import type {IncomingMessage} from 'node:http';

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

/**
 * Why a request is refused by where it comes from, or undefined. WebSockets ignore CORS, so that any page could talk to a
 * server without keys; and by DNS rebinding it could do so under a name of its own.
 */
export function originProblem(request: IncomingMessage, {guarded, origins}: OriginRules): string | undefined {
	if (!guarded && !isLoopback(request.socket.localAddress ?? ''))
		return 'Without API keys this server is for its own machine alone.';
	if (!guarded && !isLoopback(hostname(`http://${request.headers.host ?? ''}`)))
		return 'The Host header must be a name of this machine, such as localhost.';
	const {origin} = request.headers;
	if (origin === undefined || origins?.includes(origin)) return undefined;
	if (origins === undefined && (guarded || isLoopback(hostname(origin)))) return undefined;
	return 'Pages of this Origin may not connect.';
}

function hostname(url: string): string {
	return URL.canParse(url) ? new URL(url).hostname : '';
}
