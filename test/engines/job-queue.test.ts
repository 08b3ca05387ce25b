import test from 'ava';
import {Job, JobQueue, patience} from '../../lib/engines/job-queue.js';

function queueOf(jobs: ReadonlyArray<readonly [name: string, deadline: number, key?: string]>) {
	const queue = new JobQueue<string, never>();
	for (const [name, deadline, key] of jobs) queue.add(new Job(name, {deadline, key}, () => {}));
	return queue;
}

function order(queue: JobQueue<string, never>): string[] {
	return Array.from({length: queue.size}, () => queue.take()?.request ?? '');
}

test('keys take turns at what is needed at the same time', t => {
	const greedy = Array.from({length: 4}, (_, index) => [`greedy ${index}`, 100 + index, 'a'] as const);
	const queue = queueOf([...greedy, ['modest', 110, 'b'], ['third', 112, 'c']]);
	t.deepEqual(order(queue), ['greedy 0', 'modest', 'third', 'greedy 1', 'greedy 2', 'greedy 3']);
});

test('what is needed clearly earlier goes first, whoever’s it is', t => {
	const queue = queueOf([
		['now', 100, 'a'],
		['now too', 101, 'a'],
		['later', 200, 'b'],
	]);
	t.deepEqual(order(queue), ['now', 'now too', 'later']);
});

test('it tells how late the latest will be', t => {
	const now = performance.now();
	const atLeast = (lateness: number, least: number) => lateness >= least && lateness < least + 1000;
	const newcomers = queueOf(Array.from({length: 5}, () => ['new', now + patience] as const));
	t.true(atLeast(newcomers.lateness(2000), 8000));
	const listened = queueOf([
		['soon', now + 100_000],
		['in time', now + 200_000],
	]);
	t.is(listened.lateness(10), 0);
	t.true(atLeast(listened.lateness(300_000), 300_000 - 200_000 + patience));
	order(listened);
	t.is(listened.lateness(300_000), 0);
	t.is(queueOf([['whenever', Infinity]]).lateness(1000), 0);
});
