import {getEventListeners} from 'node:events';
import test from 'ava';
import {follow, late, leave, waitFor} from '../lib/waiting.js';
import {settle} from './helpers/streams.js';

const never = new Promise<never>(() => {});

test('gives what the promise gives', async t => {
	const {signal} = new AbortController();
	t.is(await waitFor(Promise.resolve(1), signal), 1);
	await t.throwsAsync(waitFor(Promise.reject(new Error('no')), signal, 1000), {message: 'no'});
	t.is(getEventListeners(signal, 'abort').length, 0);
});

test('gives late when the time is over', async t => {
	t.is(await waitFor(never, new AbortController().signal, 1), late);
});

test('throws the reason of an abort, before or meanwhile', async t => {
	const controller = new AbortController();
	const waiting = waitFor(never, controller.signal);
	controller.abort(new Error('stop'));
	await t.throwsAsync(waiting, {message: 'stop'});
	await t.throwsAsync(waitFor(never, controller.signal), {message: 'stop'});
});

const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;

test('leaves neither timer nor listener behind after an abort', async t => {
	const controller = new AbortController();
	const before = timers();
	const waiting = waitFor(never, controller.signal, 60_000);
	t.is(timers(), before + 1);
	controller.abort(new Error('stop'));
	t.is(timers(), before);
	t.is(getEventListeners(controller.signal, 'abort').length, 0);
	await t.throwsAsync(waiting, {message: 'stop'});
});

test('leaves no listener behind when the time is over', async t => {
	const {signal} = new AbortController();
	await waitFor(never, signal, 1);
	t.is(getEventListeners(signal, 'abort').length, 0);
});

test('a time that is too long for a timer never ends', t => {
	const before = timers();
	void waitFor(never, new AbortController().signal, 2 ** 31);
	t.is(timers(), before);
});

test('follows a signal until told not to', t => {
	const [first, second] = [new AbortController(), new AbortController()];
	const source = new AbortController();
	follow(first, source.signal);
	follow(second, source.signal)();
	source.abort('enough');
	t.is(first.signal.reason, 'enough');
	t.false(second.signal.aborted);
	const late = new AbortController();
	follow(late, source.signal);
	t.is(late.signal.reason, 'enough');
});

for (const [name, answer] of [
	[
		'throws',
		() => {
			throw new Error('no');
		},
	],
	[
		'rejects',
		async () => {
			throw new Error('no');
		},
	],
	['gives no promise', () => ({done: true, value: undefined})],
] as const) {
	test(`an iterator may be left whose return() ${name}`, async t => {
		let told = 0;
		const next = async () => ({done: true, value: undefined}) as const;
		// A hand-written iterator keeps less of the contract than its type says.
		const iterator = {
			next,
			return: () => {
				told++;
				return answer();
			},
		} as AsyncIterator<unknown>;
		t.notThrows(() => leave(iterator));
		await settle();
		t.is(told, 1);
	});
}
