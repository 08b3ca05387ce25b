import {createServer as createHttpServer, get} from 'node:http';
import {networkInterfaces} from 'node:os';
import test from 'ava';
import {createServer} from '../../../lib/server/server.js';
import {ToneSynthesizer} from '../../helpers/tone.js';
import {refused, running, WireClient} from '../../helpers/wire-client.js';

const key = 'sk-0123456789abcdef';
const bearer = (token: string) => ({headers: {authorization: `Bearer ${token}`}});
const noKey = {status: 401, error: 'key_invalid: a valid API key is needed: Authorization: Bearer KEY'};

for (const [name, query, options] of [
	['none', '', {}],
	['empty in the query', '?apiKey=', {}],
	['empty in the header', '', {headers: {authorization: 'Bearer '}}],
	['wrong by its last character', '', bearer(`${key.slice(0, -1)}e`)],
	['longer by one character', '', bearer(`${key}0`)],
	['of another scheme', '', {headers: {authorization: `Basic ${key}`}}],
	['right in the header, wrong in the query', '?apiKey=wrong', bearer(key)],
	['wrong in the header, right in the query', `?apiKey=${key}`, bearer('wrong')],
	['right and wrong in the query', `?apiKey=${key}&apiKey=wrong`, {}],
	['right in the header, empty in the query', '?apiKey=', bearer(key)],
] as const) {
	test(`401 for a key that is ${name}`, async t => {
		const {url} = await running(t, {keys: ['another', key]});
		t.deepEqual(await refused(url + query, options), noKey);
	});
}

test('401 for two headers at odds', async t => {
	const {url} = await running(t, {keys: [key]});
	const headers = {authorization: [`Bearer ${key}`, 'Bearer wrong'] as unknown as string};
	t.deepEqual(await refused(url, {headers}), noKey);
});

for (const [name, query, options] of [
	['the header', '', bearer(key)],
	['the query', `?apiKey=${key}`, {}],
	['both', `?apiKey=${key}`, bearer(key)],
	['both, each another', '?apiKey=another', bearer(key)],
	['the header, its scheme in small letters', '', {headers: {authorization: `bearer ${key}`}}],
] as const) {
	test(`a key is taken from ${name}`, async t => {
		const {url} = await running(t, {keys: ['another', key]});
		await t.notThrowsAsync(WireClient.open(t, url + query, options));
	});
}

test('keys that no header could carry are refused at once', t => {
	for (const wrong of ['', 'with space', 'schlüssel'])
		t.throws(() => createServer({synthesizer: new ToneSynthesizer(), keys: [wrong]}), {
			code: 'OPTION_INVALID',
		});
});

test('without keys any key will do', async t => {
	const {url} = await running(t);
	await t.notThrowsAsync(WireClient.open(t, `${url}?apiKey=whatever`, bearer('something')));
});

test('without keys the server listens on the loopback only', async t => {
	for (const host of ['0.0.0.0', '::', '192.168.1.1', 'example.org']) {
		const server = createServer({synthesizer: new ToneSynthesizer()});
		await t.throwsAsync(server.listen({host, port: 0}), {code: 'OPTION_INVALID', message: /give it a key/});
	}
	const guarded = createServer({synthesizer: new ToneSynthesizer(), keys: [key]});
	t.teardown(() => guarded.close());
	t.regex(await guarded.listen({host: '0.0.0.0', port: 0}), /^ws:\/\/0\.0\.0\.0:\d+\/api\/tts\/websocket$/);
});

test('without keys, attached to a server that others reach: 403 for them', async t => {
	const address = Object.values(networkInterfaces())
		.flat()
		.find(found => found?.family === 'IPv4' && !found.internal)?.address;
	if (address === undefined) {
		t.pass('this machine has no other address');
		return;
	}
	const http = createHttpServer();
	const server = createServer({synthesizer: new ToneSynthesizer(), server: http});
	await new Promise<void>(resolve => http.listen(0, '0.0.0.0', resolve));
	t.teardown(async () => {
		await server.close();
		http.close();
	});
	const {port} = http.address() as {port: number};
	t.is((await refused(`ws://${address}:${port}/api/tts/websocket`)).status, 403);
	await t.notThrowsAsync(WireClient.open(t, `ws://127.0.0.1:${port}/api/tts/websocket`));
});

for (const origin of [
	'https://example.org',
	'null',
	'http://localhost.example.org',
	'http://127.0.0.1.example.org',
	'x',
]) {
	test(`without keys, 403 for a page of ${origin}`, async t => {
		const {url} = await running(t);
		t.is((await refused(url, {headers: {origin}})).status, 403);
	});
}

for (const origin of ['http://localhost:3000', 'http://127.0.0.1', 'https://[::1]:8443']) {
	test(`without keys, a page of ${origin} may connect`, async t => {
		const {url} = await running(t);
		await t.notThrowsAsync(WireClient.open(t, url, {headers: {origin}}));
	});
}

for (const host of ['example.org', 'example.org:80', '127.0.0.1.example.org', '10.0.0.1']) {
	test(`without keys, 403 for the Host ${host}`, async t => {
		const {url} = await running(t);
		t.is((await refused(url, {headers: {host}})).status, 403);
	});
}

test('origins: pages of these may connect, no others; what is no page may', async t => {
	for (const keys of [[], [key]]) {
		const {url} = await running(t, {keys, origins: ['https://example.org']});
		const options = (origin?: string) => ({
			headers: {...bearer(key).headers, ...(origin === undefined ? {} : {origin})},
		});
		await t.notThrowsAsync(WireClient.open(t, url, options('https://example.org')));
		await t.notThrowsAsync(WireClient.open(t, url, options()));
		for (const origin of ['https://example.org.evil.com', 'http://localhost'])
			t.is((await refused(url, options(origin))).status, 403);
	}
});

test('with keys, any page may connect unless origins says otherwise', async t => {
	const {url} = await running(t, {keys: [key]});
	const headers = {...bearer(key).headers, origin: 'https://example.org'};
	await t.notThrowsAsync(WireClient.open(t, url, {headers}));
});

test('other paths and other requests are told where to go', async t => {
	const {url} = await running(t);
	const http = url.replace('ws:', 'http:');
	const status = (address: string) =>
		new Promise(resolve => {
			get(address, response => {
				response.resume();
				resolve(response.statusCode);
			});
		});
	t.is(await status(http), 426);
	t.is(await status(new URL('/', http).href), 404);
	t.is((await refused(new URL('/elsewhere', url).href)).status, 404);
});

test('log lines hold no keys and no text', async t => {
	const lines: string[] = [];
	const log = (fields: object, message: string) => void lines.push(JSON.stringify({...fields, message}));
	const {url} = await running(t, {keys: [key], log: {info: log, warn: log, error: log}});
	await refused(`${url}?apiKey=secret-but-wrong`);
	const client = await WireClient.open(t, `${url}?apiKey=${key}`);
	const good = {generationId: 'g', voiceId: 'tone', text: 'Confidential words.', finalText: true};
	client.send(good);
	await client.heard('g');
	client.send({...good, generationId: 'h', text: 'Тайна.'});
	await client.heard('h');
	client.ws.close();
	await client.closed();
	const all = lines.join('\n');
	t.notRegex(all, new RegExp(`${key}|secret|Confidential|Тайна|tone`));
	t.regex(all, /"connection":1.*"generation":"g","outcome":"finished","characters":19,"audioSeconds":/);
	t.regex(all, /"outcome":"text_not_speakable"/);
});
