import {once} from 'node:events';
import test from 'ava';
import {httpServer, received, requestText} from '../../helpers/http.js';
import {settle} from '../../helpers/streams.js';
import {spelled} from '../../helpers/tone.js';

const body = JSON.stringify({text: 'One two.', format: {outputType: 'RAW_PCM16', sampleRate: 48_000}});
/** What Java's HttpClient sends with its first request, and `curl --http2` with each. */
const offer = {connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAEAAEAAAAIAAAAA'};

for (const [name, at] of [
	['at once', 0],
	['in the midst of its body', -10],
	['with its body later', -Buffer.byteLength(body)],
] as const) {
	test(`a request that offers h2c is answered in HTTP/1.1, sent ${name}`, async t => {
		const {connect} = await httpServer(t);
		const socket = await connect();
		const text = requestText(body, {headers: offer});
		const cut = text.length + at;
		socket.write(text.slice(0, cut));
		await settle();
		socket.write(text.slice(cut));
		// The connection goes on as any other.
		socket.write(requestText(body, {version: '1.0'}));
		const [first = '', second = ''] = String((await received(socket)).bytes.toString('latin1')).split(
			/(?<=\r\n0\r\n.*\r\n\r\n)(?=HTTP)/s,
		);
		t.regex(first, /^HTTP\/1\.1 200 /);
		t.regex(second, /^HTTP\/1\.1 200 /);
		t.is(spelled(Buffer.from(second.slice(second.indexOf('\r\n\r\n') + 4), 'latin1')), 'One two.');
	});
}

test('an upgrade behind a request that is being answered comes into no answer: the connection ends', async t => {
	const {connect, synthesizer} = await httpServer(t);
	synthesizer.engine.gate = text => (text.includes('Never') ? new Promise(() => {}) : Promise.resolve());
	for (const upgrade of ['h2c', 'websocket']) {
		const socket = await connect();
		socket.write(requestText(JSON.stringify({text: 'First. Never.'})));
		await once(socket, 'readable');
		const all = received(socket);
		socket.write(
			`GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: ${upgrade}\r\n\r\n`,
		);
		t.is(String((await all).bytes).match(/HTTP\/1\.1/g)?.length, 1);
	}
});
