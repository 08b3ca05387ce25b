import test, {type ExecutionContext} from 'ava';
import {Pool} from '../../lib/engines/pool.js';
import type {TestData, TestRequest} from './test-worker.js';

interface Options {
	readonly size?: number;
	readonly load?: TestData['load'];
	readonly queueLimit?: number;
	readonly heapMb?: number;
	readonly loadAttempts?: number;
}

function poolFor(
	t: ExecutionContext,
	{size = 1, load = 'well', queueLimit = 10, heapMb = 64, loadAttempts = 2}: Options = {},
) {
	const shared = new SharedArrayBuffer(12);
	const numbers = new Int32Array(shared);
	const pool = new Pool<TestRequest, string, string, TestData>({
		name: 'test',
		worker: new URL('./test-worker.js', import.meta.url),
		size,
		queueLimit,
		heapMb,
		loadAttempts,
		data: async () => ({load, shared}),
	});
	t.teardown(() => pool.close());
	return {
		pool,
		numbers,
		run: (request: TestRequest, deadline = 0, signal?: AbortSignal) => pool.run(request, {deadline, signal}),
	};
}

async function all<T>(parts: AsyncIterable<T>): Promise<T[]> {
	const given: T[] = [];
	for await (const part of parts) given.push(part);
	return given;
}

test('a job gives its parts', async t => {
	const {pool, run} = poolFor(t);
	t.is(pool.report, undefined);
	t.deepEqual(await all(run({do: 'echo', text: 'hello'})), ['hello']);
	t.is(pool.report, 'loaded');
});

test('nothing starts before the first next()', async t => {
	const {numbers, run} = poolFor(t);
	const parts = run({do: 'echo', text: 'never'});
	await parts.return?.();
	t.deepEqual(await parts.next(), {done: true, value: undefined});
	t.is(numbers[0], 0);
});

test('the earliest deadline goes first, equal ones in order of arrival', async t => {
	const {numbers, run} = poolFor(t);
	const first = run({do: 'wait', text: 'first'});
	await first.next();
	const order: string[] = [];
	const waiting = [
		['late', 30],
		['soon', 10],
		['later', 30],
		['sooner', 5],
	] as const;
	const done = waiting.map(async ([text, deadline]) => {
		order.push(...(await all(run({do: 'echo', text}, deadline))));
	});
	Atomics.store(numbers, 1, 1);
	await Promise.all([all(first), ...done]);
	t.deepEqual(order, ['sooner', 'soon', 'late', 'later']);
});

test('jobs run side by side in as many workers as there may be', async t => {
	const {numbers, run} = poolFor(t, {size: 2});
	const jobs = ['a', 'b', 'c'].map(text => run({do: 'wait', text}));
	const started = jobs.map(job => job.next());
	t.is((await started[0])?.value, 'a runs');
	t.is((await started[1])?.value, 'b runs');
	t.is(numbers[0], 2);
	Atomics.store(numbers, 1, 1);
	await Promise.all(jobs.map(all));
	t.is(numbers[0], 2);
});

test('warm starts all workers, and each practises', async t => {
	const {pool, numbers} = poolFor(t, {size: 3});
	await pool.warm({do: 'echo', text: 'hm'});
	t.is(numbers[0], 3);
});

test('a worker that ends fails its job by name, and the next job works', async t => {
	const {numbers, run} = poolFor(t);
	const job = run({do: 'exit'});
	t.is((await job.next()).value, 'last words');
	await t.throwsAsync(job.next(), {code: 'WORKER_CRASHED', message: /exit code 9/});
	t.deepEqual(await all(run({do: 'echo', text: 'again'})), ['again']);
	t.is(numbers[0], 2);
});

test('a worker that takes too much memory fails its job, and the next job works', async t => {
	const {run} = poolFor(t, {heapMb: 24});
	await t.throwsAsync(all(run({do: 'fill memory'})), {code: 'WORKER_CRASHED', message: /memory/});
	t.deepEqual(await all(run({do: 'echo', text: 'again'})), ['again']);
});

test('an unforeseen error is ENGINE_FAILED, and a fresh worker takes over', async t => {
	const {numbers, run} = poolFor(t);
	await t.throwsAsync(all(run({do: 'throw'})), {code: 'ENGINE_FAILED', message: /unforeseen/});
	t.deepEqual(await all(run({do: 'echo', text: 'again'})), ['again']);
	t.is(numbers[0], 2);
});

test('a foreseen error keeps its code and the worker', async t => {
	const {numbers, run} = poolFor(t);
	await t.throwsAsync(all(run({do: 'refuse'})), {code: 'DATA_MISSING', message: 'foreseen'});
	t.deepEqual(await all(run({do: 'echo', text: 'again'})), ['again']);
	t.is(numbers[0], 1);
});

test('one crash while loading is tried again', async t => {
	const {numbers, run} = poolFor(t, {load: 'crash once'});
	t.deepEqual(await all(run({do: 'echo', text: 'hello'})), ['hello']);
	t.is(numbers[0], 2);
});

test('where one attempt is allowed, one crash while loading fails what waits', async t => {
	const {numbers, run} = poolFor(t, {load: 'crash', loadAttempts: 1});
	await t.throwsAsync(all(run({do: 'echo', text: 'hello'})), {code: 'WORKER_CRASHED'});
	t.is(numbers[0], 1);
});

test('two crashes while loading fail what waits, without a loop', async t => {
	const {pool, numbers, run} = poolFor(t, {load: 'crash', size: 2});
	const jobs = ['a', 'b'].map(text => all(run({do: 'echo', text})));
	for (const job of jobs) await t.throwsAsync(job, {code: 'WORKER_CRASHED', message: /exit code 7/});
	t.is(numbers[0], 2);
	await t.throwsAsync(pool.warm({do: 'echo', text: 'hm'}), {code: 'WORKER_CRASHED'});
});

test('an error while loading reaches the caller with its code and cause, at once', async t => {
	const {numbers, run} = poolFor(t, {load: 'data missing'});
	const error = await t.throwsAsync(all(run({do: 'echo', text: 'hello'})), {code: 'DATA_MISSING'});
	t.like(error?.cause, {message: 'ENOENT'});
	t.is(numbers[0], 1);
});

test('a waiting job that is aborted leaves the queue at once', async t => {
	const {numbers, run} = poolFor(t, {queueLimit: 1});
	const first = run({do: 'wait', text: 'first'});
	await first.next();
	const controller = new AbortController();
	const waiting = all(run({do: 'echo', text: 'never'}, 0, controller.signal));
	controller.abort(new Error('enough'));
	await t.throwsAsync(waiting, {message: 'enough'});
	const next = all(run({do: 'echo', text: 'next'}));
	Atomics.store(numbers, 1, 1);
	t.deepEqual(await next, ['next']);
	await all(first);
});

test('a running job that is aborted releases its caller at once; a worker that looks stops', async t => {
	const {numbers, run} = poolFor(t);
	const controller = new AbortController();
	const job = run({do: 'wait until dropped'}, 0, controller.signal);
	await job.next();
	const next = job.next();
	controller.abort(new Error('enough'));
	await t.throwsAsync(next, {message: 'enough'});
	t.deepEqual(await all(run({do: 'echo', text: 'again'})), ['again']);
	t.is(numbers[2], 1);
	t.is(numbers[0], 1);
});

test('a reader that leaves stops the job', async t => {
	const {numbers, run} = poolFor(t);
	for await (const part of run({do: 'wait until dropped'})) if (part === 'running') break;
	t.deepEqual(await all(run({do: 'echo', text: 'again'})), ['again']);
	t.is(numbers[2], 1);
});

test('an aborted signal starts nothing', async t => {
	const {numbers, run} = poolFor(t);
	await t.throwsAsync(all(run({do: 'echo', text: 'never'}, 0, AbortSignal.abort(new Error('enough')))), {
		message: 'enough',
	});
	t.is(numbers[0], 0);
});

test('when as many jobs wait as may, only what goes on with a speech is taken', async t => {
	const {pool, numbers, run} = poolFor(t, {queueLimit: 2});
	const first = run({do: 'wait', text: 'first'});
	await first.next();
	const waiting = ['a', 'b'].map(text => all(run({do: 'echo', text})));
	await t.throwsAsync(all(run({do: 'echo', text: 'c'})), {code: 'ENGINE_BUSY'});
	waiting.push(all(pool.run({do: 'echo', text: 'd'}, {deadline: 0, begun: true})));
	Atomics.store(numbers, 1, 1);
	t.deepEqual(await Promise.all(waiting), [['a'], ['b'], ['d']]);
	await all(first);
});

test('closing fails what waits and what runs, and what comes after', async t => {
	const {pool, run} = poolFor(t);
	const running = run({do: 'wait until dropped'});
	await running.next();
	const jobs = [running.next(), all(run({do: 'echo', text: 'waiting'}))];
	await Promise.all([pool.close(), ...jobs.map(job => t.throwsAsync(job, {code: 'CLOSED'}))]);
	await t.throwsAsync(all(run({do: 'echo', text: 'late'})), {code: 'CLOSED'});
	await t.throwsAsync(pool.warm({do: 'echo', text: 'late'}), {code: 'CLOSED'});
	await t.notThrowsAsync(pool.close());
});

test('memory moves from the worker instead of being copied', async t => {
	const {run} = poolFor(t);
	t.deepEqual(await all(run({do: 'transfer'})), ['moved', '0 bytes left']);
});
