import test from 'ava';
import {freeMemory} from '../lib/free-memory.js';

const size = 2 ** 20;

test('what is freed is empty at once', t => {
	const samples = new Float32Array(size);
	freeMemory(samples);
	t.is(samples.length, 0);
	t.is(samples.buffer.byteLength, 0);
	t.notThrows(() => freeMemory(samples));
});

test('the whole memory of a part is freed', t => {
	const all = Buffer.alloc(size);
	freeMemory(all.subarray(10, 20));
	t.is(all.length, 0);
});

test('nothing piles up while no garbage is collected', t => {
	const before = process.memoryUsage().arrayBuffers;
	for (let times = 0; times < 64; times++) freeMemory(new Uint8Array(size));
	t.true(process.memoryUsage().arrayBuffers - before < 16 * size);
});

test('memory that others have a part in stays: shared with threads, or cut from the pool of small Buffers', t => {
	const shared = new Uint8Array(new SharedArrayBuffer(size));
	const small = Buffer.from('small');
	freeMemory(shared);
	freeMemory(small);
	t.is(shared.length, size);
	t.is(small.toString(), 'small');
});
