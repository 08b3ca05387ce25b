import {execFileSync} from 'node:child_process';
import test from 'ava';
import {fadeEdges} from '../../lib/audio/edges.js';
import {amplify} from '../../lib/audio/limiter.js';
import {fromPcm, toPcm} from '../../lib/audio/samples.js';
import {ffmpegPath} from '../helpers/ffmpeg.js';
import {goOnIf} from '../helpers/shared.js';
import {sweep} from '../helpers/transcoding.js';

const ceiling = 10 ** (-1.5 / 20);
const sampleRate = 24_000;

/** dBTP, as ffmpeg's ebur128 measures it at four times the rate. */
function truePeak(pcm: Buffer): number {
	const args = ['-hide_banner', '-f', 's16le', '-ar', String(sampleRate), '-ac', '1', '-i', 'pipe:0'];
	const command = `"$0" "$@" -af ebur128=peak=true -f null - 2>&1`;
	const said = execFileSync('sh', ['-c', command, ffmpegPath ?? 'ffmpeg', ...args], {
		input: pcm,
		encoding: 'utf8',
	});
	return Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(said)?.[1]);
}

/** A tone at a quarter of the rate, 45 degrees off: its true peak is 3 dB above its samples. */
function between(level: number): Buffer {
	const samples = Float32Array.from(
		{length: sampleRate},
		(_, index) => level * Math.sin((Math.PI / 2) * index + Math.PI / 4),
	);
	// Utterances begin and end softly, too.
	return toPcm(fadeEdges(samples, {fadeIn: 240, fadeOut: 240}));
}

test('what stays below the ceiling is multiplied, and nothing else', t => {
	const pcm = sweep(1, sampleRate);
	const louder = amplify(pcm, {gain: 2, ceiling, sampleRate});
	t.deepEqual(louder, toPcm(fromPcm(pcm), 2));
	t.deepEqual(amplify(pcm, {gain: 1, ceiling, sampleRate}), pcm);
	t.is(amplify(Buffer.alloc(0), {gain: 2, ceiling, sampleRate}).length, 0);
});

for (const [name, pcm, gain] of [
	['a sweep', sweep(2, sampleRate), 5],
	['peaks between the samples', between(0.7), 1.3],
	['one click', toPcm(Float32Array.from({length: 4800}, (_, index) => (index === 2400 ? 0.9 : 0.01))), 4],
	['full scale all the time', between(0.99), 2],
] as const) {
	test(`no true peak is above -1.5 dBTP: ${name}`, t => {
		if (!goOnIf(t, ffmpegPath, 'there is no ffmpeg to measure with')) return;
		const limited = amplify(pcm, {gain, ceiling, sampleRate});
		t.is(limited.length, pcm.length);
		const peak = truePeak(limited);
		t.true(peak <= -1.5 + 0.05 && peak > -3.5, `${peak} dBTP`);
	});
}

test('a loud word turns down what is near it, not what is far', t => {
	const samples = Float32Array.from({length: 24_000}, (_, index) =>
		Math.abs(index - 12_000) < 50 ? 0.8 : 0.1,
	);
	const limited = fromPcm(amplify(toPcm(samples), {gain: 2, ceiling, sampleRate}));
	t.true(Math.abs((limited[1000] ?? 0) - 0.2) < 0.001);
	t.true(Math.abs((limited[23_000] ?? 0) - 0.2) < 0.001);
	t.true(Math.max(...limited) < ceiling);
	// It moves smoothly.
	const steps = Array.from(limited, (sample, index) => Math.abs(sample - (limited[index - 1] ?? sample)));
	t.true(Math.max(...steps.slice(0, 11_900)) < 0.005);
});
