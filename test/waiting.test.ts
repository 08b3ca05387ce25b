import {getEventListeners} from 'node:events';
import test from 'ava';
import {late, waitFor} from '../lib/waiting.js';

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
