import {execFile} from 'node:child_process';
import {once} from 'node:events';
import net from 'node:net';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {WebSocket} from 'ws';
import {flush} from '../../lib/synthesizer.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {cuttingProxy} from '../helpers/cutting-proxy.js';
import {inPieces, remote, remoteTone, speakAll, toneServer} from '../helpers/remote.js';
import {scriptedServer, simpleScript} from '../helpers/scripted-server.js';
import {collect, standStill, until} from '../helpers/streams.js';
import {spelled} from '../helpers/tone.js';

const reconnect = {delay: 1};
const never = async function* () {
	yield 'One. ';
	await new Promise(() => {});
};

test('connects when something is to be spoken, and once for all', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const synthesizer = remote(t, {url: server.url});
	t.is(server.upgrades.length, 0);
	await Promise.all(['One.', 'Two.', 'Three.'].map(text => speakAll(synthesizer, text)));
	await speakAll(synthesizer, 'Four.');
	t.is(server.upgrades.length, 1);
});

test('sends the key as a header', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	await speakAll(remote(t, {url: server.url, apiKey: 'sesame'}), 'One.');
	t.is(server.upgrades[0]?.headers.authorization, 'Bearer sesame');
});

test('what each generation is told comes with its first message alone', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const options = {
		voiceId: 'Ashley',
		sampleRate: 8000,
		speed: 1.5,
		firstUtterance: 3,
		items: 'i',
		description: 'd',
	};
	await speakAll(remote(t, {url: server.url}), ['One. ', 'Two.'], options);
	const [first, ...others] = server.messages.map(({generationId: _id, ...message}) => message);
	t.deepEqual(first, {
		voiceId: 'Ashley',
		sampleRate: 8000,
		addWordTimestamps: true,
		positions: true,
		voiceOptionValues: [{optionId: 'speed', value: 1.5}],
		firstUtterance: 3,
		items: 'i',
		description: 'd',
		text: 'One. ',
	});
	t.deepEqual(others, [{text: 'Two.'}, {text: '', finalText: true}]);
});

test('opens another socket where one is full, and waits where all are', async t => {
	const ends: Array<() => void> = [];
	const server = await scriptedServer(t, {
		onMessage(message, socket) {
			if (message.finalText) ends.push(() => simpleScript()(message, socket));
			else simpleScript()(message, socket);
		},
	});
	const synthesizer = remote(t, {url: server.url, maxGenerationsPerSocket: 2, maxSockets: 2});
	const all = Array.from({length: 7}, (_, index) => speakAll(synthesizer, `Number ${index}.`));
	await until(() => ends.length === 4);
	t.is(server.upgrades.length, 2);
	for (let ended = 0; ended < 7; ended++) {
		await until(() => ends.length > 0);
		ends.shift()?.();
	}
	await Promise.all(all);
	t.is(server.upgrades.length, 2);
});

test('connect() connects before anything is to be spoken', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const synthesizer = remote(t, {url: server.url});
	await synthesizer.connect();
	t.is(server.open.size, 1);
	await speakAll(synthesizer, 'One.');
	t.is(server.upgrades.length, 1);
});

test('an idle socket closes, and the next speech opens another', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const synthesizer = remote(t, {url: server.url, idleTimeout: 10});
	await speakAll(synthesizer, 'One.');
	await until(() => server.open.size === 0);
	await speakAll(synthesizer, 'Two.');
	t.is(server.upgrades.length, 2);
});

test('an idle socket keeps no process alive', async t => {
	const {url} = await toneServer(t);
	const lib = fileURLToPath(new URL('../../lib/client/remote-synthesizer.js', import.meta.url));
	const program = `
		import {RemoteSynthesizer} from ${JSON.stringify(lib)};
		const synthesizer = new RemoteSynthesizer({url: ${JSON.stringify(url)}, idleTimeout: 1e9});
		const text = (async function* () { yield 'Hello.'; })();
		let bytes = 0;
		for await (const event of synthesizer.speak(text, {sampleRate: 16000})) bytes += event.pcm?.length ?? 0;
		console.log(bytes);
	`;
	const options = [...process.execArgv, '--input-type=module', '--eval', program];
	const {stdout} = await promisify(execFile)(process.execPath, options, {timeout: 20_000});
	t.true(Number(stdout) >= 1200);
});

test('close() fails what speaks, and refuses what comes', async t => {
	const {synthesizer, engine} = await remoteTone(t);
	engine.gate = () => new Promise(() => {});
	const speaking = speakAll(synthesizer, 'One.');
	await synthesizer.connect();
	await synthesizer.close();
	await t.throwsAsync(speaking, {code: 'CLOSED'});
	await t.throwsAsync(speakAll(synthesizer, 'Two.'), {code: 'CLOSED'});
	await synthesizer.close();
});

test('abort cancels the generation, and keeps the socket for the others', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const synthesizer = remote(t, {url: server.url});
	const controller = new AbortController();
	const speech = speakAll(synthesizer, never(), {signal: controller.signal});
	await until(() => server.messages.length === 1);
	controller.abort(new Error('enough'));
	await t.throwsAsync(speech, {message: 'enough'});
	await speakAll(synthesizer, 'Two.');
	t.is(server.messages[1]?.cancel, true);
	t.is(server.messages[1]?.generationId, server.messages[0]?.generationId);
	t.is(server.upgrades.length, 1);
});

test('destroy() of a stream cancels, and its server stops', async t => {
	const {synthesizer, engine} = await remoteTone(t);
	const stream = new TTSTransform({synthesizer});
	stream.write('One is here. Two is here. ');
	await once(stream, 'readable');
	stream.destroy();
	await once(stream, 'close');
	t.true(spelled((await speakAll(synthesizer, 'Three.')).pcm).includes('Three.'));
	t.true(engine.rendered.length <= 3);
});

test('interrupt() cancels, and the stream speaks on', async t => {
	const {synthesizer} = await remoteTone(t);
	const stream = new TTSTransform({synthesizer, sampleRate: 16_000});
	stream.write('Some sentence that is cut. And more. ');
	stream.flush();
	await once(stream, 'readable');
	await stream.interrupt();
	stream.end('New words.');
	t.true(spelled(await collect(stream)).endsWith('New words.'));
});

test('text that was given up is not waited for: a reader may just leave', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const synthesizer = remote(t, {url: server.url});
	for await (const event of synthesizer.speak(never(), {sampleRate: 16_000})) {
		t.is(event.type, 'audio');
		break;
	}
	await until(() => server.messages.at(-1)?.cancel === true);
});

test('a connection that nobody waits for any more is given up', async t => {
	const sockets = new Set<net.Socket>();
	const silent = net.createServer(socket => sockets.add(socket));
	silent.listen(0, '127.0.0.1');
	await once(silent, 'listening');
	t.teardown(() => silent.close());
	// It listens on a port.
	const {port} = silent.address() as net.AddressInfo;
	const synthesizer = remote(t, {url: `ws://127.0.0.1:${port}`});
	const controller = new AbortController();
	const speech = speakAll(synthesizer, 'One.', {signal: controller.signal});
	await until(() => sockets.size === 1);
	const [socket] = sockets;
	controller.abort(new Error('enough'));
	await t.throwsAsync(speech, {message: 'enough'});
	socket?.resume();
	await until(() => socket?.closed ?? false);
});

test('a connection that takes too long counts as failed', async t => {
	const silent = net.createServer(socket => socket.on('error', () => {}).resume());
	silent.listen(0, '127.0.0.1');
	await once(silent, 'listening');
	t.teardown(() => silent.close());
	const {port} = silent.address() as net.AddressInfo;
	const url = `ws://127.0.0.1:${port}`;
	const synthesizer = remote(t, {url, connectTimeout: 20, reconnect: {delay: 1, attempts: 2}});
	await t.throwsAsync(speakAll(synthesizer, 'One.'), {code: 'REMOTE_LOST'});
});

for (const status of [301, 400, 401, 403, 404]) {
	test(`HTTP ${status} is final`, async t => {
		const server = await scriptedServer(t, {refuse: () => status});
		const synthesizer = remote(t, {url: server.url, reconnect});
		await t.throwsAsync(speakAll(synthesizer, 'One.'), {
			code: 'REMOTE_REFUSED',
			message: new RegExp(`${status}`),
		});
		t.is(server.upgrades.length, 1);
	});
}

test('a wrong key is refused by a real server', async t => {
	const {url} = await toneServer(t, {keys: ['sesame']});
	await t.throwsAsync(speakAll(remote(t, {url, apiKey: 'sesamf'}), 'One.'), {code: 'REMOTE_REFUSED'});
	t.true((await speakAll(remote(t, {url, apiKey: 'sesame'}), 'One.')).pcm.length > 0);
});

test('HTTP 503 is tried again', async t => {
	const refuse = (_request: unknown, index: number) => (index < 2 ? 503 : undefined);
	const server = await scriptedServer(t, {refuse, onMessage: simpleScript()});
	await speakAll(remote(t, {url: server.url, reconnect}), 'One.');
	t.is(server.upgrades.length, 3);
});

test('HTTP 429 is tried again as often as all that may pass, and stays a refusal', async t => {
	const refuse = (_request: unknown, index: number) => (index < 2 ? 429 : undefined);
	const server = await scriptedServer(t, {refuse, onMessage: simpleScript()});
	await speakAll(remote(t, {url: server.url, reconnect}), 'One.');
	t.is(server.upgrades.length, 3);

	const stern = await scriptedServer(t, {refuse: () => 429});
	const synthesizer = remote(t, {url: stern.url, reconnect: {delay: 1, attempts: 4}});
	await t.throwsAsync(speakAll(synthesizer, 'One.'), {
		code: 'REMOTE_REFUSED',
		message: /HTTP 429: this key .* given up/,
	});
	t.is(stern.upgrades.length, 4);
});

test('a server is not asked again before the time that it names, but of another address, and for long by nobody', async t => {
	const refuse = (_request: unknown, index: number) => (index < 1 ? 503 : undefined);
	const patient = await scriptedServer(t, {refuse, retryAfter: '1', onMessage: simpleScript()});
	const before = performance.now();
	await speakAll(remote(t, {url: patient.url, reconnect}), 'One.');
	t.true(performance.now() - before > 900, `${performance.now() - before} ms`);

	const busy = await scriptedServer(t, {refuse: () => 503, retryAfter: '50'});
	const other = await scriptedServer(t, {onMessage: simpleScript()});
	await speakAll(remote(t, {url: [busy.url, other.url], reconnect}), 'One.');

	// Whoever does not want to wait need not.
	const giveUp = new AbortController();
	const waiting = speakAll(remote(t, {url: busy.url, reconnect}), 'One.', {signal: giveUp.signal});
	await until(() => busy.upgrades.length === 2);
	setTimeout(() => giveUp.abort(new Error('enough')), 50);
	await t.throwsAsync(waiting, {message: 'enough'});
	t.is(busy.upgrades.length, 2);

	const long = await scriptedServer(t, {refuse: () => 503, retryAfter: '3600'});
	await speakAll(remote(t, {url: [long.url, other.url], reconnect}), 'One.');
	for (const retryAfter of ['3600', new Date(Date.now() + 3_600_000).toUTCString()]) {
		const closed = await scriptedServer(t, {refuse: () => 429, retryAfter});
		await t.throwsAsync(speakAll(remote(t, {url: closed.url, reconnect}), 'One.'), {
			code: 'REMOTE_REFUSED',
			message: /HTTP 429.*try again in 3\d\d\d s.*given up/,
		});
		t.is(closed.upgrades.length, 1);
	}
});

test('a key that has as many sockets as it may waits until one is closed', async t => {
	const {url} = await toneServer(t, {keys: ['sesame'], limits: {maxSocketsPerKey: 1}});
	const first = remote(t, {url, apiKey: 'sesame'});
	await first.connect();
	const second = speakAll(remote(t, {url, apiKey: 'sesame'}), 'Two.');
	setTimeout(() => void first.close(), 500);
	t.true((await second).pcm.length > 0);
});

test('a server that cannot be reached is given up after so many attempts', async t => {
	const server = await scriptedServer(t, {refuse: () => 503});
	const synthesizer = remote(t, {url: server.url, reconnect: {delay: 1, attempts: 4}});
	await t.throwsAsync(speakAll(synthesizer, 'One.'), {code: 'REMOTE_LOST', message: /HTTP 503/});
	t.is(server.upgrades.length, 4);
	await t.throwsAsync(speakAll(synthesizer, 'Two.'), {code: 'REMOTE_LOST'});
	t.is(server.upgrades.length, 8);
});

test('sockets that go down together are one failure, and the next address is the next', async t => {
	const there = await scriptedServer(t, {onMessage: simpleScript()});
	const here = await scriptedServer(t, {
		onMessage() {
			if (here.messages.length < 8) return;
			for (const socket of here.open) socket.terminate();
		},
	});
	const synthesizer = remote(t, {
		url: [here.url, there.url],
		maxGenerationsPerSocket: 1,
		maxSockets: 8,
		reconnect: {delay: 1, attempts: 2},
	});
	const all = Array.from({length: 8}, (_, index) => speakAll(synthesizer, `Number ${index}.`));
	for (const {pcm} of await Promise.all(all)) t.is(pcm.length, 1800);
	t.is(here.upgrades.length, 8);
	t.true(there.upgrades.length > 0);
});

test('sockets that go down together are all given up where one attempt is all', async t => {
	const server = await scriptedServer(t, {
		onMessage() {
			if (server.messages.length < 4) return;
			for (const socket of server.open) socket.terminate();
		},
	});
	const options = {maxGenerationsPerSocket: 1, maxSockets: 4, reconnect: {delay: 1, attempts: 1}};
	const synthesizer = remote(t, {url: server.url, ...options});
	const all = Array.from({length: 4}, () => speakAll(synthesizer, 'One.'));
	for (const one of await Promise.allSettled(all)) t.like(one, {reason: {code: 'REMOTE_LOST'}});
	t.is(server.upgrades.length, 4);
});

test('sockets that die at once, without a word, are given up after three', async t => {
	const server = await scriptedServer(t, {onMessage: (_message, socket) => socket.terminate()});
	const synthesizer = remote(t, {url: server.url, reconnect: {delay: 1, attempts: 100}});
	await t.throwsAsync(speakAll(synthesizer, 'One.'), {code: 'REMOTE_LOST', message: /given up/});
	t.is(server.upgrades.length, 3);
});

test('any chunk of audio makes good for sockets that died at once', async t => {
	const server = await scriptedServer(t, {
		onMessage(message, socket) {
			if (socket.index % 3 < 2) socket.terminate();
			else simpleScript()(message, socket);
			if (message.finalText) socket.close(1000);
		},
	});
	const synthesizer = remote(t, {url: server.url, reconnect: {delay: 1, attempts: 100}});
	for (let round = 0; round < 3; round++) {
		await speakAll(synthesizer, 'One.');
		await until(() => server.open.size === 0);
	}
	t.is(server.upgrades.length, 9);
});

test('a close without finished is no end, even in good order', async t => {
	const server = await scriptedServer(t, {
		onMessage(message, socket) {
			if (socket.index === 0 && message.finalText) socket.close(1000);
			else if (socket.index > 0) simpleScript()(message, socket);
		},
	});
	const {pcm} = await speakAll(remote(t, {url: server.url, reconnect}), 'One.');
	t.is(pcm.length, 800);
	t.is(server.upgrades.length, 2);
});

for (const said of ['draining: go elsewhere', 'overloaded: 2000 ms late']) {
	test(`"${said}" before audio is tried again`, async t => {
		let refusals = 0;
		const server = await scriptedServer(t, {
			onMessage(message, socket) {
				const {generationId, text} = message;
				if (text === 'One.' && refusals < 2) {
					refusals++;
					socket.send({type: 'error', generationId, error: said});
				} else if (text === 'One.' || server.messages.at(-2)?.text === 'One.')
					simpleScript()(message, socket);
			},
		});
		const text = async function* () {
			yield 'One.';
			await until(() => refusals === 2);
			await new Promise(resolve => setTimeout(resolve, 50));
		};
		const {pcm} = await speakAll(remote(t, {url: server.url, reconnect}), text());
		t.is(pcm.length, 800);
		// A socket whose server drains gets nothing new.
		t.is(server.upgrades.length, said.startsWith('draining') ? 3 : 1);
	});
}

test('a server that stays overloaded is given up', async t => {
	const server = await scriptedServer(t, {
		onMessage({generationId, finalText}, socket) {
			if (finalText) socket.send({type: 'error', generationId, error: 'overloaded: very'});
		},
	});
	const synthesizer = remote(t, {url: server.url, reconnect: {delay: 1, attempts: 4}});
	await t.throwsAsync(speakAll(synthesizer, 'One.'), {code: 'ENGINE_BUSY'});
	t.is(server.messages.filter(({finalText}) => finalText).length, 4);
});

test('a server that drains closes with 1012: speech goes on at another address', async t => {
	const {url: there} = await toneServer(t);
	const {url: here, server, engine} = await toneServer(t);
	const synthesizer = remote(t, {url: [here, there], reconnect});
	engine.gate = () => new Promise(() => {});
	const speaking = speakAll(synthesizer, 'One is here.');
	await synthesizer.connect();
	void server.drain(20);
	t.true(spelled((await speaking).pcm).includes('One is here.'));
});

test('a socket that TCP believes open, but that answers no ping, is lost', async t => {
	const {url} = await toneServer(t);
	const proxy = await cuttingProxy(t, url);
	const synthesizer = remote(t, {url: [proxy.url, url], keepAlive: 300, reconnect});
	await synthesizer.connect();
	proxy.freeze();
	t.true(spelled((await speakAll(synthesizer, 'One.')).pcm).includes('One.'));
});

test('an answer to a ping counts, though this process stood still before it was read', async t => {
	let pings = 0;
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const synthesizer = remote(t, {url: server.url, keepAlive: 100, reconnect});
	await synthesizer.connect();
	for (const socket of server.open)
		socket.on('ping', () => {
			if (pings++ < 3) standStill(250);
		});
	await until(() => pings > 4);
	t.is(server.open.size, 1);
	t.is(server.upgrades.length, 1);
});

test('a pause longer than a ping costs no connection', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const synthesizer = remote(t, {url: server.url, keepAlive: 2000});
	await synthesizer.connect();
	const [socket] = server.open;
	const text = async function* () {
		yield 'One. ';
		// The second is sent only where the first was answered in time.
		let pings = 0;
		socket?.on('ping', () => pings++);
		await until(() => pings === 2 || socket?.readyState !== WebSocket.OPEN);
		yield 'Two.';
	};
	await speakAll(synthesizer, text());
	t.is(socket?.readyState, WebSocket.OPEN);
	t.is(server.upgrades.length, 1);
});

test('flushed text and the rest keep one place each', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const synthesizer = remote(t, {url: server.url, maxGenerationsPerSocket: 1, maxSockets: 1});
	const {pcm} = await speakAll(synthesizer, inPieces(['One', flush, 'Two', flush, 'Three']));
	t.is(pcm.length, 'OneTwoThree'.length * 200);
});

test('text that comes letter by letter is gathered before it is a flood', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const text = 'A text of many letters, each on its own. '.repeat(50);
	const {pcm} = await speakAll(remote(t, {url: server.url, window: 1000}), text);
	const letters = await speakAll(remote(t, {url: server.url, window: 1000}), text.split(''));
	t.is(letters.pcm.length, pcm.length);
	t.is(server.messages.map(message => message.text ?? '').join(''), text + text);
	t.true(server.messages.length < 500, `${server.messages.length} messages`);
});
