import {once} from 'node:events';
import http, {type Agent, type IncomingMessage} from 'node:http';
import https from 'node:https';
import {HttpProxyAgent} from 'http-proxy-agent';
import {HttpsProxyAgent} from 'https-proxy-agent';
import {getProxyForUrl} from 'proxy-from-env';
import {SpeechError} from '../../errors.js';
import {credentials, parseAddress, redirected, shown} from './address.js';
import {type Answer, toAnswer, watch} from './answer.js';
import {reasonOf, WebFailure} from './web-failure.js';

type Headers = Readonly<Record<string, string>>;

/** ms without a byte after which a server is given up. */
export const usualStall = 30_000;

/** As curl and browsers have it, or fewer. */
const maxRedirects = 10;

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
		let url = parseAddress(address);
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

/** Whether the environment forbids the network. */
export function isOffline(environment: NodeJS.ProcessEnv = process.env): boolean {
	return !['', '0', 'false', undefined].includes(environment['SPEECHPIPE_OFFLINE']);
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
