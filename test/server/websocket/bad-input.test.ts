import {connect} from 'node:net';
import test from 'ava';
import {SpeechError} from '../../../lib/errors.js';
import type {InputMessage} from '../../../lib/wire/messages.js';
import {settle} from '../../helpers/streams.js';
import {spelled, ToneSynthesizer} from '../../helpers/tone.js';
import {running, WireClient} from '../../helpers/wire-client.js';

const first = {voiceId: 'tone', sampleRate: 16_000};

/** A synthesizer that refuses a voice, as the ones of this machine do. */
class Choosy extends ToneSynthesizer {
	override speak(...[text, options]: Parameters<ToneSynthesizer['speak']>) {
		if (options.voiceId === 'tone') return super.speak(text, options);
		throw new SpeechError('VOICE_UNKNOWN', `There is no voice ${options.voiceId}.`);
	}
}

for (const frame of ['{', '', 'hello', '[]', 'null', '5', '"text"', '[{"generationId": "g"}]']) {
	test(`no JSON object: ${frame || 'nothing'}`, async t => {
		const {url} = await running(t);
		const client = await WireClient.open(t, url);
		client.sendRaw(frame);
		const [error = ''] = await client.errors(1);
		t.regex(error, /^invalid_message: a message must be one JSON object, but it is /);
		client.send({generationId: 'g', ...first, text: 'Hi.', finalText: true});
		t.is((await client.heard('g')).end, 'finished');
	});
}

for (const [field, values] of [
	['contextId', [5, null, 'x'.repeat(200)]],
	['items', [5, []]],
	['description', [true]],
	['voiceId', [5, {}, null]],
	['text', [5, null, ['Hi.']]],
	['finalText', ['true', 1, null]],
	['cancel', ['false', 0]],
	['sampleRate', [7999, 48_001, 24_000.5, '24000', null, -1]],
	['addWordTimestamps', ['yes', 1]],
	['voiceOptionValues', [{}, 'speed', [5], [{optionId: 'speed'}], [{optionId: 'speed', value: '2'}]]],
	['positions', ['yes']],
	['firstUtterance', [0, 1.5, '7']],
] as const) {
	for (const value of values) {
		test(`the error names the field: ${field} ${JSON.stringify(value).slice(0, 30)}`, async t => {
			const {url} = await running(t);
			const client = await WireClient.open(t, url);
			client.sendRaw(
				JSON.stringify({generationId: 'g', ...first, text: 'Hi.', finalText: true, [field]: value}),
			);
			const {end, pcm} = await client.heard('g');
			t.true(end.startsWith('invalid_message: ') && end.includes(field), end);
			t.is(pcm.length, 0);
		});
	}
}

for (const [name, message] of [
	['missing', {text: 'Hi.', voiceId: 'tone'}],
	['empty', {generationId: '', text: 'Hi.', voiceId: 'tone'}],
	['a number', {generationId: 7, text: 'Hi.', voiceId: 'tone'}],
	['200 characters', {generationId: 'x'.repeat(200), text: 'Hi.', voiceId: 'tone'}],
] as const) {
	test(`generationId: ${name}`, async t => {
		const {url} = await running(t);
		const client = await WireClient.open(t, url);
		client.sendRaw(JSON.stringify(message));
		t.regex((await client.errors(1))[0] ?? '', /^invalid_message: generationId is /);
	});
}

test('a value nested 100,000 deep is told like any other that is wrong', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	const wrong = /^invalid_message: text is (\[|\{"a":)+.*…; it must be a string$/;
	for (const [id, open, close] of [
		['list', '[', ']'],
		['object', '{"a":', '}'],
	] as const) {
		client.sendRaw(`{"generationId":"${id}","text":${open.repeat(100_000)}1${close.repeat(100_000)}}`);
		t.regex((await client.heard(id)).end, wrong);
	}
	client.send({generationId: 'after', voiceId: 'tone', text: 'Hi.', finalText: true});
	t.is((await client.heard('after')).end, 'finished');
});

test('a __proto__ key is as good as any unknown one', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.sendRaw(
		'{"generationId": "__proto__", "voiceId": "tone", "text": "Hi.", "finalText": true, "constructor": 1}',
	);
	t.is((await client.heard('__proto__')).end, 'finished');
	client.sendRaw('{"generationId": "g", "text": "Hi.", "finalText": true, "__proto__": {"voiceId": "tone"}}');
	t.regex((await client.heard('g')).end, /^voice_missing: /);
	t.is(({} as {voiceId?: string}).voiceId, undefined);
});

test('a missing voice, and an unknown one', async t => {
	const {url} = await running(t, {synthesizer: new Choosy()});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'a', text: 'Hi.', finalText: true});
	client.send({generationId: 'b', voiceId: 'hart', text: 'Hi.', finalText: true});
	t.regex((await client.heard('a')).end, /^voice_missing: voiceId is missing/);
	t.is((await client.heard('b')).end, 'voice_unknown: There is no voice hart.');
});

test('a later message may repeat the voice, not change it', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: 'Hi'});
	client.send({generationId: 'g', ...first, text: ' there.'});
	client.send({generationId: 'g', ...first, voiceId: 'other', text: ' More.'});
	t.regex((await client.heard('g')).end, /^voice_changed: voiceId is "other"/);
});

test('text after finalText is an error while the generation runs; nothing to say is not', async t => {
	const {url, synthesizer} = await running(t);
	const client = await WireClient.open(t, url);
	let release = () => {};
	synthesizer.engine.gate = () => new Promise(resolve => (release = resolve));
	client.send({generationId: 'g', ...first, text: 'Hi.', finalText: true});
	client.send({generationId: 'g', text: ' ', finalText: true});
	client.send({generationId: 'ok', ...first, text: 'Hi.', finalText: true});
	client.send({generationId: 'g', text: 'More.'});
	t.regex((await client.heard('g')).end, /^text_after_final: /);
	await settle();
	release();
	t.is((await client.heard('ok')).end, 'finished');
});

test('what is wrong with one generation touches no other', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'good', ...first, text: 'This goes'});
	client.sendRaw('{"generationId": "bad", "voiceId": 5}');
	client.sendRaw('{');
	client.send({generationId: 'good', text: ' on.', finalText: true});
	t.is(spelled((await client.heard('good')).pcm), 'This goes on.');
});

test('after an error, tokens in flight don’t open the generation anew; finalText or cancel lets it be used again', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	for (const last of [{finalText: true}, {cancel: true}]) {
		const before = client.messages.length;
		client.sendRaw(JSON.stringify({generationId: 'g', ...first, text: 'One.', sampleRate: 5}));
		for (const text of ['Two.', 'Three.']) client.send({generationId: 'g', ...first, text});
		client.sendRaw('{"generationId": "g", "text": 5}');
		client.send({generationId: 'g', ...first, text: 'Four.', ...last});
		await client.settled();
		const answers = client.messages.slice(before).filter(({generationId}) => generationId === 'g');
		t.deepEqual(
			answers.map(({type}) => type),
			['error'],
		);
		client.send({generationId: 'g', ...first, text: 'Five.', finalText: true});
		const ends = client.messages.filter(
			({type, generationId}) => generationId === 'g' && type !== 'chunk',
		).length;
		t.is(spelled((await client.heard('g', ends + 1)).pcm), 'Five.');
	}
});

test('an engine that fails ends its generation with an error that tells nothing of its insides', async t => {
	const {url, synthesizer} = await running(t);
	const client = await WireClient.open(t, url);
	synthesizer.engine.gate = async text => {
		if (text.startsWith('Known')) throw new SpeechError('DATA_MISSING', '/srv/secret is missing');
		if (text.startsWith('Unforeseen')) throw new TypeError('/srv/secret is undefined');
	};
	for (const id of ['Known', 'Unforeseen', 'Fine'])
		client.send({generationId: id, ...first, text: `${id} text.`, finalText: true});
	const ends = await Promise.all(['Known', 'Unforeseen', 'Fine'].map(id => client.heard(id)));
	t.regex(ends[0]?.end ?? '', /^engine_failed: /);
	t.regex(ends[1]?.end ?? '', /^internal: /);
	t.is(ends[2]?.end, 'finished');
	t.false(JSON.stringify(client.messages).includes('/srv'));
});

test('text that nobody can speak is an error, not silence', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: 'Привет, мир.', finalText: true});
	t.regex((await client.heard('g')).end, /^text_not_speakable: /);
});

test('a binary frame closes the socket with 1003', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.sendRaw(Buffer.from('{"generationId": "g"}'));
	t.like(await client.closed(), {code: 1003});
});

test('a frame of 2 MB closes the socket with 1009', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.sendRaw(JSON.stringify({generationId: 'g', ...first, text: 'x'.repeat(2_000_000)}));
	t.like(await client.closed(), {code: 1009});
});

test('20 undecodable frames in a row close the socket with 4400; others between them start the count anew', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	for (let index = 0; index < 19; index++) client.sendRaw('{');
	client.send({generationId: 'never', cancel: true});
	for (let index = 0; index < 19; index++) client.sendRaw('[]');
	t.is((await client.errors(38)).length, 38);
	client.sendRaw('{');
	t.like(await client.closed(), {code: 4400});
	t.is(client.messages.length, 38);
});

test('10,000 tiny messages in one tick are one text', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	const text = 'So it goes. '.repeat(834).slice(0, 10_000);
	for (const character of text) client.send({generationId: 'g', ...first, text: character});
	client.send({generationId: 'g', finalText: true});
	const {pcm, end} = await client.heard('g');
	t.is(end, 'finished');
	t.is(spelled(pcm), text);
});

test('10,000 tiny messages that are wrong get as many answers', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	for (let index = 0; index < 10_000; index++) client.sendRaw('{"text": "x"}');
	t.is((await client.errors(10_000)).length, 10_000);
});

test('more messages a second than the limit close the socket with 4429', async t => {
	const {url} = await running(t, {limits: {maxMessagesPerSecond: 100}});
	const client = await WireClient.open(t, url);
	for (let index = 0; index < 1000; index++) client.sendRaw('{"generationId": "g", "cancel": true}');
	t.like(await client.closed(), {code: 4429});
});

/** A frame as a client sends it, masked with zeros. */
function frame(opcode: number, payload: Buffer, final = true): Buffer {
	const length =
		payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
	return Buffer.concat([Buffer.from([(final ? 0x80 : 0) | opcode, ...length, 0, 0, 0, 0]), payload]);
}

/** Opens a WebSocket by hand, so that its frames can be anything; gives what the server sends after the handshake. */
async function rawSocket(t: {teardown(fn: () => void): void}, url: string) {
	const {port, pathname, host} = new URL(url);
	const socket = connect(Number(port), '127.0.0.1');
	t.teardown(() => socket.destroy());
	const key = 'dGhlIHNhbXBsZSBub25jZQ==';
	socket.write(
		`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
	);
	let received = Buffer.alloc(0);
	const ended = new Promise<void>(resolve => socket.on('close', () => resolve()));
	socket.on('data', data => {
		received = Buffer.concat([received, data]);
	});
	return {socket, ended, received: () => received.subarray(received.indexOf('\r\n\r\n') + 4)};
}

test('invalid UTF-8 closes the socket with 1007', async t => {
	const {url} = await running(t);
	const {socket, ended, received} = await rawSocket(t, url);
	socket.write(frame(1, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])));
	await ended;
	t.is(received()[0], 0x88);
	t.is(received().readUInt16BE(2), 1007);
});

test('a message in fragments, a ping between them, is one message', async t => {
	const {url} = await running(t);
	const {socket, received} = await rawSocket(t, url);
	const message: InputMessage = {generationId: 'gé', ...first, text: 'Hi.', finalText: true};
	const bytes = Buffer.from(JSON.stringify(message));
	const at = bytes.indexOf(Buffer.from('é')) + 1;
	socket.write(frame(1, bytes.subarray(0, at), false));
	socket.write(frame(9, Buffer.from('ping')));
	for (const byte of bytes.subarray(at)) socket.write(frame(0, Buffer.from([byte]), false));
	socket.write(frame(0, Buffer.alloc(0)));
	while (!received().includes('"finished"')) await new Promise(resolve => socket.once('data', resolve));
	t.true(received().includes('{"type":"finished","generationId":"gé"}'));
});

test('fragments that grow over the limit close the socket with 1009', async t => {
	const {url} = await running(t, {limits: {maxMessageBytes: 10_000}});
	const {socket, ended, received} = await rawSocket(t, url);
	socket.on('error', () => {});
	socket.write(frame(1, Buffer.alloc(6000, 0x20), false));
	socket.write(frame(0, Buffer.alloc(6000, 0x20), false));
	await ended;
	t.is(received().readUInt16BE(2), 1009);
});
