import {randomBytes} from 'node:crypto';
import test from 'ava';
import {packRendered, unpackRendered} from '../../lib/audiobook/packing.js';
import type {Rendered} from '../../lib/audiobook/rendered.js';
import {SpeechError} from '../../lib/errors.js';
import {sweep} from '../helpers/transcoding.js';

const utterance = (pcm: Buffer): Rendered => ({
	pcm,
	words: [
		{textStart: 0, textEnd: 5, startSample: 0, endSample: 40, timing: 'exact'},
		{textStart: 6, textEnd: 11, startSample: 45, endSample: 90, timing: 'estimated'},
	],
	unspoken: [{textStart: 12, textEnd: 14, reason: 'the voice does not read Greek script'}],
});

for (const [name, pcm] of [
	['nothing', Buffer.alloc(0)],
	['one sample', Buffer.from([0x34, 0x92])],
	['noise over the whole range', randomBytes(20_000)],
	[
		'the extremes in turn',
		Buffer.from(new Int16Array(1000).map((_, index) => (index % 2 ? 32_767 : -32_768)).buffer),
	],
	['a sweep', sweep(1, 24_000)],
] as const) {
	test(`${name} comes back as it was`, async t => {
		const packed = await packRendered(utterance(pcm));
		t.deepEqual(await unpackRendered(packed), utterance(pcm));
		t.deepEqual(await packRendered(utterance(pcm)), packed);
	});
}

test('a Buffer within a larger one is packed by its own bytes', async t => {
	const pcm = sweep(0.1, 24_000);
	const within = Buffer.concat([Buffer.alloc(3), pcm]).subarray(3);
	t.deepEqual(await packRendered(utterance(within)), await packRendered(utterance(pcm)));
});

test('damaged bytes are noticed', async t => {
	const packed = await packRendered(utterance(sweep(1, 24_000)));
	for (const damaged of [
		packed.subarray(0, packed.length / 2),
		packed.subarray(0, 0),
		Buffer.from('no brotli'),
	]) {
		const error = await t.throwsAsync(unpackRendered(damaged), {instanceOf: SpeechError});
		t.is(error.code, 'AUDIO_INVALID');
	}
});
