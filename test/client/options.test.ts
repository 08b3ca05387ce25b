import {once} from 'node:events';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import test from 'ava';
import type {RemoteSynthesizerOptions} from '../../lib/client/options.js';
import {RemoteSynthesizer} from '../../lib/client/remote-synthesizer.js';
import {remote, speakAll} from '../helpers/remote.js';
import {scriptedServer, simpleScript} from '../helpers/scripted-server.js';

const url = 'ws://127.0.0.1:1';

for (const [title, options] of Object.entries({
	'an address that is none': {url: 'somewhere'},
	'an address of another kind': {url: 'ftp://host/'},
	'no address': {url: []},
	'an empty key': {url, apiKey: ''},
	'a key that no header can carry': {url, apiKey: 'a\r\nb: c'},
	'a window of nothing': {url, window: 0},
	'half a socket': {url, maxSockets: 0.5},
	'half a generation': {url, maxGenerationsPerSocket: 1.5},
	'a time that is no number': {url, silence: Number.NaN},
	'a delay longer than timers take': {url, idleTimeout: 2 ** 31},
} satisfies Record<string, RemoteSynthesizerOptions>)) {
	test(`refuses at once: ${title}`, t => {
		t.throws(() => new RemoteSynthesizer(options), {code: 'OPTION_INVALID'});
	});
}

for (const [name, code] of [
	['sampleRate', 'OPTION_INVALID'],
	['pauses', 'VOICE_LACKS'],
	['deadline', 'VOICE_LACKS'],
] as const) {
	test(`speak refuses before it connects: ${name}`, async t => {
		const value = {sampleRate: 7999, pauses: {clause: 0}, deadline: 100}[name];
		await t.throwsAsync(speakAll(remote(t, {url}), 'One.', {[name]: value}), {code});
	});
}

for (const [address, path] of [
	['', '/api/tts/websocket'],
	['/?apiKey=x', '/api/tts/websocket?apiKey=x'],
	['/elsewhere', '/elsewhere'],
] as const) {
	test(`ws://host${address} connects to ${path}`, async t => {
		const server = await scriptedServer(t, {onMessage: simpleScript()});
		const {host} = new URL(server.url);
		await speakAll(remote(t, {url: `http://${host}${address}`}), 'One.');
		t.is(server.upgrades[0]?.url, path);
	});
}

/** A server that lists voices, in two pages, to those who have the key. */
async function listing(t: Parameters<typeof scriptedServer>[0]): Promise<string> {
	const pages: Record<string, unknown> = {
		'/api/voices': {
			voices: [{id: 'Ashley', name: 'Ashley', voiceType: 'x', voiceTier: 'STANDARD', description: ''}],
			cursor: 'more',
		},
		'/api/voices?cursor=more': {
			voices: [
				{
					id: 'tone',
					name: 'Tone',
					language: 'de-DE',
					wordTimes: 'exact',
					nativeRate: 16_000,
					gender: 'neutral',
				},
			],
		},
	};
	const server = createServer((request, response) => {
		const page = request.headers.authorization === 'Bearer sesame' ? pages[request.url ?? ''] : undefined;
		response.writeHead(page ? 200 : 401).end(JSON.stringify(page ?? {error: 'no'}));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	t.teardown(() => {
		server.close();
		server.closeAllConnections();
	});
	// It listens on a port.
	return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('voices() lists what the server has, and says no more than that', async t => {
	const voices = await remote(t, {url: await listing(t), apiKey: 'sesame'}).voices();
	t.deepEqual(
		voices.map(({id, language, wordTimes, nativeRate}) => [id, language, wordTimes, nativeRate]),
		[
			['Ashley', 'und', 'estimated', 24_000],
			['tone', 'de-DE', 'exact', 16_000],
		],
	);
});

test('voices() fails with a wrong key, and where there is no list', async t => {
	await t.throwsAsync(remote(t, {url: await listing(t)}).voices(), {code: 'REMOTE_REFUSED', message: /401/});
	const server = await scriptedServer(t, {});
	await t.throwsAsync(remote(t, {url: server.url}).voices(), {code: 'REMOTE_REFUSED', message: /404/});
	await t.throwsAsync(remote(t, {url}).voices(), {code: 'REMOTE_LOST'});
});

test('a language that no voice of the list speaks is an unknown voice', async t => {
	const synthesizer = remote(t, {url: await listing(t), apiKey: 'sesame'});
	const options = {voiceId: undefined, language: 'fr'};
	await t.throwsAsync(speakAll(synthesizer, 'Un.', options), {code: 'VOICE_UNKNOWN', message: /fr/});
});
