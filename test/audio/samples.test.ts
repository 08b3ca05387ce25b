import test from 'ava';
import {fromPcm, toPcm} from '../../lib/audio/samples.js';

const values = (pcm: Buffer) => [...new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2)];

test('every 16-bit value comes back unchanged', t => {
	const pcm = Buffer.from(Int16Array.from({length: 65_536}, (_, index) => index - 32_768).buffer);
	t.true(toPcm(fromPcm(pcm)).equals(pcm));
});

test('what is too loud is clipped, the rest rounded', t => {
	t.deepEqual(
		values(toPcm(Float32Array.of(1, 1.5, -1, -2, Infinity))),
		[32_767, 32_767, -32_768, -32_768, 32_767],
	);
	t.deepEqual(values(toPcm(Float32Array.of(0.4 / 32_768, 0.6 / 32_768, -0.6 / 32_768))), [0, 1, -1]);
});

test('what is no number becomes silence', t => {
	t.deepEqual(values(toPcm(Float32Array.of(NaN))), [0]);
});

test('gain multiplies', t => {
	t.deepEqual(values(toPcm(Float32Array.of(0.25, -0.75), 2)), [16_384, -32_768]);
});

test('the memory is its own, so that it can be transferred', t => {
	t.is(toPcm(new Float32Array(10)).buffer.byteLength, 20);
});

test('a Buffer at an odd offset is read', t => {
	const pcm = Buffer.from([9, 0, 0x40]).subarray(1);
	t.deepEqual([...fromPcm(pcm)], [0.5]);
});
