import test from 'ava';
import {createEspeak} from '../../lib/engines/espeak/espeak.js';
import {level, render} from './rendering.js';

const engine = createEspeak({workers: 2});
test.after.always(() => engine.close());
const prose = 'Hello there, curly world. It costs five dollars.';

/** The fundamental of a vowel, in Hz, by the highest peak of its autocorrelation. */
function fundamental(samples: Int16Array): number {
	const span = Float64Array.from(samples.subarray(3000, 5205));
	let best = {sum: 0, lag: 1};
	for (let lag = 60; lag < 500; lag++) {
		const sum =
			span.subarray(lag).reduce((total, sample, index) => total + sample * (span[index] ?? 0), 0) /
			(span.length - lag);
		if (sum > best.sum) best = {sum, lag};
	}
	return 22_050 / best.lag;
}

test('speaks with exact words that lie on sound', async t => {
	const {samples, words, spelled} = await render(engine, prose, {voiceId: 'espeak:en-us'});
	t.deepEqual(spelled, prose.match(/\w+/g));
	let end = 0;
	for (const {startSample, endSample} of words) {
		t.true(startSample >= end && endSample > startSample);
		t.true(level(samples, startSample, endSample) > 0.01);
		end = endSample;
	}
	t.true(end <= samples.length);
});

test('gives pieces as they are made, each word with or before the piece that holds its start', async t => {
	const {pieces} = await render(engine, prose, {voiceId: 'espeak:en-us', sampleRate: 48_000});
	t.true(pieces.length > 4);
	let given = 0;
	for (const {pcm, words} of pieces) {
		for (const {startSample} of words) t.true(startSample >= given);
		given += pcm.length / 2;
	}
});

test('the same utterance gives the same samples in any worker and after any other', async t => {
	const [one, two] = [createEspeak({workers: 1}), createEspeak({workers: 1})];
	t.teardown(() => Promise.all([one.close(), two.close()]));
	const first = await render(one, prose, {voiceId: 'espeak:en-us'});
	await render(two, '一二三', {voiceId: 'espeak:cmn+croak', speed: 2, pitch: 1.5});
	await render(two, `${'A long one, for it grows what it remembers. '.repeat(10)}`, {
		voiceId: 'espeak:fr',
		speed: 2.4,
	});
	// Its dictionary makes eSpeak NG's memory grow.
	const russian = await render(two, 'Добрый день.', {voiceId: 'espeak:ru'});
	const second = await render(two, prose, {voiceId: 'espeak:en-us'});
	t.deepEqual(first.samples, second.samples);
	t.deepEqual(first.words, second.words);
	t.deepEqual((await render(two, 'Добрый день.', {voiceId: 'espeak:ru'})).samples, russian.samples);
	t.deepEqual((await render(one, prose, {voiceId: 'espeak:en-us'})).samples, first.samples);
});

test('whoever listens to none of it meanwhile gets it in one piece, sample for sample the same', async t => {
	const options = {voiceId: 'espeak:en-us', sampleRate: 48_000};
	const [inPieces, whole] = [
		await render(engine, prose, options),
		await render(engine, prose, {...options, whole: true}),
	];
	t.is(whole.pieces.length, 1);
	t.deepEqual(whole.samples, inPieces.samples);
	t.deepEqual(whole.words, inPieces.words);
});

test('an utterance given up midway leaves no trace in the next', async t => {
	const one = createEspeak({workers: 1});
	t.teardown(() => one.close());
	const before = await render(one, prose, {voiceId: 'espeak:en-us'});
	const voice = one.voice({voiceId: 'espeak:de'});
	if (!voice) return t.fail();
	const long = {
		text: 'Eins, zwei, drei. '.repeat(25),
		voice,
		sampleRate: 22_050,
		speed: 0.5,
		pitch: 1,
		volume: 1,
	};
	for await (const {pcm} of one.render(long, {deadline: 0})) if (pcm.length > 0) break;
	t.deepEqual((await render(one, prose, {voiceId: 'espeak:en-us'})).samples, before.samples);
});

for (const speed of [0.5, 0.75, 1.5, 2.4]) {
	test(`speed ${speed} changes the duration by that factor`, async t => {
		const text =
			'When in the course of human events it becomes necessary for one people to dissolve the political bands.';
		const [normal, changed] = await Promise.all([
			render(engine, text, {voiceId: 'espeak:en-us'}),
			render(engine, text, {voiceId: 'espeak:en-us', speed}),
		]);
		t.true(Math.abs(normal.samples.length / changed.samples.length / speed - 1) < 0.1);
	});
}

for (const pitch of [0.65, 0.8, 1.3, 1.65]) {
	test(`pitch ${pitch} moves the fundamental by that factor`, async t => {
		const [normal, changed] = await Promise.all([
			render(engine, 'ah ah ah', {voiceId: 'espeak:en-us'}),
			render(engine, 'ah ah ah', {voiceId: 'espeak:en-us', pitch}),
		]);
		t.true(Math.abs(fundamental(changed.samples) / fundamental(normal.samples) / pitch - 1) < 0.08);
	});
}

test('volume changes the amplitude by that factor', async t => {
	const normal = await render(engine, prose, {voiceId: 'espeak:en-us'});
	for (const volume of [0, 0.5, 1.4]) {
		const changed = await render(engine, prose, {voiceId: 'espeak:en-us', volume});
		t.is(changed.samples.length, normal.samples.length);
		t.true(Math.abs(level(changed.samples) / level(normal.samples) - volume) < 0.01);
	}
});

for (const sampleRate of [8000, 48_000]) {
	test(`at ${sampleRate} Hz samples and positions keep their place in time`, async t => {
		const normal = await render(engine, prose, {voiceId: 'espeak:en-us'});
		const changed = await render(engine, prose, {voiceId: 'espeak:en-us', sampleRate});
		t.is(changed.samples.length, Math.round((normal.samples.length * sampleRate) / 22_050));
		t.deepEqual(
			changed.words.map(({endSample}) => endSample),
			normal.words.map(({endSample}) => Math.round((endSample * sampleRate) / 22_050)),
		);
	});
}

const words = test.macro(async (t, text: string, expected: readonly string[], voiceId?: string) => {
	t.deepEqual((await render(engine, text, {voiceId: voiceId ?? 'espeak:en-us'})).spelled, expected);
});

test('words in curly quotes', words, 'Say “hello” and ‘bye’.', ['Say', 'hello', 'and', 'bye']);
test('emoji', words, 'Well 😀 done', ['Well', '😀', 'done']);
test('prices and percent', words, 'It is $5 or 50% off', ['It', 'is', '$5', 'or', '50%', 'off']);
test('behind a full stop that ends nothing', words, 'He left. she stayed. go', [
	'He',
	'left',
	'she',
	'stayed',
	'go',
]);
test('words that are run together', words, 'half of the house. Not once, not at all', [
	'half',
	'of the',
	'house',
	'Not',
	'once',
	'not',
	'at',
	'all',
]);
test('compounds', words, 'A dog-eared e-mail to jack-o’-lantern, 5-6', [
	'A',
	'dog-eared',
	'e-mail',
	'to',
	'jack-o’-lantern',
	'5',
	'6',
]);
test('apostrophes', words, 'don’t it’s', ['don’t', 'it’s']);
test('Chinese', words, '你好世界', ['你好', '世界'], 'espeak:cmn');
test('Arabic', words, 'مرحبا كيف', ['مرحبا', 'كيف'], 'espeak:ar');
test('tags are text', words, 'a <b>bold</b> word', ['a', 'b', 'bold', 'b', 'word']);
test('entities are text', words, 'this &lt; that', ['this', 'lt', 'that']);
test('brackets are text', words, 'the [[h@l]] thing', ['the', 'h', 'l', 'thing']);
test('control characters do not end it', words, 'one\u0000two \u0001three \ud800 four', [
	'one',
	'two',
	'three',
	'four',
]);

test('nothing to say gives nothing', async t => {
	for (const text of ['', '...', ' ', '\u0000', '\ud800']) {
		t.is((await render(engine, text, {voiceId: 'espeak:en-us'})).pieces.length, 0, JSON.stringify(text));
	}
});

test('all kinds of variants speak, equally loud within 6 dB of level', async t => {
	const levels = ['', '+f3', '+m7', '+klatt2', '+Jacky', '+Mr serious'].map(async variant => {
		const {samples} = await render(engine, prose, {voiceId: `espeak:en-us${variant}`});
		return 20 * Math.log10(level(samples));
	});
	const found = await Promise.all(levels);
	t.true(Math.max(...found) - Math.min(...found) < 6, found.join(' '));
});

test('edges are trimmed to 15 ms and silent', async t => {
	for (const text of ['Hello there.', 'Stop it!', 'What a nice cat']) {
		const {samples, words} = await render(engine, text, {voiceId: 'espeak:en-us'});
		t.true((words[0]?.startSample ?? 0) <= 331, text);
		t.true(samples.length - (words.at(-1)?.endSample ?? 0) <= 332, text);
		t.true(Math.abs(samples[0] ?? 0) + Math.abs(samples.at(-1) ?? 0) <= 1, text);
	}
});

test('its last sound fades out, where eSpeak NG breaks off within it', async t => {
	for (const text of ['Yes.', 'A quote: "Really?"', 'through the glass doors.']) {
		const {samples} = await render(engine, text, {voiceId: 'espeak:en-gb'});
		// -60 dB: what a silence of its own counts as.
		t.true(Math.abs(samples[samples.findLastIndex(sample => sample !== 0)] ?? 0) <= 33, text);
	}
});

test('voices are listed, with what they allow', async t => {
	const voices = await engine.voices();
	t.true(voices.length >= 100);
	t.like(
		voices.find(({id}) => id === 'espeak:de'),
		{
			name: 'German',
			language: 'de',
			licence: 'GPL-3.0-or-later',
			nativeRate: 22_050,
			wordTimes: 'exact',
		},
	);
});

test('it reads the scripts of the language, and Latin', t => {
	const scripts = (language: string) => {
		const voice = engine.voice({language});
		return voice && engine.scripts(voice);
	};
	t.deepEqual(scripts('ru'), ['Cyrillic', 'Latin']);
	t.deepEqual(scripts('zh'), ['Han', 'Bopomofo', 'Latin']);
	t.deepEqual(scripts('ja'), ['Hiragana', 'Katakana', 'Latin']);
});
