import {once} from 'node:events';
import {PassThrough} from 'node:stream';
import test from 'ava';
import type {TTSTransformOptions} from '../../lib/transform/options.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {collect, readBytes, settle, until} from '../helpers/streams.js';
import {spelled, ToneSynthesizer, unit} from '../helpers/tone.js';

const bytesPerUnit = 2 * unit;

function toneStream(options: TTSTransformOptions = {}): TTSTransform {
	const pauses = {clause: 0, sentence: 0, paragraph: 0};
	return new TTSTransform({synthesizer: new ToneSynthesizer(), pauses, deadline: Infinity, ...options});
}

test('tells what was heard, counting what was read', async t => {
	const stream = toneStream();
	stream.write('One two three. Four five six. ');
	stream.flush();
	await readBytes(stream, 'One two th'.length * bytesPerUnit);
	t.deepEqual(await stream.interrupt(), {
		text: 'One two',
		textEnd: 7,
		samples: 10 * unit,
		ms: (10 * unit) / 16,
	});
	stream.destroy();
});

test('counts what the player says it played', async t => {
	const stream = toneStream();
	stream.write('One two three. Four five six. ');
	stream.flush();
	await readBytes(stream, 'One two three. Four'.length * bytesPerUnit);
	const {text, samples} = await stream.interrupt({playedSamples: 5 * unit});
	t.is(text, 'One');
	t.is(samples, 5 * unit);
	stream.destroy();
});

test('drops the text and audio that wait, and speaks on with what is written then', async t => {
	const stream = toneStream();
	stream.write('Some long sentence that is never heard to its end, since it is cut. ');
	for (let index = 0; index < 20; index++) stream.write(`Dropped ${index}. `);
	await readBytes(stream, 4 * bytesPerUnit);
	await stream.interrupt();
	const words: Array<[string, number, number]> = [];
	stream.on('word', word => words.push([word.word, word.textStart, word.startSample]));
	const before = 68 + 10 * 'Dropped 0. '.length + 10 * 'Dropped 10. '.length;
	stream.end('New words.');
	t.is(spelled(await collect(stream)), 'New words.');
	t.deepEqual(words, [
		['New', before, 4 * unit],
		['words', before + 4, 8 * unit],
	]);
});

test('what was written between two interruptions is dropped too', async t => {
	const stream = toneStream();
	stream.write('First. ');
	void stream.interrupt();
	stream.write('Second. ');
	void stream.interrupt();
	stream.end('Third.');
	t.is(spelled(await collect(stream)), 'Third.');
});

test('stops the engine, and a text that is awaited does not hold it up', async t => {
	const synthesizer = new ToneSynthesizer();
	const held: string[] = [];
	synthesizer.engine.gate = async text => {
		held.push(text);
		if (text.startsWith('Held')) await new Promise(() => {});
	};
	const stream = toneStream({synthesizer});
	stream.write('Held for ever. ');
	stream.flush();
	stream.resume();
	await until(() => held.length > 0);
	await stream.interrupt();
	stream.pause();
	stream.end('Free.');
	t.is(spelled(await collect(stream)), 'Free.');
	t.deepEqual(synthesizer.engine.rendered, ['Free.']);
});

test('a slow pipe gets nothing of what was dropped', async t => {
	const slow = new PassThrough({highWaterMark: 1});
	const stream = toneStream();
	stream.pipe(slow);
	stream.write('One two three four five six seven eight nine ten. ');
	stream.flush();
	await until(() => stream.readableLength > 0);
	const {samples} = await stream.interrupt();
	stream.end('Done.');
	const heard = await collect(slow);
	t.is(heard.length / 2, samples + 5 * unit);
	t.true(spelled(heard).endsWith('Done.'));
});

test('a header that was not read yet is sent again, one read in part is completed', async t => {
	const unread = toneStream({format: 'wav'});
	unread.write('Dropped. ');
	unread.flush();
	await once(unread, 'readable');
	t.is((await unread.interrupt()).samples, 0);
	unread.end('New.');
	t.is((await collect(unread)).length, 44 + 4 * bytesPerUnit);

	const begun = toneStream({format: 'wav'});
	begun.write('Dropped. ');
	begun.flush();
	const start = await readBytes(begun, 10);
	await begun.interrupt();
	begun.end('New.');
	const whole = Buffer.concat([start, await collect(begun)]);
	t.is(whole.length, 44 + 4 * bytesPerUnit);
	t.is(spelled(whole.subarray(44)), 'New.');
});

test('a sample read in part is completed', async t => {
	const stream = toneStream();
	stream.write('Dropped. ');
	stream.flush();
	const start = await readBytes(stream, 2 * bytesPerUnit + 1);
	const {samples} = await stream.interrupt();
	t.is(samples, 2 * unit + 1);
	stream.end('New.');
	const whole = Buffer.concat([start, await collect(stream)]);
	t.is(whole.length, 2 * bytesPerUnit + 2 + 4 * bytesPerUnit);
});

test('after the last text was written, the stream ends', async t => {
	const stream = toneStream();
	stream.end('Never heard to its end. And this not at all.');
	await readBytes(stream, 5 * bytesPerUnit);
	const {text} = await stream.interrupt();
	t.is(text, 'Never');
	t.is((await collect(stream)).length, 0);
});

test('before any text, twice, after the end and after destroy it tells that nothing more was heard', async t => {
	const stream = toneStream();
	const nothing = {text: '', textEnd: 0, samples: 0, ms: 0};
	t.deepEqual(await stream.interrupt(), nothing);
	t.deepEqual(await stream.interrupt(), nothing);
	stream.end('Hello.');
	await collect(stream);
	t.like(await stream.interrupt(), {text: 'Hello.', textEnd: 6, samples: 6 * unit});
	const destroyed = toneStream();
	destroyed.destroy();
	t.deepEqual(await destroyed.interrupt(), nothing);
	await settle();
});

test('what was heard counts from the last interruption', async t => {
	const stream = toneStream();
	stream.write('One two three. ');
	stream.flush();
	await readBytes(stream, 'One tw'.length * bytesPerUnit);
	await stream.interrupt({playedSamples: 4 * unit});
	stream.write('Four five six. ');
	stream.flush();
	await readBytes(stream, 'Four five s'.length * bytesPerUnit);
	t.deepEqual(await stream.interrupt({playedSamples: 9 * unit}), {
		text: 'Four five',
		textEnd: 'One two three. Four five'.length,
		samples: 9 * unit,
		ms: (9 * unit) / 16,
	});
	stream.destroy();
});

test('refuses playedSamples that are no count', async t => {
	for (const playedSamples of [-1, 0.5, Number.NaN, '3' as unknown as number]) {
		await t.throwsAsync(toneStream().interrupt({playedSamples}), {
			code: 'OPTION_INVALID',
			message: /playedSamples/,
		});
	}
});

test('positions go on from what was read when audio waited in a full buffer', async t => {
	const stream = toneStream({readableHighWaterMark: 1});
	stream.write('Hello there. ');
	stream.flush();
	await readBytes(stream, 5 * bytesPerUnit);
	await settle();
	stream.write('Dropped. ');
	await stream.interrupt();
	const words: Array<[string, number, number]> = [];
	stream.on('word', ({word, textStart, startSample}) => words.push([word, textStart, startSample]));
	stream.end('New.');
	t.is(spelled(await collect(stream)), 'New.');
	t.deepEqual(words, [['New', 22, 5 * unit]]);
});

test('tells what was heard of a text that was written at once, however long', async t => {
	const stream = toneStream();
	stream.write('One two three. '.repeat(20_000));
	await readBytes(stream, 16 * bytesPerUnit);
	t.like(await stream.interrupt(), {text: 'One two three. ', textEnd: 15});
	stream.destroy();
});

test('a listener that interrupts and then throws still ends the stream with its error', async t => {
	const stream = toneStream();
	stream.once('word', () => {
		void stream.interrupt();
		throw new Error('listener');
	});
	stream.end('Hello.');
	await t.throwsAsync(collect(stream), {message: 'listener'});
});

test('text without anything to say is no error after an interruption, if something was spoken before', async t => {
	const stream = toneStream();
	stream.write('Hello. ');
	stream.flush();
	await readBytes(stream, bytesPerUnit);
	await stream.interrupt();
	stream.end('™');
	t.is((await collect(stream)).length, 0);
});

test('needs the bytes: setEncoding is refused by name, and speech goes on', async t => {
	const stream = toneStream();
	stream.setEncoding('hex');
	await t.throwsAsync(stream.interrupt(), {code: 'OPTION_INVALID', message: /setEncoding/});
	stream.end('Hi.');
	let hex = '';
	for await (const chunk of stream) hex += chunk;
	t.is(spelled(Buffer.from(hex, 'hex')), 'Hi.');
});
