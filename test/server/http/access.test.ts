import {createServer as createHttpServer} from 'node:http';
import test from 'ava';
import type {SpeechServerOptions} from '../../../lib/server/options.js';
import {createServer} from '../../../lib/server/server.js';
import {httpServer, received, refusedBy, requestText} from '../../helpers/http.js';
import {remote, speakAll} from '../../helpers/remote.js';
import {ToneSynthesizer} from '../../helpers/tone.js';
import {WireClient} from '../../helpers/wire-client.js';

const key = 'sk-0123456789abcdef';
const bearer = (token: string) => ({headers: {authorization: `Bearer ${token}`}});
const body = {text: 'Hi.'};

for (const [name, query, init] of [
	['none', '', {}],
	['empty in the query', '?apiKey=', {}],
	['wrong by its last character', '', bearer(`${key.slice(0, -1)}e`)],
	['of another scheme', '', {headers: {authorization: `Basic ${key}`}}],
	['right in the header, wrong in the query', '?apiKey=wrong', bearer(key)],
	['wrong in the header, right in the query', `?apiKey=${key}`, bearer('wrong')],
] as const) {
	test(`401 for a key that is ${name}`, async t => {
		const {refusal} = await httpServer(t, {keys: ['another', key]});
		for (const [path, sent] of [
			['/api/tts', body],
			['/api/tts/multispeaker', {lines: [body]}],
			['/api/voices', undefined],
			['/metrics', undefined],
			['/openapi.json', undefined],
		] as const) {
			const refused = await refusal(path + query, sent, init);
			t.like(refused, {status: 401, code: 'key_invalid'});
			t.is(refused.headers.get('www-authenticate'), 'Bearer');
			t.notRegex(refused.error, /wrong|sk-/);
		}
	});
}

test('a key is taken from the header, the query, or both; health needs none', async t => {
	const {ask} = await httpServer(t, {keys: ['another', key]});
	for (const [query, init] of [
		['', bearer(key)],
		[`?apiKey=${key}`, {}],
		[`?apiKey=another`, bearer(key)],
	] as const) {
		const response = await ask(`/api/voices${query}`, undefined, init);
		t.is(response.status, 200);
		await response.arrayBuffer();
	}
	for (const path of ['/healthz', '/readyz']) t.is((await ask(path)).status, 200);
});

test('a client whose key is revoked is told so, and does not try again', async t => {
	const {server, url} = await httpServer(t, {keys: ['old']});
	const synthesizer = remote(t, {url, apiKey: 'old'});
	await synthesizer.connect();
	const speech = speakAll(synthesizer, endless());
	server.replaceKeys(['new']);
	await t.throwsAsync(speech, {code: 'REMOTE_REFUSED', message: /4401|no longer valid/});
});

/** Text that goes on until its reader leaves. */
async function* endless() {
	for (;;) {
		await new Promise(resolve => setTimeout(resolve, 20));
		yield 'More words. ';
	}
}

test('replaceKeys: the new ones open the server at once, the old ones no longer, sockets of theirs are closed', async t => {
	const {server, ask, url} = await httpServer(t, {keys: ['old', 'kept']});
	const status = async (token: string) => (await ask('/api/voices', undefined, bearer(token))).status;
	const [gone, stays] = [
		await WireClient.open(t, `${url}?apiKey=old`),
		await WireClient.open(t, `${url}?apiKey=kept`),
	];
	const closed = gone.closed();
	server.replaceKeys(['kept', 'new']);
	t.like(await closed, {code: 4401});
	t.deepEqual([await status('old'), await status('kept'), await status('new')], [401, 200, 200]);
	await stays.settled();
	for (const wrong of [[], ['with space']])
		t.throws(() => server.replaceKeys(wrong), {code: 'OPTION_INVALID'});
	t.is(await status('new'), 200);
});

for (const [name, headers] of [
	['a page of another origin', {origin: 'https://example.org'}],
	['an origin that looks like ours', {origin: 'http://localhost.example.org'}],
	['an opaque origin', {origin: 'null'}],
	['another Host', {host: 'example.org'}],
	['a Host that looks like ours', {host: '127.0.0.1.example.org'}],
] as const) {
	test(`without keys, 403 for ${name}`, async t => {
		const {connect} = await httpServer(t);
		for (const path of ['/api/tts', '/healthz']) {
			const socket = await connect();
			socket.write(requestText(JSON.stringify(body), {path, headers: {connection: 'close', ...headers}}));
			const answer = String((await received(socket)).bytes);
			t.regex(answer, /^HTTP\/1\.1 40[35] /);
			if (path === '/api/tts') t.regex(answer, /"origin_refused: /);
			t.notRegex(answer, /access-control-allow-origin/);
		}
	});
}

test('CORS: pages of the origins that may connect may read the answers, and ask before', async t => {
	const {ask, refusal} = await httpServer(t, {keys: [key], origins: ['https://example.org']});
	const origin = 'https://example.org';
	const response = await ask('/api/tts', body, {headers: {origin, authorization: `Bearer ${key}`}});
	t.is(response.headers.get('access-control-allow-origin'), origin);
	t.regex(response.headers.get('access-control-expose-headers') ?? '', /Server-Timing/);
	t.regex(response.headers.get('vary') ?? '', /Origin/);
	await response.arrayBuffer();
	const refused = await refusal('/api/tts', {}, {headers: {origin, authorization: `Bearer ${key}`}});
	t.is(refused.headers.get('access-control-allow-origin'), origin);
	const preflight = {
		origin,
		'access-control-request-method': 'POST',
		'access-control-request-headers': 'authorization',
	};
	const allowed = await ask('/api/tts', undefined, {method: 'OPTIONS', headers: preflight});
	t.is(allowed.status, 204);
	t.is(allowed.headers.get('access-control-allow-methods'), 'POST, OPTIONS');
	t.regex(allowed.headers.get('access-control-allow-headers') ?? '', /^Authorization, /);
	t.is(allowed.headers.get('access-control-allow-origin'), origin);
	const foreign = {...preflight, origin: 'https://example.com'};
	const denied = await refusal('/api/tts', undefined, {method: 'OPTIONS', headers: foreign});
	t.is(denied.status, 403);
	t.is(denied.headers.get('access-control-allow-origin'), null);
});

test('OPTIONS tells what a path takes', async t => {
	const {ask, refusal} = await httpServer(t);
	const response = await ask('/api/voices', undefined, {method: 'OPTIONS'});
	t.is(response.status, 204);
	t.is(response.headers.get('allow'), 'GET, HEAD, OPTIONS');
	t.is((await refusal('/nothing', undefined, {method: 'OPTIONS'})).status, 404);
});

test('HEAD is GET without the body', async t => {
	const {ask} = await httpServer(t);
	for (const path of ['/api/voices', '/healthz', '/readyz', '/metrics', '/openapi.json']) {
		const [head, get] = [await ask(path, undefined, {method: 'HEAD'}), await ask(path)];
		t.is(head.status, 200, path);
		t.is(head.headers.get('content-type'), get.headers.get('content-type'));
		t.is(await head.text(), '');
		await get.text();
	}
});

test('security headers are on every answer', async t => {
	const {ask} = await httpServer(t, {keys: [key]});
	for (const path of ['/healthz', '/api/voices', '/nothing', '/%zz']) {
		const {headers} = await ask(path);
		t.is(headers.get('x-content-type-options'), 'nosniff', path);
		t.regex(headers.get('content-security-policy') ?? '', /default-src 'none'/);
		t.is(headers.get('cache-control'), 'no-store');
		t.is(headers.get('x-powered-by'), null);
	}
});

test('a request’s id is its client’s, where it can do no harm', async t => {
	const {ask} = await httpServer(t);
	const idOf = async (id?: string) => {
		const init = id === undefined ? {} : {headers: {'x-request-id': id}};
		return (await ask('/healthz', undefined, init)).headers.get('x-request-id');
	};
	t.is(await idOf('a-1.b_2:3'), 'a-1.b_2:3');
	for (const id of [undefined, 'with space', 'x'.repeat(129), '<script>'])
		t.regex((await idOf(id)) ?? '', /^[\da-f]{8}-[\da-f-]{27}$/);
});

const loggedServer = (options: Partial<SpeechServerOptions>) => {
	const lines: Array<Readonly<Record<string, unknown>>> = [];
	const log = (fields: Readonly<Record<string, unknown>>, message: string) =>
		void lines.push({...fields, message});
	return {lines, options: {...options, log: {info: log, warn: log, error: log}}};
};

test('logs hold no query, no key, no text', async t => {
	const {lines, options} = loggedServer({keys: [key]});
	const {ask, base} = await httpServer(t, options);
	await ask(`/api/voices?apiKey=${key}&name=secret`);
	await ask('/secret?apiKey=wrong-secret');
	await ask('/%zz?apiKey=wrong-secret');
	await (await ask(`/api/tts?apiKey=${key}`, {text: 'Confidential words.'})).arrayBuffer();
	await ask(`/api/tts?apiKey=${key}`, {text: 'Тайна secret', voiceId: 5});
	await fetch(`${base}/api/tts`, {method: 'POST', body: 'secret', headers: {'content-type': 'text/secret'}});
	const all = JSON.stringify(lines);
	t.notRegex(all, new RegExp(`${key}|secret|Confidential|Тайна|apiKey`));
	t.regex(all, /"route":"\/api\/voices","status":200/);
	t.regex(all, /"outcome":"finished","characters":19/);
});

for (const [trustProxy, forwarded, address] of [
	[undefined, '1.2.3.4', '127.0.0.1'],
	[0, '1.2.3.4', '127.0.0.1'],
	[1, undefined, '127.0.0.1'],
	[1, '9.9.9.9, 1.2.3.4', '1.2.3.4'],
	[1, '9.9.9.9, 1.2.3.4:5678', '1.2.3.4'],
	[1, '[2001:db8::1]:443', '2001:db8::1'],
	[2, '9.9.9.9, 1.2.3.4, 10.0.0.1', '1.2.3.4'],
	[2, '1.2.3.4', '1.2.3.4'],
	[1, 'unknown', '127.0.0.1'],
	[2, 'evil, 10.0.0.1', '10.0.0.1'],
] as const) {
	test(`trustProxy ${trustProxy}: X-Forwarded-For ${forwarded} is ${address}`, async t => {
		const {lines, options} = loggedServer({keys: [key], trustProxy});
		const {ask, url} = await httpServer(t, options);
		const headers = forwarded === undefined ? {} : {'x-forwarded-for': forwarded};
		await ask('/api/voices', undefined, {headers: {...headers, ...bearer(key).headers}});
		const client = await WireClient.open(t, `${url}?apiKey=${key}`, {headers});
		await client.settled();
		const addresses = lines.flatMap(line => (line['address'] === undefined ? [] : [line['address']]));
		t.deepEqual(addresses, [address, address]);
	});
}

test('without keys, a client behind a trusted proxy must be of this machine', async t => {
	const {ask, refusal} = await httpServer(t, {trustProxy: 1});
	t.is((await refusal('/healthz', undefined, {headers: {'x-forwarded-for': '1.2.3.4'}})).status, 403);
	t.is((await ask('/healthz', undefined, {headers: {'x-forwarded-for': '127.0.0.1'}})).status, 200);
});

for (const trustProxy of [-1, 1.5, 101]) {
	test(`trustProxy ${trustProxy} is refused`, t => {
		t.throws(() => createServer({synthesizer: new ToneSynthesizer(), trustProxy}), {
			code: 'OPTION_INVALID',
			message: /^trustProxy is/,
		});
	});
}

test('attached with operations, it answers for health and metrics, too', async t => {
	const http = createHttpServer();
	const server = createServer({synthesizer: new ToneSynthesizer(), server: http, operations: true});
	await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
	t.teardown(async () => {
		await server.close();
		http.close();
		http.closeAllConnections();
	});
	const base = `http://127.0.0.1:${(http.address() as {port: number}).port}`; // It listens on a port.
	t.is(await (await fetch(`${base}/healthz`)).text(), '{"status":"ok"}');
	t.regex(await (await fetch(`${base}/metrics`)).text(), /speechpipe_generations_total/);
});

test('attached to a server of others: our paths are ours, the rest is theirs, and all of it once we are gone', async t => {
	const theirs: string[] = [];
	const http = createHttpServer((request, response) => {
		theirs.push(request.url ?? '');
		response.end('theirs');
	});
	const server = createServer({synthesizer: new ToneSynthesizer(), voiceId: 'tone', server: http});
	await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve));
	t.teardown(async () => {
		await server.close();
		http.close();
		http.closeAllConnections();
	});
	const base = `http://127.0.0.1:${(http.address() as {port: number}).port}`; // It listens on a port.
	const speak = () =>
		fetch(`${base}/api/tts`, {
			method: 'POST',
			body: '{"text":"Hi."}',
			headers: {'content-type': 'application/json'},
		});
	t.is(await (await fetch(`${base}/theirs`)).text(), 'theirs');
	const spoken = await speak();
	t.is(spoken.headers.get('content-type'), 'audio/wav');
	await spoken.arrayBuffer();
	t.like(await refusedBy(t, await fetch(`${base}/api/tts`)), {status: 405});
	for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json', '/api', '/v1'])
		t.is(await (await fetch(base + path)).text(), 'theirs');
	theirs.splice(1);
	await Promise.all([server.close(), server.close()]);
	t.is(await (await speak()).text(), 'theirs');
	t.deepEqual(theirs, ['/theirs', '/api/tts']);
});
