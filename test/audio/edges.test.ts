import test from 'ava';
import {fadeEdges, keepEdge, silentLead, silentTail, trimSilence} from '../../lib/audio/edges.js';

const ones = (length: number) => new Float32Array(length).fill(1);

test('a fade rises from nothing and falls to nothing, and leaves the middle alone', t => {
	const faded = fadeEdges(ones(20), {fadeIn: 4, fadeOut: 8});
	t.is(faded[0], 0);
	t.is(faded[2], 0.5);
	t.deepEqual([...faded.subarray(4, 12)], new Array(8).fill(1));
	t.is(faded[15], 0.5);
	t.is(faded[19], 0);
	t.true((faded[1] ?? 1) < 0.25 && (faded[3] ?? 0) > 0.75);
});

test('audio shorter than its fades stays in bounds', t => {
	const faded = fadeEdges(ones(3), {fadeIn: 10, fadeOut: 10});
	t.is(faded.length, 3);
	t.true(faded.every(sample => sample >= 0 && sample < 1));
	t.is(fadeEdges(ones(0), {fadeIn: 10, fadeOut: 10}).length, 0);
});

test('no fade changes nothing', t => {
	t.deepEqual(fadeEdges(ones(3), {fadeIn: 0, fadeOut: 0}), ones(3));
});

test('known silence is cut down to what is kept', t => {
	const samples = Float32Array.from({length: 1000}, (_, n) => n);
	const trimmed = trimSilence(samples, {lead: 400, tail: 300, keep: keepEdge(8000)});
	t.is(trimmed.start, 400 - 120);
	t.is(trimmed.samples[0], 280);
	t.is(trimmed.samples.at(-1), 999 - 300 + 120);
});

test('less silence than is kept stays; more than there is leaves nothing', t => {
	t.deepEqual(trimSilence(ones(10), {lead: 3, tail: 2, keep: 5}), {samples: ones(10), start: 0});
	t.deepEqual(trimSilence(ones(10), {lead: 10, tail: 10, keep: 0}), {samples: ones(0), start: 10});
	t.deepEqual(trimSilence(ones(10), {lead: 50, tail: 0, keep: 0}), {samples: ones(0), start: 10});
});

test('silence is measured by level', t => {
	const samples = Float32Array.of(0, 0.001, -0.5, 0.2, 0.01, 0);
	t.is(silentLead(samples, 0.005), 2);
	t.is(silentTail(samples, 0.005), 1);
	t.is(silentLead(ones(4), 2), 4);
	t.is(silentTail(ones(4), 2), 4);
});
