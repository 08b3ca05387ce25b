import test from 'ava';
import fc from 'fast-check';
import {AudibleDetector} from '../../lib/audio/audible.js';
import {toPcm} from '../../lib/audio/samples.js';

const rate = 8000;
const silence = (ms: number) => new Float32Array((ms * rate) / 1000);
const tone = (ms: number, amplitude = 0.1) =>
	silence(ms).map((_, n) => amplitude * Math.sin((2 * Math.PI * 400 * n) / rate));
const join = (...parts: Float32Array[]) => Buffer.concat(parts.map(part => toPcm(part)));

test('the first of 50 ms above -40 dBFS is found', t => {
	const detector = new AudibleDetector(rate);
	t.is(detector.push(join(silence(120), tone(40))), undefined);
	t.is(detector.push(join(tone(10))), 960);
	t.is(detector.push(join(silence(100))), 960);
});

test('a click and a hum are not audible', t => {
	const detector = new AudibleDetector(rate);
	t.is(
		detector.push(join(silence(50), tone(20, 0.9), silence(10), tone(300, 0.012), silence(20))),
		undefined,
	);
	t.is(detector.push(join(tone(60, 0.016))), 400 * 8);
});

test('the answer does not depend on how the bytes are cut', t => {
	const audio = join(silence(70), tone(30), silence(20), tone(80));
	fc.assert(
		fc.property(fc.array(fc.nat({max: 700}), {maxLength: 40}), cuts => {
			const detector = new AudibleDetector(rate);
			let start = 0;
			for (const cut of cuts) {
				detector.push(audio.subarray(start, start + cut));
				start = Math.min(audio.length, start + cut);
			}
			t.is(detector.push(audio.subarray(start)), 120 * 8);
		}),
	);
});
