import {once} from 'node:events';
import {createServer as createHttpServer} from 'node:http';
import {connect} from 'node:net';
import test from 'ava';
import {WebSocket, WebSocketServer} from 'ws';
import {createServer} from '../../../lib/server/server.js';
import {until} from '../../helpers/streams.js';
import {ToneSynthesizer} from '../../helpers/tone.js';
import {refused, running, WireClient} from '../../helpers/wire-client.js';

const first = {voiceId: 'tone', sampleRate: 16_000};

/** What a server says to a client that sends `bytes` and nothing more, until it hangs up. */
async function answerTo(url: string, bytes: string): Promise<string> {
	const socket = connect(Number(new URL(url).port), '127.0.0.1');
	socket.write(bytes);
	let answer = '';
	for await (const data of socket) answer += data;
	return answer;
}

test('a peer that answers no ping is gone, and its work with it', async t => {
	const {url, synthesizer} = await running(t, {limits: {pingInterval: 2000}});
	synthesizer.engine.gate = () => new Promise(() => {});
	let [started, stopped] = [false, false];
	const speak = synthesizer.speak.bind(synthesizer);
	synthesizer.speak = (text, options) => {
		started = true;
		options.signal?.addEventListener('abort', () => {
			stopped = true;
		});
		return speak(text, options);
	};
	const {ws: alive} = await WireClient.open(t, url);
	let pings = 0;
	alive.on('ping', () => pings++);
	const dead = new WebSocket(url, {autoPong: false});
	t.teardown(() => dead.terminate());
	const closed = once(dead, 'close');
	await once(dead, 'open');
	dead.send(JSON.stringify({generationId: 'g', ...first, text: 'Hi.'}));
	const [code] = await closed;
	t.is(code, 1006);
	t.true(started);
	await until(() => stopped);
	// A second ping is sent only to who answered the first.
	await until(() => pings >= 2 || alive.readyState !== WebSocket.OPEN);
	t.is(alive.readyState, WebSocket.OPEN);
});

test('a request that never ends is given up', async t => {
	const {url} = await running(t, {limits: {headersTimeout: 200}});
	t.regex(await answerTo(url, 'GET /api/tts/websocket HTTP/1.1\r\nHost: localh'), /^HTTP\/1\.1 408 /);
});

for (const [name, headers] of [
	['no key', 'Sec-WebSocket-Version: 13\r\n'],
	['another version', 'Sec-WebSocket-Version: 7\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'],
] as const) {
	test(`a handshake with ${name} gets 400 and counts no longer`, async t => {
		const {url} = await running(t, {limits: {maxSocketsPerKey: 1}});
		const request = `GET /api/tts/websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${headers}\r\n`;
		t.regex(await answerTo(url, request), /^HTTP\/1\.1 400 /);
		await t.notThrowsAsync(WireClient.open(t, url));
	});
}

test('permessage-deflate is not agreed to', async t => {
	const {url} = await running(t);
	const ws = new WebSocket(url, {perMessageDeflate: true});
	t.teardown(() => ws.terminate());
	await once(ws, 'open');
	t.is(ws.extensions, '');
});

test('attached to an HTTP server, it leaves other requests and upgrades to others, and goes without it', async t => {
	const http = createHttpServer((_request, response) => response.end('theirs'));
	const theirs = new WebSocketServer({noServer: true});
	http.on('upgrade', (request, socket, head) => {
		if (request.url === '/theirs') theirs.handleUpgrade(request, socket, head, ws => ws.send('theirs'));
	});
	const server = createServer({synthesizer: new ToneSynthesizer(), server: http});
	const url = await server.listen({port: 0});
	t.teardown(() => {
		http.close();
		http.closeAllConnections();
	});
	const other = new WebSocket(new URL('/theirs', url));
	const [greeting] = await once(other, 'message');
	t.is(String(greeting), 'theirs');
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: 'Hi.', finalText: true});
	t.is((await client.heard('g')).end, 'finished');
	const closed = client.closed();
	await server.close();
	t.like(await closed, {code: 1012});
	t.true(http.listening);
	t.is(await (await fetch(new URL('/', url.replace('ws:', 'http:')))).text(), 'theirs');
	other.terminate();
});

test('drain: no new sockets, no new generations; what runs finishes, then the socket closes with 1012', async t => {
	const {url, server, synthesizer} = await running(t);
	let release = () => {};
	synthesizer.engine.gate = () => new Promise(resolve => (release = resolve));
	const idle = await WireClient.open(t, url);
	const busy = await WireClient.open(t, url);
	busy.send({generationId: 'g', ...first, text: 'Begun'});
	await busy.settled();
	const idleClosed = idle.closed();
	const drained = server.drain();
	t.like(await idleClosed, {code: 1012});
	t.is((await refused(url)).status, 503);
	busy.send({generationId: 'new', ...first, text: 'Hi.', finalText: true});
	t.regex((await busy.heard('new')).end, /^draining: /);
	busy.send({generationId: 'g', text: ' and ended.', finalText: true});
	const closed = busy.closed();
	await until(() => {
		release();
		return busy.messages.some(({type}) => type === 'finished');
	});
	t.like(await closed, {code: 1012});
	t.true(await drained);
	t.false(server.http.listening);
});

test('drain: after its timeout what still runs is cut off', async t => {
	const {url, server, synthesizer} = await running(t);
	synthesizer.engine.gate = () => new Promise(() => {});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: 'Hi.', finalText: true});
	await client.settled();
	const closed = client.closed();
	t.false(await server.drain(100));
	t.like(await closed, {code: 1012});
});

test('close can be called twice, and drain after it', async t => {
	const {server} = await running(t);
	await server.close();
	await server.close();
	t.true(await server.drain());
});

test('what nobody had foreseen ends a socket with 1011, not the server', async t => {
	let broken = true;
	const lateness = () => {
		if (broken) throw new TypeError('a bug of the synthesizer’s');
		return 0;
	};
	const {url} = await running(t, {synthesizer: Object.assign(new ToneSynthesizer(), {lateness})});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: 'Hi.', finalText: true});
	t.is((await client.closed()).code, 1011);
	broken = false;
	const next = await WireClient.open(t, url);
	next.send({generationId: 'g', ...first, text: 'Hi.', finalText: true});
	t.is((await next.heard('g')).end, 'finished');
});
