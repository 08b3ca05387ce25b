import test from 'ava';
import type {TimedWord, UnspokenEvent, UtteranceEvent} from '../../lib/synthesizer.js';
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

test('a listener that throws ends the stream with its error', async t => {
	const stream = toneStream();
	stream.on('word', () => {
		throw new Error('listener');
	});
	stream.end(text);
	await t.throwsAsync(collect(stream), {message: 'listener'});
});
