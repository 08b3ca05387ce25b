import {setTimeout as wait} from 'node:timers/promises';
import test from 'ava';
import type {Synthesizer, TimedWord, UnspokenEvent, UtteranceEvent} from '../../lib/synthesizer.js';
import type {Timeline} from '../../lib/transform/timeline.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {collect} from '../helpers/streams.js';
import {ToneSynthesizer, unit} from '../helpers/tone.js';

const text = 'First come words. Then 日本 comes, then the rest.';

function toneStream(): TTSTransform {
	return new TTSTransform({
		synthesizer: new ToneSynthesizer(),
		pauses: {clause: 0, sentence: 10, paragraph: 0},
	});
}

test('words come in order, with their place in the text and in the audio', async t => {
	const stream = toneStream();
	const words: TimedWord[] = [];
	stream.on('word', word => words.push(word));
	stream.end(text);
	await collect(stream);
	t.deepEqual(
		words.map(({word}) => word),
		['First', 'come', 'words', 'Then', 'comes', 'then', 'the', 'rest'],
	);
	for (const [index, word] of words.entries()) {
		t.is(text.slice(word.textStart, word.textEnd), word.word);
		t.is(word.endSample - word.startSample, word.word.length * unit);
		t.true(word.startSample >= (words[index - 1]?.endSample ?? 0));
		t.is(word.startSeconds, word.startSample / 16_000);
		t.is(word.timing, 'exact');
	}
});

test('a word is told before its audio is readable', async t => {
	const stream = toneStream();
	let read = 0;
	stream.on('word', word => t.true(word.startSample * 2 >= read));
	stream.end(text);
	for await (const chunk of stream) read += chunk.length;
	t.true(read > 0);
});

test('words are an async iterable too, read beside the audio or after it', async t => {
	const stream = toneStream();
	const {words} = stream;
	stream.end(text);
	await collect(stream);
	const read: string[] = [];
	for await (const {word} of words) read.push(word);
	t.is(read.join(' '), 'First come words Then comes then the rest');
	t.deepEqual(await stream.words.next(), {done: true, value: undefined});
});

test('the word track fails with the stream', async t => {
	const stream = toneStream();
	const next = stream.words.next();
	stream.once('error', () => {});
	stream.destroy(new Error('gone'));
	await t.throwsAsync(next, {message: 'gone'});
});

test('words: false asks for none', async t => {
	const stream = new TTSTransform({synthesizer: new ToneSynthesizer(), words: false});
	stream.on('word', () => t.fail());
	stream.end(text);
	t.true((await collect(stream)).length > 0);
});

test('utterances and unspoken ranges cover the text', async t => {
	const stream = toneStream();
	const ranges: Array<UtteranceEvent | UnspokenEvent> = [];
	stream.on('utterance', event => event.endSample !== undefined && ranges.push(event));
	stream.on('unspoken', event => ranges.push(event));
	stream.end(text);
	const samples = (await collect(stream)).length / 2;
	t.is(ranges[0]?.textStart, 0);
	for (const [index, range] of ranges.entries())
		t.is(range.textEnd, ranges[index + 1]?.textStart ?? text.length);
	t.true(ranges.some(range => range.type === 'unspoken' && /Han/.test(range.reason)));
	const last = ranges.findLast(range => range.type === 'utterance');
	t.is(last?.type === 'utterance' && last.endSample, samples);
});

test('the timeline comes once, at the end', async t => {
	const stream = toneStream();
	const timelines: Timeline[] = [];
	stream.on('timeline', timeline => timelines.push(timeline));
	stream.end(text);
	const samples = (await collect(stream)).length / 2;
	t.is(timelines.length, 1);
	const [timeline] = timelines;
	t.is(timeline?.audioSeconds, samples / 16_000);
	t.true((timeline?.firstChunkMs ?? -1) >= 0 && (timeline?.endMs ?? -1) >= (timeline?.firstChunkMs ?? 0));
	t.is(timeline?.realTimeFactor, (timeline?.endMs ?? 0) / 1000 / (samples / 16_000));
});

/** Says each piece of text by 10 ms of audio, `late` ms after it came. */
function lateSynthesizer(late: number): Synthesizer {
	return {
		name: 'late',
		voices: async () => [],
		close: async () => {},
		async *speak(pieces) {
			let [textEnd, position] = [0, 0];
			for await (const piece of pieces) {
				if (typeof piece !== 'string') continue;
				await wait(late);
				const range = {
					type: 'utterance',
					textStart: textEnd,
					textEnd: textEnd + piece.length,
					startSample: position,
				} as const;
				yield range;
				yield {type: 'audio', pcm: Buffer.alloc(320)};
				yield {...range, endSample: position + 160};
				textEnd += piece.length;
				position += 160;
			}
		},
	};
}

async function gapsOf(
	stream: TTSTransform,
	write: () => Promise<void>,
): Promise<Pick<Timeline, 'gaps' | 'gapMs'>> {
	const timelines: Timeline[] = [];
	stream.on('timeline', timeline => timelines.push(timeline));
	const reading = collect(stream);
	await write();
	stream.end();
	await reading;
	const {gaps = Number.NaN, gapMs = Number.NaN} = timelines[0] ?? {};
	return {gaps, gapMs};
}

test('the timeline tells of gaps: when text was there, and no audio', async t => {
	const stream = new TTSTransform({synthesizer: lateSynthesizer(150), sampleRate: 16_000});
	const {gaps, gapMs} = await gapsOf(stream, async () => {
		for (const piece of ['One. ', 'Two. ', 'Three.']) stream.write(piece);
	});
	// The first is no gap: nothing was heard before it.
	t.is(gaps, 2);
	t.true(gapMs >= 2 * 130, `${gapMs}`);
});

test('where there was no text it is no gap', async t => {
	const stream = new TTSTransform({synthesizer: lateSynthesizer(0), sampleRate: 16_000});
	const spoken = () =>
		new Promise<void>(resolve => stream.on('utterance', ({endSample}) => endSample && resolve()));
	let pending = 0;
	const {gapMs} = await gapsOf(stream, async () => {
		for (const piece of ['One. ', 'Two. ']) {
			const [done, written] = [spoken(), performance.now()];
			stream.write(piece);
			await done;
			pending += performance.now() - written;
			await wait(400);
		}
	});
	t.true(gapMs <= pending, `${gapMs} ms of gaps, text waited for ${pending}`);
});

test('a listener that throws ends the stream with its error', async t => {
	const stream = toneStream();
	stream.on('word', () => {
		throw new Error('listener');
	});
	stream.end(text);
	await t.throwsAsync(collect(stream), {message: 'listener'});
});
