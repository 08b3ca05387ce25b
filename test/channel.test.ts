import test from 'ava';
import fc from 'fast-check';
import {Channel} from '../lib/channel.js';
import {settle} from './helpers/streams.js';

test('gives items in order, also to a reader that came first', async t => {
	const channel = new Channel<number>(2);
	const first = channel.next();
	await channel.send(1);
	await channel.send(2);
	channel.end();
	t.deepEqual(await first, {done: false, value: 1});
	t.deepEqual(await channel.next(), {done: false, value: 2});
	t.true((await channel.next()).done);
});

test('send waits while more items wait than there is room for', async t => {
	const channel = new Channel<number>(1);
	await channel.send(1);
	let sent = false;
	const sending = channel.send(2).then(() => {
		sent = true;
	});
	await settle();
	t.false(sent);
	await channel.next();
	await sending;
	t.is(channel.size, 1);
});

test('with no room at all, send settles when the item was taken', async t => {
	const channel = new Channel<string>(0);
	let taken = false;
	const sending = channel.send('text').then(() => {
		taken = true;
	});
	await settle();
	t.false(taken);
	t.deepEqual(await channel.next(), {done: false, value: 'text'});
	await sending;
	t.true(taken);
});

test('what waits is read before the end, and before a failure', async t => {
	const failing = new Channel<number>(5);
	void failing.send(1);
	failing.fail(new Error('broken'));
	t.true(failing.ended);
	t.deepEqual(await failing.next(), {done: false, value: 1});
	await t.throwsAsync(failing.next(), {message: 'broken'});
	t.deepEqual(await failing.next(), {done: true, value: undefined});
	failing.fail(new Error('too late'));
	t.deepEqual(await failing.next(), {done: true, value: undefined});
});

test('a reader that waits gets the failure', async t => {
	const channel = new Channel<number>(0);
	const next = channel.next();
	channel.fail(new Error('broken'));
	await t.throwsAsync(next, {message: 'broken'});
});

test('close drops what waits and lets everybody go', async t => {
	const channel = new Channel<number>(0);
	const sending = channel.send(1);
	channel.close();
	await sending;
	await channel.send(2);
	t.deepEqual(await channel.next(), {done: true, value: undefined});
	const other = new Channel<number>(0);
	const next = other.next();
	await other.return();
	t.deepEqual(await next, {done: true, value: undefined});
});

test('every reader that waits learns of a failure: the first gets it, the others are done', async t => {
	const channel = new Channel<number>(0);
	const [first, second] = [channel.next(), channel.next()];
	channel.fail(new Error('broken'));
	await t.throwsAsync(first, {message: 'broken'});
	t.deepEqual(await second, {done: true, value: undefined});
});

test('items keep their order, however sending and reading alternate', async t => {
	const order = fc.asyncProperty(fc.array(fc.boolean()), async moves => {
		const channel = new Channel<number>(Infinity);
		const read: number[] = [];
		let sent = 0;
		for (const send of moves) {
			if (send) void channel.send(sent++);
			else if (channel.size > 0) read.push((await channel.next()).value ?? -1);
		}
		channel.end();
		for await (const item of channel) read.push(item);
		t.deepEqual(
			read,
			Array.from({length: sent}, (_, index) => index),
		);
	});
	await t.notThrowsAsync(fc.assert(order));
});
