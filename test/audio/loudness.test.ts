import {execFileSync} from 'node:child_process';
import test from 'ava';
import {integratedLoudness, LoudnessMeter} from '../../lib/audio/loudness.js';
import {toPcm} from '../../lib/audio/samples.js';
import {findFfmpeg} from '../../lib/transcode/ffmpeg.js';

/** As EBU Tech 3341 has its test signals: a sine of 1 kHz with this peak, in dBFS. */
function tone(seconds: number, level: number, rate: number): Float32Array {
	const peak = 10 ** (level / 20);
	return Float32Array.from(
		{length: Math.round(seconds * rate)},
		(_, index) => peak * Math.sin((2 * Math.PI * 1000 * index) / rate),
	);
}

function join(...parts: readonly Float32Array[]): Float32Array {
	const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
	parts.reduce((at, part) => {
		joined.set(part, at);
		return at + part.length;
	}, 0);
	return joined;
}

function byFfmpeg(samples: Float32Array, rate: number): number {
	const args = ['-hide_banner', '-f', 's16le', '-ar', String(rate), '-ac', '1', '-i', 'pipe:0'];
	const told = execFileSync(
		'sh',
		['-c', `"$0" "$@" 2>&1`, findFfmpeg().path, ...args, '-af', 'ebur128', '-f', 'null', '-'],
		{input: toPcm(samples), encoding: 'utf8'},
	);
	return Number(told.match(/Integrated loudness:\s+I:\s+(-?[\d.]+)/)?.[1]);
}

for (const rate of [16_000, 22_050, 24_000, 48_000]) {
	test(`at ${rate} Hz a sine of 1 kHz has the loudness of its mean square`, t => {
		// A channel alone: 3 LU below the two channels of Tech 3341's case 1.
		t.true(Math.abs(integratedLoudness(tone(5, -23, rate), rate) - -26) < 0.1);
	});

	test(`at ${rate} Hz it is what ffmpeg's ebur128 measures, pauses and quiet parts gated`, t => {
		const noise = Float32Array.from({length: rate}, (_, index) => 0.2 * Math.sin(index ** 1.7));
		const quiet = tone(2, -50, rate);
		const samples = join(tone(1, -20, rate), new Float32Array(rate), noise, quiet, tone(1.3, -30, rate));
		const measured = integratedLoudness(samples, rate);
		t.true(Math.abs(measured - byFfmpeg(samples, rate)) <= 0.11, `${measured}`);
	});
}

test('it does not matter how the samples come', t => {
	const samples = tone(3, -18, 24_000);
	const meter = new LoudnessMeter(24_000);
	for (let at = 0; at < samples.length; at += 777) meter.push(samples.subarray(at, at + 777));
	t.is(meter.integrated, integratedLoudness(samples, 24_000));
});

test('silence, and what is too short to be measured, is infinitely quiet', t => {
	t.is(integratedLoudness(new Float32Array(48_000), 24_000), -Infinity);
	t.is(integratedLoudness(tone(0.3, -18, 24_000), 24_000), -Infinity);
	t.is(integratedLoudness(new Float32Array(0), 24_000), -Infinity);
});
