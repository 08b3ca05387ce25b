import {once} from 'node:events';
import {PassThrough, Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import test from 'ava';
import {SpeechError} from '../../lib/errors.js';
import type {SpeechEvent} from '../../lib/synthesizer.js';
import type {TTSTransformOptions} from '../../lib/transform/options.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {collect, settle, until} from '../helpers/streams.js';
import {spelled, ToneSynthesizer, unit} from '../helpers/tone.js';

function toneStream(options: TTSTransformOptions = {}): TTSTransform {
	return new TTSTransform({synthesizer: new ToneSynthesizer(), ...options});
}

for (const [name, value] of [
	['sampleRate', 7999],
	['sampleRate', 48_001],
	['sampleRate', 24_000.5],
	['sampleRate', '24000'],
	['format', 'mp3'],
	['speed', 0],
	['speed', Number.NaN],
	['pitch', '1'],
	['volume', Number.POSITIVE_INFINITY],
	['deadline', -1],
	['firstUtterance', 0],
	['firstUtterance', 1.5],
	['readableHighWaterMark', -1],
	['pauses', {sentence: -1}],
	['voice', 'espeak:de'],
] as const) {
	test(`${name}: ${JSON.stringify(value)} is refused at once`, t => {
		const error = t.throws(() => toneStream({[name]: value}), {
			instanceOf: SpeechError,
			code: 'OPTION_INVALID',
		});
		t.true(error?.message.includes(name === 'format' ? 'mp3' : name));
	});
}

test('text of which nothing can be spoken is an error', async t => {
	for (const text of ['日本語', '…!?', '™', '\u0000\u0007', '\ud800']) {
		const stream = toneStream();
		stream.end(text);
		await t.throwsAsync(collect(stream), {code: 'TEXT_NOT_SPEAKABLE'}, JSON.stringify(text));
	}
});

test('lone surrogates, NUL, emoji and control characters beside words do no harm', async t => {
	const text = 'One \ud800 two \u0000 three 😀 four \u001b[31m five.';
	const stream = toneStream({pauses: {clause: 0, sentence: 0}});
	const words: string[] = [];
	stream.on('word', ({word}) => words.push(word));
	stream.end(text);
	const audio = await collect(stream);
	t.true(audio.length / 2 / unit >= text.length - 1);
	t.deepEqual(words.slice(0, 3), ['One', 'two', 'three']);
});

test('bytes that are not UTF-8 destroy the stream, and say where', async t => {
	const stream = toneStream();
	stream.write('Good. ');
	stream.end(Buffer.from('caf\xe9 au lait', 'latin1'));
	await t.throwsAsync(collect(stream), {code: 'TEXT_INVALID_UTF8'});
	const cut = toneStream();
	cut.end(Buffer.from('é').subarray(0, 1));
	await t.throwsAsync(collect(cut), {code: 'TEXT_INVALID_UTF8'});
	const mixed = toneStream();
	mixed.write(Buffer.from('é').subarray(0, 1));
	mixed.end('é');
	await t.throwsAsync(collect(mixed), {code: 'TEXT_INVALID_UTF8'});
});

test('a synthesizer that fails destroys the stream with its error', async t => {
	const synthesizer = new ToneSynthesizer();
	synthesizer.engine.gate = async () => {
		throw new SpeechError('ENGINE_FAILED', 'no voice today');
	};
	const stream = toneStream({synthesizer});
	stream.end('Hello.');
	await t.throwsAsync(collect(stream), {code: 'ENGINE_FAILED'});
});

test('speech that ends before the text does is an error', async t => {
	const synthesizer = Object.assign(new ToneSynthesizer(), {async *speak(): AsyncGenerator<SpeechEvent> {}});
	const stream = toneStream({synthesizer});
	stream.write('Hello.');
	await t.throwsAsync(collect(stream), {code: 'ENGINE_FAILED', message: /before the text/});
});

test('what is no text destroys the stream, in a pipe too', async t => {
	const stream = toneStream();
	const done = pipeline(Readable.from([{text: 'Hello.'}]), stream, new PassThrough());
	await t.throwsAsync(done, {code: 'TEXT_INVALID', message: /object/});
	for (const chunk of [null, undefined, 5]) {
		const direct = toneStream();
		t.false(direct.write(chunk));
		await t.throwsAsync(collect(direct), {code: 'TEXT_INVALID'});
	}
});

test('abort destroys the stream with an AbortError, at each stage', async t => {
	for (const stage of ['before', 'writing', 'reading'] as const) {
		const controller = new AbortController();
		const synthesizer = new ToneSynthesizer();
		const stream = toneStream({synthesizer, signal: controller.signal});
		const failed = once(stream, 'error');
		if (stage !== 'before') stream.write('One. Two. Three. Four. Five. Six. Seven. ');
		if (stage === 'reading') await once(stream, 'readable');
		controller.abort();
		const [error] = await failed;
		t.is(error.name, 'AbortError');
		t.true(stream.destroyed);
	}
	const aborted = toneStream({signal: AbortSignal.abort()});
	await t.throwsAsync(collect(aborted), {name: 'AbortError'});
});

test('destroy before, during and after stops the engine and calls back', async t => {
	const unused = toneStream();
	unused.destroy();
	await once(unused, 'close');

	const synthesizer = new ToneSynthesizer();
	const during = toneStream({synthesizer});
	during.write('One is here. Two is here. Three is here. Four is here. Five is here. Six is here. Seven. ');
	await once(during, 'readable');
	during.destroy();
	await once(during, 'close');
	const {length} = synthesizer.engine.rendered;
	await settle();
	t.is(synthesizer.engine.rendered.length, length);
	t.true(length < 7);

	const after = toneStream();
	after.end('Done.');
	t.true(spelled(await collect(after)).includes('Done.'));
	after.destroy();
	t.true(after.destroyed);
});

test('await using destroys a stream that is still going', async t => {
	const stream = toneStream();
	stream.write('Hello. ');
	await stream[Symbol.asyncDispose]();
	t.true(stream.closed);
	await stream[Symbol.asyncDispose]();
});

test('a reader that stops holds back the engine, and then the writer', async t => {
	const synthesizer = new ToneSynthesizer();
	const stream = toneStream({synthesizer, readableHighWaterMark: 1024});
	let accepted = 0;
	const sentence = 'This is one more sentence. ';
	const write = (): unknown => stream.write(sentence, () => accepted++) && setImmediate(write);
	write();
	stream.once('readable', () => {});
	await until(() => stream.writableNeedDrain);
	await settle();
	t.true(synthesizer.engine.rendered.length <= 6);
	t.true(accepted < 20);
	t.true(stream.readableLength <= 1024 + 3200);
	stream.destroy();
});

test('10 MB without a space are taken piece by piece', async t => {
	const synthesizer = new ToneSynthesizer();
	const stream = toneStream({synthesizer});
	stream.end('a'.repeat(10_000_000));
	let read = 0;
	for await (const chunk of stream) {
		read += chunk.length;
		if (read > 1_000_000) break;
	}
	t.true(synthesizer.engine.rendered.every(text => text.length <= 300));
	t.true(synthesizer.engine.rendered.length < 40);
});

test('a word track that nobody reads is an error, not a leak', async t => {
	const stream = toneStream({sampleRate: 8000});
	void stream.words;
	stream.end('a '.repeat(100_001));
	await t.throwsAsync(
		async () => {
			for await (const _chunk of stream);
		},
		{code: 'WORDS_UNREAD'},
	);
});

test('a synthesizer that throws at once destroys the stream, whether it is written or read first', async t => {
	const speak = () => {
		throw new Error('at once');
	};
	const written = toneStream({synthesizer: Object.assign(new ToneSynthesizer(), {speak})});
	const failed = once(written, 'error');
	written.write('Hello.');
	t.is((await failed)[0].message, 'at once');
	const read = toneStream({synthesizer: Object.assign(new ToneSynthesizer(), {speak})});
	await t.throwsAsync(collect(read), {message: 'at once'});
});

test('a synthesizer that gives half a sample is an error, not noise', async t => {
	const synthesizer = Object.assign(new ToneSynthesizer(), {
		async *speak(): AsyncGenerator<SpeechEvent> {
			yield {type: 'audio', pcm: Buffer.alloc(3)};
		},
	});
	for (const format of ['pcm_s16le', 'mulaw'] as const) {
		const stream = toneStream({synthesizer, format});
		stream.end('Hello.');
		await t.throwsAsync(collect(stream), {code: 'ENGINE_FAILED', message: /half a sample/});
	}
});

for (const event of ['data', 'timeline', 'utterance'] as const) {
	test(`a listener to ${event} that throws destroys the stream with its error`, async t => {
		const stream = toneStream();
		const failed = once(stream, 'error');
		stream.once(event, () => {
			throw new Error('listener');
		});
		stream.end('Hello.');
		stream.resume();
		t.is((await failed)[0].message, 'listener');
		t.true(stream.destroyed);
	});
}

test('destroy leaves a long text at once', async t => {
	const synthesizer = new ToneSynthesizer();
	let asked = 0;
	synthesizer.engine.gate = async () => {
		asked++;
	};
	const stream = toneStream({synthesizer});
	stream.write('One more sentence. '.repeat(50_000));
	await once(stream, 'readable');
	stream.destroy();
	await once(stream, 'close');
	await settle();
	t.true(asked < 300, `${asked} utterances`);
});
