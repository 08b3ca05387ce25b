import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {Board} from '../../../lib/audiobook/cluster/board.js';
import {
	type ClusterRendererOptions,
	type ClusterWorkerEvent,
	clusterRenderer,
	clusterWorker,
} from '../../../lib/audiobook/cluster/index.js';
import {resultKey} from '../../../lib/audiobook/cluster/keys.js';
import type {Offer} from '../../../lib/audiobook/cluster/messages.js';
import {packResult} from '../../../lib/audiobook/cluster/results.js';
import type {Renderer} from '../../../lib/audiobook/rendered.js';
import {loaders} from '../../helpers/cli.js';
import {expiries, hasRedis, type RedisServer, redisServer} from '../../helpers/redis.js';
import {goOnIf} from '../../helpers/shared.js';
import {until} from '../../helpers/streams.js';
import {never, request, requests, tone, toneRenderer} from './rendering.js';

type Body = (t: ExecutionContext, redis: RedisServer) => Promise<void>;

/** A test with a Redis server of its own. */
function withRedis(title: string, body: Body, args: readonly string[] = []): void {
	test(title, async t => {
		if (goOnIf(t, hasRedis, 'there is no redis-server')) await body(t, await redisServer(t, args));
	});
}

async function book(t: ExecutionContext, {url}: RedisServer, options: Partial<ClusterRendererOptions> = {}) {
	const notices: string[] = [];
	const notice = (message: string) => notices.push(message);
	const renderer = await clusterRenderer({redis: url, local: toneRenderer(), notice, ...options});
	t.teardown(() => renderer.close());
	return {renderer, notices};
}

async function worker(t: ExecutionContext, {url}: RedisServer, renderer: Renderer = toneRenderer()) {
	const events: ClusterWorkerEvent[] = [];
	const worker = await clusterWorker({redis: url, renderer, onEvent: event => events.push(event)});
	t.teardown(() => worker.close({force: true}));
	return {worker, events};
}

/** A worker in a process of its own. */
function workerProcess(t: ExecutionContext, {url}: RedisServer, held?: string) {
	const script = fileURLToPath(new URL('tone-worker.js', import.meta.url));
	const child = spawn(process.execPath, [...loaders, script, url, ...(held === undefined ? [] : [held])], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	t.teardown(() => child.kill('SIGKILL'));
	return child;
}

/** What a book that has gone leaves expires, and none of it is work or audio. */
async function leavesNothing(t: ExecutionContext, redis: RedisServer): Promise<void> {
	await until(async () => ![...(await expiries(redis)).keys()].some(key => /:result:|-\d+$/.test(key)));
	const left = await expiries(redis);
	t.deepEqual(
		[...left].filter(([, seconds]) => seconds < 0),
		[],
	);
}

withRedis('what workers render is what the local renderer renders, and nothing stays', async (t, redis) => {
	await worker(t, redis);
	const {renderer} = await book(t, redis);
	const wanted = requests(40);
	const rendered = await Promise.all(wanted.map(request => renderer.render(request, never)));
	t.deepEqual(
		rendered,
		wanted.map(request => tone(request)),
	);
	t.deepEqual(await redis.client.keys('speechpipe:result:*'), []);
	await renderer.close();
	await leavesNothing(t, redis);
	t.deepEqual(await redis.client.keys('speechpipe:book:*'), []);
});

withRedis('the jobs of a worker that was killed are taken over', async (t, redis) => {
	const dying = workerProcess(t, redis, 'Line 3 ');
	const {renderer} = await book(t, redis);
	const wanted = requests(20);
	const rendered = Promise.all(wanted.map(request => renderer.render(request, never)));
	// A worker that could not start ends its stdout instead.
	t.is(
		String(await Promise.race(['data', 'end'].map(async event => (await once(dying.stdout, event))[0]))),
		'holding\n',
	);
	dying.kill('SIGKILL');
	workerProcess(t, redis);
	t.deepEqual(
		await rendered,
		wanted.map(request => tone(request)),
	);
});

withRedis('two books share: the second does not wait for the end of the first', async (t, redis) => {
	const wanted = requests(200, 'First');
	const done: string[] = [];
	const read = async (renderer: Renderer, name: string) => {
		const queue = requests(name === 'First' ? wanted.length : 20, name);
		// As a book renders: so many at once as the renderer works on.
		const next = async (): Promise<void> => {
			const request = queue.shift();
			if (!request) return;
			await renderer.render(request, never);
			done.push(name);
			await next();
		};
		await Promise.all(Array.from({length: renderer.parallel}, next));
	};
	const [first, second] = [await book(t, redis, {jobs: 4}), await book(t, redis, {jobs: 4})];
	// Its first utterances wait before the worker comes.
	const firstRead = read(first.renderer, 'First');
	const secondRead = read(second.renderer, 'Second');
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length >= 8);
	await worker(t, redis);
	await Promise.all([firstRead, secondRead]);
	const whenSecondEnded = done.lastIndexOf('Second');
	t.true(done.slice(0, whenSecondEnded).filter(name => name === 'First').length < 60, done.join(' '));
});

withRedis('jobs that a restart of Redis lost are given out again', async (t, redis) => {
	const {renderer, notices} = await book(t, redis);
	const wanted = requests(10);
	const rendered = Promise.all(wanted.map(request => renderer.render(request, never)));
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length >= 10);
	await redis.kill();
	await until(() => notices.some(notice => notice.includes('is lost: trying again')));
	await redis.start();
	await worker(t, redis);
	t.deepEqual(
		await rendered,
		wanted.map(request => tone(request)),
	);
	t.true(notices.some(notice => notice.endsWith('is back.')));
});

withRedis('a worker and a book go on when Redis was away in the middle', async (t, redis) => {
	let release = () => {};
	const held = new Promise<void>(resolve => {
		release = resolve;
	});
	const hold = ({text}: {readonly text: string}) => (text.startsWith('Line 5') ? held : Promise.resolve());
	const {events} = await worker(t, redis, toneRenderer({hold}));
	const {renderer} = await book(t, redis);
	const wanted = requests(30);
	const rendered = Promise.all(wanted.map(request => renderer.render(request, never)));
	await until(() => events.some(({type}) => type === 'rendered'));
	await redis.kill();
	await until(() => events.some(event => event.type === 'notice' && event.message.includes('is lost')));
	release();
	await redis.start();
	t.deepEqual(
		await rendered,
		wanted.map(request => tone(request)),
	);
});

withRedis('a Redis that stays away is an error, and a closed book ends all the same', async (t, redis) => {
	const {renderer} = await book(t, redis, {redisTimeout: 3000});
	const rendering = renderer.render(request(), never);
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length > 0);
	await redis.kill();
	await t.throwsAsync(rendering, {code: 'REDIS_FAILED', message: /did not answer for 3 s/});
	await renderer.close();
});

withRedis('results that come twice, late or damaged do no harm', async (t, redis) => {
	const {renderer} = await book(t, redis);
	const rendering = renderer.render(request(), never);
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length > 0);
	const [job = ''] = await redis.client.keys('speechpipe:queue:*-*');
	const key = resultKey(job.replace(/.*:/, ''));
	const bytes = await packResult(tone(request()));
	// Other samples than the hash in front says.
	const other = await packResult(tone(request(), 220));
	await redis.client.set(key, Buffer.concat([bytes.subarray(0, 32), other.subarray(32)]), 'EX', 60);
	await until(async () => (await redis.client.exists(key)) === 0);
	await redis.client.set(key, Buffer.from('no utterance at all'), 'EX', 60);
	await until(async () => (await redis.client.exists(key)) === 0);
	await redis.client.set(key, bytes, 'EX', 60);
	t.deepEqual(await rendering, tone(request()));
	// Late: its job is still in the queue, and a worker renders it again.
	await redis.client.set(key, bytes, 'EX', 60);
	const {events} = await worker(t, redis);
	const next = {...request(), text: 'Another text.'};
	t.deepEqual(await renderer.render(next, never), tone(next));
	t.true(events.some(({type}) => type === 'rendered'));
});

withRedis('who aborts gets the reason, and his job is gone', async (t, redis) => {
	const {renderer} = await book(t, redis);
	const controller = new AbortController();
	const rendering = renderer.render(request(), controller.signal);
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length > 0);
	const reason = new Error('enough');
	controller.abort(reason);
	t.is(await t.throwsAsync(rendering), reason);
	await leavesNothing(t, redis);
	await t.throwsAsync(renderer.render(request(), controller.signal), {is: reason});
});

withRedis('a book that closes ends what is on its way, and leaves nothing', async (t, redis) => {
	const {renderer} = await book(t, redis);
	const rendering = renderer.render(request(), never);
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length > 0);
	await Promise.all([t.throwsAsync(rendering, {code: 'CLOSED'}), renderer.close()]);
	await leavesNothing(t, redis);
	await t.throwsAsync(renderer.render(request(), never), {code: 'CLOSED'});
});

withRedis('the work of a book that died is dropped, not rendered', async (t, redis) => {
	const {renderer} = await book(t, redis);
	const rendering = renderer.render(request(), never);
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length > 0);
	// As a killed process leaves it: its jobs are there, and it says no more that it lives.
	const [job = ''] = await redis.client.keys('speechpipe:queue:*-*');
	const dead = await redis.client.hgetall(job);
	await redis.client.hset(job, 'data', (dead['data'] ?? '').replace(/"book":"\w+"/, '"book":"dead"'));
	const local = toneRenderer();
	await worker(t, redis, local);
	await until(async () => (await redis.client.exists(job)) === 0);
	t.false(local.rendered.includes(request().text));
	t.deepEqual(await rendering, tone(request()), 'the living book gives it out again');
});

withRedis('what fails on a worker is its error', async (t, redis) => {
	const failing = toneRenderer({
		hold: async ({text}) => {
			if (text === 'Fail.') throw new Error('the engine is on fire');
		},
	});
	await worker(t, redis, failing);
	const {renderer} = await book(t, redis);
	const rendering = renderer.render({...request(), text: 'Fail.'}, never);
	await t.throwsAsync(rendering, {code: 'ENGINE_FAILED', message: /the engine is on fire/});
	t.deepEqual(await renderer.render(request(), never), tone(request()), 'the rest goes on');
	await leavesNothing(t, redis);
});

withRedis('without a worker it says so, and gives up after a while', async (t, redis) => {
	const {renderer, notices} = await book(t, redis, {workerTimeout: 5000});
	await t.throwsAsync(renderer.render(request(), never), {
		code: 'WORKERS_MISSING',
		message: /No worker renders the voice tone/,
	});
	t.true(notices.some(notice => notice.includes('speechpipe worker --redis')));
});

for (const [what, other, reason] of [
	['that makes other samples', {pitch: 441}, /makes other samples/],
	['with another model', {fingerprint: 'other'}, /makes the voice tone of something else: other tone here/],
	[
		'without the voice',
		{
			hold: async () => {
				throw new Error('There is no voice tone.');
			},
		},
		/cannot speak with the voice tone: There is no voice tone/,
	],
] as const) {
	withRedis(`a worker ${what} is refused, and others get the work`, async (t, redis) => {
		const {events} = await worker(t, redis, toneRenderer(other));
		const {renderer} = await book(t, redis, {workerTimeout: 5000});
		const error = await t.throwsAsync(renderer.render(request(), never), {code: 'WORKERS_MISSING'});
		t.regex(error.message, reason);
		t.true(events.some(event => event.type === 'refused' && reason.test(event.reason)));
		await worker(t, redis);
		t.deepEqual(await renderer.render(request(), never), tone(request()));
	});
}

withRedis(
	'mixed: workers that make other samples are welcome, under another fingerprint',
	async (t, redis) => {
		await worker(t, redis, toneRenderer({pitch: 220, fingerprint: 'other'}));
		const {renderer} = await book(t, redis, {mixed: true});
		t.deepEqual(await renderer.render(request(), never), tone(request(), 220));
		t.not(await renderer.fingerprint('tone'), await toneRenderer().fingerprint('tone'));
	},
);

withRedis(
	'no more jobs of a book are in the queue than it may have, however many it asks for',
	async (t, redis) => {
		const {renderer} = await book(t, redis, {jobs: 3});
		const wanted = requests(12);
		const rendered = Promise.all(wanted.map(request => renderer.render(request, never)));
		const jobs = async () =>
			(await redis.client.keys('speechpipe:queue:*-*')).filter(key => /-\d+$/.test(key)).length;
		await until(async () => (await jobs()) === 3);
		let most = 0;
		const watching = setInterval(async () => {
			most = Math.max(most, await jobs());
		}, 5);
		await worker(t, redis);
		t.deepEqual(
			await rendered,
			wanted.map(request => tone(request)),
		);
		clearInterval(watching);
		t.true(most <= 3, `${most} at once`);
	},
);

withRedis('a stop takes back what no worker has begun, and waits for what one has', async (t, redis) => {
	let release = () => {};
	const held = new Promise<void>(resolve => {
		release = resolve;
	});
	const hold = ({text}: {readonly text: string}) => (text.startsWith('Line') ? held : Promise.resolve());
	await worker(t, redis, {...toneRenderer({hold}), parallel: 0});
	const stop = new AbortController();
	const {renderer} = await book(t, redis, {signal: stop.signal});
	const [first, ...rest] = requests(5).map(request => renderer.render(request, never));
	await until(async () => (await redis.client.keys('speechpipe:queue:*:lock')).length === 1);
	const reason = new Error('stopped');
	stop.abort(reason);
	for (const waiting of rest) await t.throwsAsync(waiting, {is: reason});
	release();
	t.truthy(await first);
	await t.throwsAsync(renderer.render(request(), never), {is: reason});
});

withRedis('a worker of another version or protocol refuses, and says so', async (t, redis) => {
	const {renderer} = await book(t, redis);
	const rendering = renderer.render(request(), never);
	rendering.catch(() => {});
	await until(async () => (await redis.client.keys('speechpipe:book:*')).length > 0);
	const [key = ''] = await redis.client.keys('speechpipe:book:*');
	const {offers} = JSON.parse((await redis.client.get(key)) ?? '') as {offers: Offer[]}; // As the test above made it.
	const board = new Board(redis.client);
	const [offer] = offers;
	if (!offer) return t.fail('there is an offer');
	await board.announce('old', [{...offer, queue: 'old', version: '0.0.1'}]);
	await board.announce('strange', [{...offer, queue: 'strange', protocol: 99}]);
	const {events} = await worker(t, redis);
	const reasons = () => events.flatMap(event => (event.type === 'refused' ? [event.reason] : []));
	await until(() => reasons().length === 2);
	t.true(reasons().some(reason => /has another speechpipe: \S+ here, 0\.0\.1 there/.test(reason)));
	t.true(reasons().some(reason => /speaks another protocol/.test(reason)));
	t.deepEqual(await rendering, tone(request()), 'its own kind it serves');
});

withRedis('what others put under our names harms nobody', async (t, redis) => {
	await redis.client.sadd('speechpipe:books', 'x', 'y', 'gone');
	await redis.client.set('speechpipe:book:x', 'no JSON');
	await redis.client.set('speechpipe:book:y', '{"offers":[{"queue":7}]}');
	await worker(t, redis);
	const {renderer} = await book(t, redis);
	t.deepEqual(await renderer.render(request(), never), tone(request()));
	t.false((await redis.client.smembers('speechpipe:books')).includes('gone'));
});

withRedis(
	'a Redis whose memory is full is told of, and nothing is lost but the utterance',
	async (t, redis) => {
		await worker(t, redis);
		const {renderer} = await book(t, redis);
		t.deepEqual(await renderer.render(request(), never), tone(request()));
		await redis.client.config('SET', 'maxmemory', '1');
		await t.throwsAsync(renderer.render(request(), never), {message: /OOM|used memory/});
		await redis.client.config('SET', 'maxmemory', '0');
		t.deepEqual(await renderer.render(request(), never), tone(request()));
	},
	['--maxmemory-policy', 'noeviction'],
);

withRedis('a stop while Redis is away ends at once', async (t, redis) => {
	const stop = new AbortController();
	const {renderer, notices} = await book(t, redis, {signal: stop.signal});
	const rendering = renderer.render(request(), never);
	await until(async () => (await redis.client.keys('speechpipe:queue:*-*')).length > 0);
	await redis.kill();
	await until(() => notices.some(notice => notice.includes('is lost')));
	const reason = new Error('stopped');
	stop.abort(reason);
	await t.throwsAsync(rendering, {is: reason});
});
