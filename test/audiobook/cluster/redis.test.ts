import {once} from 'node:events';
import {createServer} from 'node:net';
import test from 'ava';
import {clusterRenderer, clusterWorker} from '../../../lib/audiobook/cluster/index.js';
import {
	connectRedis,
	disconnectRedis,
	evictionWarning,
	versionRefused,
} from '../../../lib/audiobook/cluster/redis.js';
import {hasRedis, redisServer} from '../../helpers/redis.js';
import {goOnIf} from '../../helpers/shared.js';
import {toneRenderer} from './rendering.js';

const connect = (url: string, notice = (_message: string) => {}) => connectRedis({url, notice});

test('no server, or one that speaks no Redis, is an error that names the address', async t => {
	const server = createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
		0,
		'127.0.0.1',
	);
	t.teardown(() => server.close());
	await once(server, 'listening');
	const {port} = server.address() as {port: number}; // It listens on TCP.
	await t.throwsAsync(connect('redis://127.0.0.1:1'), {
		code: 'REDIS_FAILED',
		message: 'Redis at redis://127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1.',
	});
	await t.throwsAsync(connect(`redis://127.0.0.1:${port}`), {
		code: 'REDIS_FAILED',
		message: /is no Redis server/,
	});
	await t.throwsAsync(connect('redis://no.such.host.invalid'), {
		code: 'REDIS_FAILED',
		message: /ENOTFOUND|EAI_AGAIN/,
	});
});

test('a server that never answers holds nobody who gives up', async t => {
	const silent = createServer(socket => socket.on('error', () => {})).listen(0, '127.0.0.1');
	t.teardown(() => silent.close());
	await once(silent, 'listening');
	const {port} = silent.address() as {port: number}; // It listens on TCP.
	const giveUp = new AbortController();
	silent.once('connection', () => giveUp.abort(new Error('enough')));
	const {signal} = giveUp;
	await t.throwsAsync(connectRedis({url: `redis://127.0.0.1:${port}`, notice() {}, signal}), {
		message: 'enough',
	});
});

test('an address that is none is refused', async t => {
	for (const url of ['', '127.0.0.1:6379', 'http://127.0.0.1:6379', 'redis:', 'redis://']) {
		await t.throwsAsync(
			connect(url),
			{code: 'OPTION_INVALID', message: /looks like redis:\/\/host:6379/},
			url,
		);
	}
});

test('a password that is missing or wrong is told, the right one goes, and none is ever shown', async t => {
	if (!goOnIf(t, hasRedis, 'there is no redis-server')) return;
	const {port} = await redisServer(t, ['--requirepass', 'open sesame']);
	await t.throwsAsync(connect(`redis://127.0.0.1:${port}`), {
		code: 'REDIS_FAILED',
		message: `Redis at redis://127.0.0.1:${port} asks for a password: redis://:PASSWORD@host:6379.`,
	});
	for (const user of ['', 'ali']) {
		await t.throwsAsync(connect(`redis://${user}:guess@127.0.0.1:${port}`), {
			code: 'REDIS_FAILED',
			message: `Redis at redis://127.0.0.1:${port} refuses the user or the password.`,
		});
	}
	const redis = await connect(`redis://:open%20sesame@127.0.0.1:${port}/3`);
	t.is(await redis.set('key', 'value'), 'OK');
	await disconnectRedis(redis);
});

test('a server that may drop keys is worth a notice', async t => {
	if (!goOnIf(t, hasRedis, 'there is no redis-server')) return;
	const {url} = await redisServer(t, ['--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru']);
	const notices: string[] = [];
	const redis = await connect(url, message => notices.push(message));
	t.deepEqual(notices, [
		`Redis at ${url} may drop work when its memory is full: set its maxmemory-policy to noeviction (it is allkeys-lru).`,
	]);
	await disconnectRedis(redis);
});

test('what INFO says decides', t => {
	t.is(versionRefused('# Server\r\nredis_version:7.0.15\r\n'), undefined);
	t.is(versionRefused('redis_version:6.2.0\r\n'), undefined);
	t.is(versionRefused('redis_version:10.1\r\n'), undefined);
	t.regex(versionRefused('redis_version:6.0.16\r\n') ?? '', /too old: version 6\.0\.16, where 6\.2 or later/);
	t.regex(versionRefused('redis_version:5.0.7\r\n') ?? '', /too old/);
	t.regex(versionRefused('# Server\r\n') ?? '', /version unknown/);
	t.is(evictionWarning('maxmemory_policy:noeviction\r\n'), undefined);
	t.is(evictionWarning('# Memory\r\n'), undefined);
});

test('options out of range are refused before anything is opened', async t => {
	const [redis, local] = ['redis://127.0.0.1:1', toneRenderer()];
	for (const options of [
		{jobs: 0},
		{jobs: 1.5},
		{jobs: 1001},
		{workerTimeout: -1},
		{redisTimeout: Number.NaN},
	])
		await t.throwsAsync(clusterRenderer({redis, local, ...options}), {code: 'OPTION_INVALID'});
	for (const concurrency of [0, 2.5, Number.NaN])
		await t.throwsAsync(clusterWorker({redis, renderer: local, concurrency}), {code: 'OPTION_INVALID'});
});
