import {once} from 'node:events';
import stream, {Duplex, PassThrough, Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {pipeline} from 'node:stream/promises';
import test from 'ava';
import fc from 'fast-check';
import type {TTSTransformOptions} from '../../lib/transform/options.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {collect} from '../helpers/streams.js';
import {spelled, ToneSynthesizer, unit} from '../helpers/tone.js';

const noPauses = {clause: 0, sentence: 0, paragraph: 0};

function toneStream(options: TTSTransformOptions = {}): TTSTransform {
	return new TTSTransform({synthesizer: new ToneSynthesizer(), pauses: noPauses, ...options});
}

const text = 'Streams can talk. They say all that was written, and nothing else!\n\nEven 日本 is named.';

test('everything written is read as audio, in order', async t => {
	const stream = toneStream();
	stream.end('One. Two, three. Four');
	t.is(spelled(await collect(stream)), 'One. Two, three. Four');
});

test('tokens piped from a Readable give the same audio as the whole text', async t => {
	const tokens = text.match(/.{1,4}/gs) ?? [];
	const whole = toneStream({deadline: Infinity});
	whole.end(text);
	t.deepEqual(
		await collect(Readable.from(tokens).pipe(toneStream({deadline: Infinity}))),
		await collect(whole),
	);
});

test('UTF-8 split anywhere is the same text', async t => {
	const source = Buffer.from('Zoë’s naïve café — 日本 😀 done.');
	const whole = toneStream({deadline: Infinity});
	whole.end(source);
	const expected = await collect(whole);
	const splits = fc.asyncProperty(fc.array(fc.nat(source.length), {maxLength: 8}), async cuts => {
		const stream = toneStream({deadline: Infinity});
		const places = [0, ...cuts.toSorted((a, b) => a - b), source.length];
		for (const [index, place] of places.slice(1).entries())
			stream.write(source.subarray(places[index], place));
		stream.end();
		return expected.equals(await collect(stream));
	});
	await t.notThrowsAsync(fc.assert(splits, {numRuns: 50}));
});

test('strings in hex and base64 spell bytes', async t => {
	const stream = toneStream();
	stream.write(Buffer.from('One ').toString('base64'), 'base64');
	stream.write('two ', 'latin1');
	stream.end(Buffer.from('three.').toString('hex'), 'hex');
	t.is(spelled(await collect(stream)), 'One two three.');
});

test('chunks hold whole samples, a tenth of a second at most', async t => {
	const stream = toneStream({sampleRate: 16_000});
	stream.end('A sentence that is long enough to make several chunks of audio.');
	stream.on('data', chunk => {
		t.is(chunk.length % 2, 0);
		t.true(chunk.length <= 3200);
	});
	await once(stream, 'end');
});

for (const [format, header, bytes] of [
	['pcm_s16le', 0, 2],
	['pcm_f32le', 0, 4],
	['mulaw', 0, 1],
	['alaw', 0, 1],
	['wav', 44, 2],
	['wav:mulaw', 58, 1],
	['wav:alaw', 58, 1],
	['wav:pcm_f32le', 58, 4],
] as const) {
	test(`${format} has ${bytes} bytes a sample after a header of ${header}`, async t => {
		const stream = toneStream({format});
		t.is(stream.format, format);
		stream.end('Hello');
		const audio = await collect(stream);
		t.is(audio.length, header + 5 * unit * bytes);
		t.is(audio.toString('latin1', 0, 4) === 'RIFF', header > 0);
	});
}

test('the sample rate is known before any audio: as asked for, else the voice’s own', t => {
	t.is(toneStream().sampleRate, 16_000);
	t.is(toneStream({sampleRate: 8000}).sampleRate, 8000);
	const synthesizer = Object.assign(new ToneSynthesizer(), {nativeRate: () => undefined});
	t.is(toneStream({synthesizer}).sampleRate, 24_000);
});

test('works in pipeline and compose of node:stream', async t => {
	const sink = new PassThrough();
	const heard = buffer(sink);
	await pipeline(Readable.from(['Hello', ' there.']), toneStream(), sink);
	t.is(spelled(await heard), 'Hello there.');
	// Types lack it: https://nodejs.org/docs/latest-v20.x/api/stream.html#streamcomposestreams
	const {compose} = stream as unknown as {compose: (...streams: Duplex[]) => Duplex};
	const composed = compose(toneStream(), new PassThrough());
	composed.end('Composed.');
	t.is(spelled(await collect(composed)), 'Composed.');
});

test('works as a pair of web streams', async t => {
	const {readable, writable} = Duplex.toWeb(toneStream());
	const writer = writable.getWriter();
	const writing = writer.write('To the web.').then(() => writer.close());
	const chunks: Buffer[] = [];
	for await (const chunk of readable) chunks.push(Buffer.from(chunk));
	await writing;
	t.is(spelled(Buffer.concat(chunks)), 'To the web.');
});

test('takes text from a web stream', async t => {
	const web = new ReadableStream<string>({
		start(controller) {
			controller.enqueue('From the web.');
			controller.close();
		},
	});
	t.is(spelled(await collect(Readable.fromWeb(web as never).pipe(toneStream()))), 'From the web.');
});

test('ends without audio, not even a header, when no text is written', async t => {
	for (const format of ['pcm_s16le', 'wav'] as const) {
		const stream = toneStream({format});
		stream.end();
		t.is((await collect(stream)).length, 0);
	}
	const blank = toneStream();
	blank.end(' \n ');
	t.is((await collect(blank)).length, 0);
});

test('flush speaks what waits and leaves the stream open', async t => {
	const stream = toneStream({deadline: Infinity});
	stream.write('not yet a sentence');
	stream.flush();
	const [first] = await once(stream, 'data');
	t.true(spelled(first).startsWith('not'));
	stream.end(' and the rest');
	t.true(spelled(await collect(stream)).endsWith(' and the rest'));
});

test('flush before any text and after the end does nothing', async t => {
	const stream = toneStream();
	stream.flush();
	stream.end('Still here.');
	stream.flush();
	t.is(spelled(await collect(stream)), 'Still here.');
	stream.flush();
});

test('a complete sentence does not wait for more text for ever', async t => {
	const stream = toneStream({deadline: 5});
	stream.write('One sentence.');
	const [first] = await once(stream, 'data');
	t.true(spelled(first).startsWith('One'));
	stream.destroy();
});
