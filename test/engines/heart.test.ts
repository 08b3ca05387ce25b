import test from 'ava';
import {createNeural, type NeuralEngine} from '../../lib/engines/neural/neural.js';
import {level, render} from './rendering.js';

const prose =
	'The quick brown fox jumps over the lazy dog. However, on a bright cold day, the clocks were striking thirteen.';

const native = createNeural({runtime: 'native', workers: 2});
test.after.always(() => native.close());

/** Two sentences with a pause between them, as both runtimes must speak them. */
const speaks = test.macro(async (t, engine: NeuralEngine) => {
	t.teardown(() => engine.close());
	const {samples, words, spelled} = await render(engine, 'Hello there. Streams can talk, and files too.');
	t.deepEqual(spelled, ['Hello', 'there', 'Streams', 'can', 'talk', 'and', 'files', 'too']);
	t.true(samples.length > 2 * 24_000 && samples.length < 5 * 24_000, `${samples.length} samples`);
	for (const {startSample, endSample} of words) t.true(level(samples, startSample, endSample) > 0.01);
	const [voice] = await engine.voices();
	const {name, version} = await engine.runtime();
	t.is(voice?.engine, `hibari (${name} ${version})`);
});

test('speaks on the native runtime', speaks, createNeural({runtime: 'native', workers: 1}));
test('speaks on the WASM runtime', speaks, createNeural({runtime: 'wasm', workers: 1}));

test('both runtimes agree on durations within a frame a word, and on loudness', async t => {
	const wasm = createNeural({runtime: 'wasm', workers: 1});
	t.teardown(() => wasm.close());
	const [a, b] = await Promise.all([render(native, prose), render(wasm, prose)]);
	t.deepEqual(a.spelled, b.spelled);
	t.true(Math.abs(a.samples.length - b.samples.length) <= 3 * 600);
	t.true(Math.abs(20 * Math.log10(level(a.samples) / level(b.samples))) < 0.5);
});

test('which runtime is in use can be asked without a voice being loaded', async t => {
	const engine = createNeural({runtime: 'wasm'});
	t.teardown(() => engine.close());
	const expected = (await engine.voices())[0]?.engine;
	const report = await engine.runtime();
	t.is(report.name, 'onnxruntime-web');
	t.is(report.nativeMissing, 'the WASM runtime was asked for');
	t.is(expected, `hibari (${report.name} ${report.version})`);
	t.deepEqual(await native.runtime(), {name: 'onnxruntime-node', version: (await native.runtime()).version});
});

test('words follow each other and lie on sound', async t => {
	const {samples, words, spelled} = await render(native, prose);
	t.deepEqual(spelled, prose.match(/\w+/g));
	let end = 0;
	for (const [index, {startSample, endSample}] of words.entries()) {
		t.true(startSample >= end && endSample > startSample, spelled[index]);
		t.true(level(samples, startSample, endSample) > 0.01, spelled[index]);
		end = endSample;
	}
	t.true(end <= samples.length);
});

/** Where the hiss of an s begins nearest to a position: from there on, differences outweigh the samples themselves. */
function hissNear(samples: Int16Array, position: number): number {
	const window = 120;
	const hisses = (start: number) => {
		const span = samples.subarray(start, start + window);
		const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value ** 2, 0);
		return (
			sum(span) > 1e5 &&
			sum(span.slice(1).map((sample, index) => sample - (span[index] ?? 0))) > 0.7 * sum(span)
		);
	};
	const starts = Array.from({length: 48}, (_, index) => position + (index - 24) * window);
	const onsets = starts.filter(start => hisses(start) && hisses(start + window) && !hisses(start - window));
	return onsets.sort((a, b) => Math.abs(a - position) - Math.abs(b - position))[0] ?? Number.NaN;
}

for (const speed of [0.6, 1, 1.6]) {
	test(`at speed ${speed} words begin with their first sound, within 20 ms`, async t => {
		const text =
			'I saw a silver sea under a summer sun, and heard sixty sailors sing a song about the southern sky.';
		const {samples, words, spelled} = await render(native, text, {speed});
		const late = words
			.filter((_, index) => spelled[index]?.startsWith('s'))
			.map(({startSample}) => Math.abs(hissNear(samples, startSample) - startSample))
			.filter(distance => !Number.isNaN(distance))
			.sort((a, b) => a - b);
		t.true(late.length >= 6);
		t.true((late[late.length >> 1] ?? Number.NaN) <= 480, late.join(' '));
	});
}

test('pauses lie between the words around them', async t => {
	const {samples, words} = await render(native, 'Stop. Please stop.');
	const [first, second] = words;
	const pause = samples.subarray(first?.endSample, second?.startSample);
	t.true(pause.length > 0.03 * 24_000, `${pause.length} samples`);
	t.true(level(pause) < 0.003);
});

test('silence around it is trimmed to 15 ms, and its edges are silent', async t => {
	for (const text of ['Hello there.', 'Stop it!', 'Six.', 'Fish and chips?', 'Please', 'What a nice cat']) {
		const {samples, words} = await render(native, text);
		t.is(words[0]?.startSample, 360, text);
		t.true(level(samples, 0, 240) < 0.002, text);
		t.is(words.at(-1)?.endSample, samples.length - 360, text);
		t.true(Math.abs(samples.at(-1) ?? 0) <= 1, text);
	}
});

test('the same utterance gives the same samples in two workers and beside others', async t => {
	const [one, two] = [createNeural({workers: 1}), createNeural({workers: 1})];
	t.teardown(() => Promise.all([one.close(), two.close()]));
	await render(two, 'Something else comes first.');
	const [a, b, c] = await Promise.all([render(one, prose), render(two, prose), render(two, prose)]);
	t.deepEqual(a.samples, b.samples);
	t.deepEqual(a.samples, c.samples);
	t.deepEqual(a.words, b.words);
});

for (const speed of [0.5, 0.75, 1.5, 2]) {
	test(`speed ${speed} changes the duration by that factor`, async t => {
		const [normal, changed] = await Promise.all([render(native, prose), render(native, prose, {speed})]);
		const factor = normal.samples.length / changed.samples.length;
		t.true(Math.abs(factor / speed - 1) < 0.15, `${factor}`);
		t.deepEqual(changed.spelled, normal.spelled);
		for (const {startSample, endSample} of changed.words)
			t.true(level(changed.samples, startSample, endSample) > 0.005);
	});
}

for (const sampleRate of [8000, 16_000, 44_100, 48_000]) {
	test(`at ${sampleRate} Hz samples and positions keep their place in time`, async t => {
		const [normal, changed] = await Promise.all([render(native, prose), render(native, prose, {sampleRate})]);
		t.is(changed.samples.length, Math.round((normal.samples.length * sampleRate) / 24_000));
		t.deepEqual(
			changed.words.map(({startSample}) => startSample),
			normal.words.map(({startSample}) => Math.round((startSample * sampleRate) / 24_000)),
		);
		t.true(Math.abs(level(changed.samples) / level(normal.samples) - 1) < 0.1);
	});
}

test('what is longer than the model takes is joined from parts, every word in order, without a click', async t => {
	const text = `${'one two three four five six seven eight nine ten eleven twelve, '.repeat(6)}end`;
	const {samples, words, spelled} = await render(native, text);
	t.deepEqual(spelled, text.match(/\w+/g));
	t.true(words.every(({startSample}, index) => startSample >= (words[index - 1]?.endSample ?? 0)));
	const jump = samples.reduce(
		(most, sample, index) => Math.max(most, Math.abs(sample - (samples[index - 1] ?? 0))),
		0,
	);
	const {samples: short} = await render(
		native,
		'one two three four five six seven eight nine ten eleven twelve',
	);
	const usual = short.reduce(
		(most, sample, index) => Math.max(most, Math.abs(sample - (short[index - 1] ?? 0))),
		0,
	);
	t.true(jump < 2 * usual);
});

test('a single word longer than the model takes is spoken whole', async t => {
	const {samples, words} = await render(native, '7'.repeat(60));
	t.is(words.length, 1);
	t.true(samples.length > 15 * 24_000);
	t.true((words[0]?.endSample ?? 0) > samples.length - 960);
});

test('words of no lexicon are guessed', async t => {
	const {spelled, samples} = await render(native, 'Zorblatt frimbled the quizzlewick.');
	t.deepEqual(spelled, ['Zorblatt', 'frimbled', 'the', 'quizzlewick']);
	t.true(samples.length > 24_000);
});

test('nothing to say gives nothing', async t => {
	for (const text of ['', '...', ' ', '\u0000', '\ud800'])
		t.is((await render(native, text)).pieces.length, 0);
});

test('fifty utterances at once all come', async t => {
	const texts = Array.from({length: 50}, (_, index) => `This is number ${index}.`);
	const all = await Promise.all(texts.map(text => render(native, text)));
	for (const {samples, spelled} of all) {
		t.is(spelled.length, 4);
		t.true(samples.length > 12_000);
	}
});

test('an utterance that is aborted while it runs throws the reason, and the engine goes on', async t => {
	const controller = new AbortController();
	const rendering = render(native, prose, {signal: controller.signal});
	setImmediate(() => controller.abort(new Error('enough')));
	await t.throwsAsync(rendering, {message: 'enough'});
	t.true((await render(native, 'Again.')).samples.length > 0);
});

test('a closed engine says so', async t => {
	const engine = createNeural();
	await engine.close();
	await t.throwsAsync(render(engine, 'Hello.'), {code: 'CLOSED'});
});

test('an unknown runtime is refused', t => {
	// @ts-expect-error: not one of the three.
	t.throws(() => createNeural({runtime: 'gpu'}), {code: 'OPTION_INVALID', message: /auto, native or wasm/});
	for (const workers of [0, 1.5, Number.NaN])
		t.throws(() => createNeural({workers}), {code: 'OPTION_INVALID'});
});
