import {once} from 'node:events';
import http, {type Agent, type ClientRequest, type IncomingMessage} from 'node:http';
import https from 'node:https';
import {HttpProxyAgent} from 'http-proxy-agent';
import {HttpsProxyAgent} from 'https-proxy-agent';
import {getProxyForUrl} from 'proxy-from-env';
import {SpeechError} from '../../errors.js';

type Headers = Readonly<Record<string, string>>;

/** ms without a byte after which a server is given up. */
export const usualStall = 30_000;

/** As curl and browsers have it, or fewer. */
const maxRedirects = 10;

/** A server did not give what it was asked for. */
export class WebFailure extends Error {
	/** Whether the same question may be answered better a little later. */
	readonly transient: boolean;
	/** Whether the server says that it has no such thing. */
	readonly missing: boolean;

	constructor(
		message: string,
		{
			transient = false,
			missing = false,
			cause,
		}: {transient?: boolean; missing?: boolean; cause?: unknown} = {},
	) {
		super(message, {cause});
		this.transient = transient;
		this.missing = missing;
	}
}

export interface Answer {
	/** 200, or 206 for the part that was asked for; 416 where there is no such part. */
	readonly status: number;
	readonly header: (name: string) => string | undefined;
	/** Its bytes, once; throws `WebFailure`, and the signal's reason. */
	readonly bytes: () => AsyncGenerator<Buffer, void, undefined>;
	/** Nobody wants its bytes, or more of them. */
	readonly drop: () => void;
}

/**
 * Asks servers for files, through the proxies of `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`. Follows redirects, but never
 * from https to http. With `SPEECHPIPE_OFFLINE` it asks nobody.
 */
export class Web {
	readonly #stallTimeout: number;
	/** By proxy, or '' and the protocol. */
	readonly #agents = new Map<string, Agent>();

	/** `stallTimeout`: ms without a byte after which a server is given up. */
	constructor(stallTimeout = usualStall) {
		this.#stallTimeout = stallTimeout;
	}

	/** Opens a file. Throws `WebFailure`, `SpeechError` OFFLINE, and the signal's reason. */
	async get(address: string, headers: Headers, signal: AbortSignal | undefined): Promise<Answer> {
		if (isOffline()) {
			throw new SpeechError(
				'OFFLINE',
				`SPEECHPIPE_OFFLINE is set, so ${shown(address)} was not asked for: unset it, or add the voice from a folder.`,
			);
		}
		let url = parse(address);
		const authorization = credentials(url);
		const {origin} = url;
		for (let redirects = 0; redirects <= maxRedirects; redirects++) {
			const answer = await this.#ask(
				url,
				{...headers, ...(url.origin === origin ? authorization : {})},
				signal,
			);
			const location = answer.status >= 300 && answer.status < 400 ? answer.header('location') : undefined;
			if (location === undefined) return checked(url, answer);
			answer.drop();
			url = redirected(url, location);
		}
		throw new WebFailure(`${shown(address)} redirects more than ${maxRedirects} times.`);
	}

	async #ask(url: URL, headers: Headers, signal: AbortSignal | undefined): Promise<Answer> {
		signal?.throwIfAborted();
		const options = {
			agent: this.#agentFor(url),
			// The bytes as they are published: sizes, ranges and hashes are theirs.
			headers: {'accept-encoding': 'identity', 'user-agent': 'speechpipe', ...headers},
			...(signal && {signal}),
		};
		const request = (url.protocol === 'https:' ? https : http).get(url, options);
		const silence = watch(this.#stallTimeout, request);
		try {
			const [response] = (await once(request, 'response')) as [IncomingMessage]; // What http's documentation says.
			// Whoever reads hears of it; nobody else needs to.
			for (const one of [request, response]) one.on('error', () => {});
			return toAnswer(url, response, silence, signal);
		} catch (cause) {
			silence.end();
			signal?.throwIfAborted();
			throw new WebFailure(`${shown(url)} could not be reached: ${reasonOf(cause)}.`, {
				transient: true,
				cause,
			});
		}
	}

	#agentFor(url: URL): Agent {
		const proxy = getProxyForUrl(url.href);
		const key = `${proxy} ${url.protocol}`;
		const agent = this.#agents.get(key) ?? createAgent(url.protocol === 'https:', proxy);
		this.#agents.set(key, agent);
		return agent;
	}

	/** Lets go of all connections. */
	close(): void {
		for (const agent of this.#agents.values()) agent.destroy();
	}
}

function createAgent(isSecure: boolean, proxy: string): Agent {
	const options = {keepAlive: true};
	if (proxy === '') return isSecure ? new https.Agent(options) : new http.Agent(options);
	return isSecure ? new HttpsProxyAgent(proxy, options) : new HttpProxyAgent(proxy, options);
}

interface Silence {
	/** Something came. */
	broken(): void;
	/** Nothing is expected. */
	pause(): void;
	end(): void;
}

/** Ends a request that brings nothing for so many ms. */
function watch(ms: number, request: ClientRequest): Silence {
	const giveUp = () => request.destroy(new Error(`it sent nothing for ${ms / 1000} s`));
	let timer = setTimeout(giveUp, ms);
	const pause = () => clearTimeout(timer);
	return {
		broken() {
			pause();
			timer = setTimeout(giveUp, ms);
		},
		pause,
		end: pause,
	};
}

function toAnswer(
	url: URL,
	response: IncomingMessage,
	silence: Silence,
	signal: AbortSignal | undefined,
): Answer {
	return {
		status: response.statusCode ?? 0,
		header: name => {
			const value = response.headers[name];
			return Array.isArray(value) ? value[0] : value;
		},
		async *bytes() {
			let received = 0;
			try {
				silence.broken();
				for await (const chunk of response as AsyncIterable<Buffer>) {
					// Whoever takes the bytes may take the time that it needs.
					silence.pause();
					received += chunk.length;
					yield chunk;
					silence.broken();
				}
			} catch (cause) {
				signal?.throwIfAborted();
				const why = `broke off after ${received} bytes: ${reasonOf(cause)}`;
				throw new WebFailure(`${shown(url)} ${why}.`, {transient: true, cause});
			} finally {
				silence.end();
			}
		},
		drop() {
			silence.end();
			response.destroy();
		},
	};
}

/** Whether the environment forbids the network. */
export function isOffline(environment: NodeJS.ProcessEnv = process.env): boolean {
	return !['', '0', 'false', undefined].includes(environment['SPEECHPIPE_OFFLINE']);
}

/** An address as it may be printed: without a password, or the signature of a redirect. */
export function shown(address: string | URL): string {
	try {
		const {origin, pathname} = new URL(address);
		return `${origin}${decodeURI(pathname)}`;
	} catch {
		return String(address);
	}
}

/** What went wrong on the way, in words. */
export function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	// Several addresses were tried: the first tells as much as all.
	if (error instanceof AggregateError) return reasonOf(error.errors[0]);
	// Node.js calls both so: before the headers, and in the body.
	if (error.message === 'socket hang up' || error.message === 'aborted') return 'it closed the connection';
	return error.message;
}

function parse(address: string): URL {
	try {
		const url = new URL(address);
		if (url.protocol === 'http:' || url.protocol === 'https:') return url;
	} catch {
		// The same error.
	}
	throw new WebFailure(`${shown(address)} is no address of the web: http:// or https://.`);
}

function credentials(url: URL): Headers {
	const {username, password} = url;
	if (username === '' && password === '') return {};
	url.username = '';
	url.password = '';
	const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
	return {authorization: `Basic ${Buffer.from(pair).toString('base64')}`};
}

function redirected(from: URL, location: string): URL {
	const to = parse(new URL(location, from).href);
	if (from.protocol === 'https:' && to.protocol === 'http:')
		throw new WebFailure(`${shown(from)} redirects from https to http, to ${shown(to)}.`);
	return to;
}

/** Throws `WebFailure` for an answer that holds no file. */
function checked(url: URL, answer: Answer): Answer {
	const {status, header} = answer;
	const isHtml = /^(?:text\/html|application\/xhtml)/i.test(header('content-type') ?? '');
	if ((status === 200 && !isHtml) || status === 206 || status === 416) return answer;
	answer.drop();
	if (status === 200) {
		throw new WebFailure(
			`${shown(url)} gave a web page (HTML), not a file: is it the right address, or does a login stand in between?`,
		);
	}
	const missing = status === 404 || status === 410;
	const transient = status >= 500 || status === 429 || status === 408;
	const what = missing ? 'is not there' : 'was refused';
	throw new WebFailure(`${shown(url)} ${transient ? 'failed' : what}: HTTP ${status}.`, {missing, transient});
}
