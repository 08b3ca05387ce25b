import {Redis} from 'ioredis';
import {SpeechError} from '../../errors.js';
import {late, waitFor} from '../../waiting.js';

/** What GETDEL, and BullMQ, ask for. */
const oldest = [6, 2] as const;
/** How long it may take until the server has answered for the first time, in ms. */
const connectTimeout = 10_000;
/** The longest wait before another attempt to come back, in ms. */
const longestWait = 2000;

export interface RedisOptions {
	/** `redis://[[user]:password@]host[:port][/database]`; `rediss:` over TLS. */
	readonly url: string;
	/** Hears what people should know: an evicting server, a connection that is lost or back. */
	readonly notice: (message: string) => void;
	/** Gives up connecting; later it does nothing. */
	readonly signal?: AbortSignal | undefined;
}

/**
 * Connects, once: a server that isn't there, lets us not in or is too old is an error. Later it comes back by itself as often as
 * the server does; commands wait meanwhile. Throws OPTION_INVALID, REDIS_FAILED and the signal's reason.
 */
export async function connectRedis({url, notice, signal}: RedisOptions): Promise<Redis> {
	const where = checkedUrl(url);
	let connected = false;
	let failure: Error | undefined;
	const redis = new Redis(url, {
		lazyConnect: true,
		connectTimeout,
		// BullMQ's condition: a command waits for the server to come back.
		maxRetriesPerRequest: null,
		retryStrategy: times => (connected ? Math.min(50 * 2 ** times, longestWait) : null),
	});
	redis.on('error', error => {
		failure = error;
	});
	try {
		const answer = redis.connect().then(() => redis.info());
		const facts = await waitFor(answer, signal ?? new AbortController().signal, connectTimeout);
		if (facts === late) throw new Error(`no answer came within ${connectTimeout / 1000} s`);
		const tooOld = versionRefused(facts);
		if (tooOld !== undefined) throw new Error(tooOld);
		const evicting = evictionWarning(facts);
		if (evicting !== undefined) notice(`${where} ${evicting}`);
	} catch (error) {
		redis.disconnect();
		signal?.throwIfAborted();
		const cause = failure ?? error;
		throw new SpeechError('REDIS_FAILED', `${where} ${reason(cause)}`, {cause});
	}
	connected = true;
	let lost = false;
	redis.on('close', () => {
		if (!lost) notice(`The connection to ${where} is lost: trying again.`);
		lost = true;
	});
	redis.on('ready', () => {
		if (lost) notice(`${where} is back.`);
		lost = false;
	});
	return redis;
}

/** Says goodbye, but not for long: to a server that is away nothing can be said. */
export async function disconnectRedis(redis: Redis): Promise<void> {
	redis.removeAllListeners('close');
	if (redis.status === 'ready') await redis.quit().catch(() => {});
	redis.disconnect();
}

/** The server's name for people: no password in it. */
function checkedUrl(url: string): string {
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	if (!parsed || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '')
		throw new SpeechError(
			'OPTION_INVALID',
			'The address of a Redis server looks like redis://host:6379 or rediss://user:password@host:6379.',
		);
	return `Redis at ${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

/** Why a server is not taken, by what INFO says of it. */
export function versionRefused(info: string): string | undefined {
	const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'unknown';
	const [major = 0, minor = 0] = version.split('.').map(Number);
	if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return undefined;
	return `is too old: version ${version}, where ${oldest.join('.')} or later is needed.`;
}

/** What to tell of a server that may drop keys when its memory is full (`noeviction` is what queues need), by its INFO. */
export function evictionWarning(info: string): string | undefined {
	const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'noeviction';
	if (policy === 'noeviction') return undefined;
	return `may drop work when its memory is full: set its maxmemory-policy to noeviction (it is ${policy}).`;
}

function reason(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	if (/^is too old/.test(message)) return message;
	if (/^Unknown RESP/.test(message)) return 'is no Redis server: what listens there speaks another protocol.';
	if (/^NOAUTH/.test(message)) return 'asks for a password: redis://:PASSWORD@host:6379.';
	if (/^WRONGPASS|invalid password/i.test(message)) return 'refuses the user or the password.';
	return `cannot be used: ${message}.`;
}
