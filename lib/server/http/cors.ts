import type {FastifyReply} from 'fastify';

/** What pages may read of an answer besides its body. */
const exposed = 'Retry-After, Server-Timing, X-Request-Id';
/** Any; but this one must be named (Fetch standard). OpenAI's client sends a dozen of its own. */
const allowedHeaders = 'Authorization, *';
/** A day; browsers cut it to less. */
const maxAge = '86400';

/** Lets a page read the answer (Fetch standard, CORS protocol). Its origin was checked before: the same rule as for WebSockets. */
export function allowOrigin(reply: FastifyReply, origin: string | undefined): void {
	reply.header('vary', 'Origin');
	if (origin === undefined) return;
	reply.headers({'access-control-allow-origin': origin, 'access-control-expose-headers': exposed});
}

/** Answers OPTIONS: what the path takes and, to a page that asks before it sends (preflight), that it may. */
export function answerOptions(reply: FastifyReply, methods: readonly string[], preflight: boolean): unknown {
	const allow = [...methods, 'OPTIONS'].join(', ');
	reply.code(204).header('allow', allow);
	if (preflight) {
		reply.headers({
			'access-control-allow-methods': allow,
			'access-control-allow-headers': allowedHeaders,
			'access-control-max-age': maxAge,
		});
	}
	return reply.send();
}
