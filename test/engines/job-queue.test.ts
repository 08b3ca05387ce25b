import test from 'ava';
import {Job, JobQueue} from '../../lib/engines/job-queue.js';

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

test('it tells what is due', t => {
	const queue = queueOf([
		['b', 20],
		['a', 10],
		['c', 30],
	]);
	t.is(queue.earliest, 10);
	t.deepEqual(
		[9, 10, 25, 99].map(time => queue.due(time)),
		[0, 1, 2, 3],
	);
	order(queue);
	t.is(queue.earliest, Infinity);
	t.is(queue.due(99), 0);
});
