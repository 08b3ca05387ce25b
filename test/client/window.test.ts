import {once} from 'node:events';
import test from 'ava';
import {Pace, Window, type WindowOptions} from '../../lib/client/window.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {inPieces, remote, remoteTone, speakAll} from '../helpers/remote.js';
import {scriptedServer, simpleScript} from '../helpers/scripted-server.js';
import {collect, settle, until} from '../helpers/streams.js';
import {spelled} from '../helpers/tone.js';

const sampleRate = 1000;

function windowOf(options: Partial<WindowOptions> = {}): Window {
	return new Window({seconds: 10, sampleRate, language: 'en', unread: () => 0, pace: new Pace(), ...options});
}

test('while it is open text passes as it comes, in the middle of a word too', t => {
	const window = windowOf();
	for (const [token, sent] of [
		['Hel', 3],
		['lo. The', 10],
		['re', 12],
	] as const) {
		window.push(token);
		t.is(window.pass(), sent);
	}
});

test('it closes where an utterance ends, once as much is on its way as it holds', t => {
	const window = windowOf({seconds: 2});
	const sentence = 'This is a sentence of thirty-six. ';
	window.push(sentence.repeat(5));
	// Two seconds are thirty characters: but two utterances are always on their way.
	t.is(window.pass(), 2 * sentence.length);
	window.arrived(2000);
	window.spoken(sentence.length);
	t.is(window.pass(), 3 * sentence.length);
});

test('a sentence that has begun passes whole, however little room there is', t => {
	let unread = 0;
	const window = windowOf({unread: () => unread});
	window.push('A sentence that goes on ');
	window.pass();
	unread = 1_000_000;
	window.push('and on, and on');
	t.is(window.pass(), 38);
	window.push(' to its end. Another');
	t.is(window.pass(), 51);
	unread = 0;
	t.is(window.pass(), 58);
});

test('nothing passes while the reader has as much unread as it holds', t => {
	let unread = 10_000;
	const window = windowOf({unread: () => unread});
	window.push('One. Two');
	t.is(window.pass(), 0);
	unread = 9000;
	t.is(window.pass(), 8);
});

test('what the text takes to say is corrected by what came', t => {
	const pace = new Pace();
	const slow = windowOf({pace, seconds: 60});
	slow.push('a'.repeat(1000));
	slow.pass();
	slow.arrived(1_000_000);
	slow.spoken(1000);
	t.true(pace.secondsPerUnit > 0.8);
	const window = windowOf({pace});
	window.push('Twelve units. '.repeat(10));
	t.is(window.pass(), 28);
});

test('text without any end of a sentence passes in pieces of a bounded length', t => {
	const window = windowOf({seconds: 1});
	window.push('word '.repeat(1000));
	t.true(window.pass() <= 800);
});

test('a reader that has had everything gets more, even if the server never said that it spoke', t => {
	const window = windowOf({seconds: 1});
	window.push('This is a sentence. '.repeat(6));
	t.is(window.pass(), 40);
	t.is(window.pass(), 40);
	window.starved();
	t.is(window.pass(), 80);
});

test('a stalled reader holds its window, and its neighbours on the socket run on', async t => {
	const {synthesizer, engine} = await remoteTone(t, {window: 2});
	const sentence = 'This is one more sentence. ';
	const stalled = new TTSTransform({synthesizer, readableHighWaterMark: 1024});
	let accepted = 0;
	const write = (): unknown => stalled.write(sentence, () => accepted++) && setImmediate(write);
	write();
	stalled.once('readable', () => {});
	await until(() => stalled.writableNeedDrain);
	await settle();
	const neighbour = sentence.repeat(40);
	t.is(spelled((await speakAll(synthesizer, neighbour)).pcm).length, neighbour.length);
	// Two seconds at 16 kHz are 320 characters, twelve sentences; a few more are on their way or with the stream.
	const held = engine.rendered.length - 40;
	t.true(held <= 17, `${held} utterances`);
	t.true(accepted <= 17);
	stalled.destroy();
	await once(stalled, 'close');
});

test('a reader that was stalled gets everything once it reads', async t => {
	const {synthesizer} = await remoteTone(t, {window: 1});
	const text = 'This is one more sentence. '.repeat(30);
	const stream = new TTSTransform({synthesizer, sampleRate: 16_000});
	stream.end(text);
	await once(stream, 'readable');
	const start: Buffer = stream.read();
	await settle();
	t.is(spelled(Buffer.concat([start, await collect(stream)])), text);
});

test('a pause of the reader makes no sentence of half a one', async t => {
	const {synthesizer} = await remoteTone(t, {window: 0.1});
	const words = 'one two three four five six seven eight nine ten. '.repeat(4).split(/(?<= )/);
	const {ranges} = await speakAll(synthesizer, inPieces(words));
	t.true(ranges.every(({textEnd}) => textEnd % 50 === 0));
});

test('a server that names neither ranges nor words is fed all the same', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const text = 'This is one more sentence. '.repeat(12);
	const {pcm} = await speakAll(remote(t, {url: server.url, window: 3}), text);
	t.is(pcm.length, text.length * 200);
});
