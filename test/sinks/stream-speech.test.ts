import {once} from 'node:events';
import {createServer, get, type IncomingMessage, type RequestListener, request, type Server} from 'node:http';
import {connect as connectHttp2, createServer as createHttp2Server} from 'node:http2';
import {type AddressInfo, connect} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import express from 'express';
import {fastify} from 'fastify';
import {SpeechError} from '../../lib/errors.js';
import {type StreamSpeechOptions, streamSpeech} from '../../lib/sinks/stream-speech.js';
import {FfmpegPool} from '../../lib/transcode/pool.js';
import {ffmpegProcesses} from '../../lib/transcode/process.js';
import {collect, until} from '../helpers/streams.js';
import {endlessText, failingText, still} from '../helpers/texts.js';
import {spelled, ToneSynthesizer} from '../helpers/tone.js';

const text = 'Streams can talk. They do it well.';

type Options = Partial<StreamSpeechOptions>;

function speechOptions(options: Options): StreamSpeechOptions {
	return {synthesizer: new ToneSynthesizer(), text, format: 'pcm_s16le', ...options};
}

/** How each framework is made to answer every request by `streamSpeech`. */
const frameworks: Readonly<Record<string, (t: ExecutionContext, options: Options) => Promise<string>>> = {
	'node:http': async (t, options) =>
		listening(
			t,
			createServer((_, response) => void streamSpeech(response, speechOptions(options))),
		),
	async express(t, options) {
		const app = express();
		app.get('/', async (_, response) => streamSpeech(response, speechOptions(options)));
		return listening(t, createServer(app as RequestListener));
	},
	async fastify(t, options) {
		const app = fastify();
		t.teardown(() => app.close());
		app.get('/', async (_, reply) => streamSpeech(reply, speechOptions(options)));
		return app.listen({port: 0});
	},
};

async function listening(t: ExecutionContext, server: Server): Promise<string> {
	t.teardown(() => {
		server.close();
		server.closeAllConnections();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function response(url: string, method = 'GET'): Promise<IncomingMessage> {
	const [message] = await once(request(url, {method}).end(), 'response');
	return message;
}

for (const [name, serve] of Object.entries(frameworks)) {
	test(`${name}: speech is the body, and nothing may hold it back`, async t => {
		const answer = await fetch(await serve(t, {}));
		t.is(answer.status, 200);
		t.is(answer.headers.get('content-type'), 'audio/pcm; rate=16000');
		t.is(answer.headers.get('cache-control'), 'no-store, no-transform');
		t.is(answer.headers.get('x-accel-buffering'), 'no');
		t.is(answer.headers.get('transfer-encoding'), 'chunked');
		t.is(answer.headers.get('content-length'), null);
		t.is(spelled(Buffer.from(await answer.arrayBuffer())), text);
	});

	test(`${name}: it comes as it is made`, async t => {
		const {text, fail} = failingText();
		const message = await response(await serve(t, {text}));
		const [first] = await once(message, 'data');
		t.true(first.length > 0);
		message.destroy();
		fail();
	});

	test(`${name}: HEAD says what it would be, and nobody speaks`, async t => {
		const synthesizer = new ToneSynthesizer();
		const message = await response(await serve(t, {synthesizer, format: 'mp3'}), 'HEAD');
		t.is(message.statusCode, 200);
		t.is(message.headers['content-type'], 'audio/mpeg');
		t.is(message.headers['content-length'], undefined);
		t.is((await collect(message)).length, 0);
		t.deepEqual(synthesizer.engine.rendered, []);
	});

	test(`${name}: what fails before the first byte is a status`, async t => {
		const reported: unknown[] = [];
		const onError = (error: unknown) => reported.push(error);
		const synthesizer = undefined;
		for (const [status, code, options] of [
			[422, 'voice_unknown', {voiceId: 'hart', synthesizer}],
			[422, 'voice_lacks', {pitch: 2, synthesizer}],
			[400, 'option_invalid', {speed: 9, synthesizer}],
			[400, 'option_invalid', {format: 'mp4' as 'mp3'}],
			[400, 'option_invalid', {text: 5 as unknown as string}],
			[422, 'text_not_speakable', {text: ' '}],
			[422, 'text_not_speakable', {text: '漢字'}],
			[503, 'overloaded', {text: throwing(new SpeechError('ENGINE_BUSY', 'too much'))}],
			[500, 'engine_failed', {text: throwing(new SpeechError('DATA_MISSING', '/secret/path is not there'))}],
			[500, 'internal', {text: throwing(new Error('/secret/path'))}],
		] as const satisfies ReadonlyArray<readonly [number, string, Options]>) {
			const answer = await fetch(await serve(t, {...options, onError}));
			t.is(answer.status, status);
			t.is(answer.headers.get('content-type'), 'application/json; charset=utf-8');
			const {error} = (await answer.json()) as {error: string};
			t.true(error.startsWith(`${code}: `), error);
			t.false(error.includes('secret'));
			t.is(answer.headers.get('retry-after'), status === 503 ? '5' : null);
		}
		t.is(reported.length, 10);
	});

	test(`${name}: what fails after it breaks the connection`, async t => {
		const reported: unknown[] = [];
		const {text, fail} = failingText();
		const message = await response(await serve(t, {text, onError: error => reported.push(error)}));
		t.is(message.statusCode, 200);
		const body = collect(message);
		fail();
		await t.throwsAsync(body, {code: 'ECONNRESET'});
		t.is((reported[0] as Error).message, 'the model is gone');
		t.is(reported.length, 1);
	});

	test(`${name}: to HTTP/1.0, which knows no chunks, a failure is a reset`, async t => {
		const {text, fail} = failingText();
		const {port} = new URL(await serve(t, {text}));
		const socket = connect(Number(port), '127.0.0.1');
		socket.write('GET / HTTP/1.0\r\n\r\n');
		await once(socket, 'data');
		const ended = once(socket, 'end').then(() => 'ended');
		const failed = once(socket, 'error').then(([error]) => error.code);
		fail();
		t.is(await Promise.race([ended.catch(() => 'errored'), failed]), 'ECONNRESET');
	});

	test.serial(`${name}: a client that goes away stops the work`, async t => {
		const {text, left} = endlessText();
		const reported: unknown[] = [];
		const pool = new FfmpegPool({size: 0});
		const options = {text, format: 'mp3' as const, pool, onError: (error: unknown) => reported.push(error)};
		const message = await response(await serve(t, options));
		await once(message, 'data');
		t.true(ffmpegProcesses() > 0);
		message.destroy();
		await until(left);
		await until(() => ffmpegProcesses() === 0);
		t.deepEqual(reported, []);
	});

	test(`${name}: a client that goes away before the first byte stops the work`, async t => {
		const synthesizer = new ToneSynthesizer();
		let asked = false;
		let aborted = false;
		synthesizer.speak = async function* (_, {signal}) {
			asked = true;
			await new Promise<void>(resolve => signal?.addEventListener('abort', () => resolve()));
			aborted = true;
			yield {type: 'audio', pcm: Buffer.alloc(2)};
		};
		const reported: unknown[] = [];
		const client = get(await serve(t, {synthesizer, onError: error => reported.push(error)}));
		client.on('error', () => {});
		await until(() => asked);
		client.destroy();
		await until(() => aborted);
		t.deepEqual(reported, []);
	});

	test(`${name}: a slow reader holds back the text`, async t => {
		const {text, taken} = endlessText();
		const message = await response(await serve(t, {text}));
		await still(taken);
		// The buffers of two sockets, mostly.
		t.true(taken() * 44 * 200 < 16 * 1024 * 1024, `${taken()} pieces`);
		message.destroy();
	});
}

async function* throwing(error: Error): AsyncGenerator<string> {
	yield '';
	throw error;
}

test('headers that were set before stay', async t => {
	const url = await listening(
		t,
		createServer((_, response) => {
			response.setHeader('Cache-Control', 'public, max-age=60');
			response.setHeader('Content-Type', 'audio/L8');
			void streamSpeech(response, speechOptions({}));
		}),
	);
	const answer = await fetch(url);
	t.is(answer.headers.get('cache-control'), 'public, max-age=60');
	t.is(answer.headers.get('content-type'), 'audio/L8');
	await answer.arrayBuffer();
});

test('a hook of Fastify sees the stream, and its headers go out', async t => {
	const app = fastify();
	t.teardown(() => app.close());
	let seen: unknown;
	app.addHook('onSend', async (_request, reply, payload) => {
		seen = payload;
		reply.header('x-hook', 'seen');
	});
	app.get('/', (_, reply) => streamSpeech(reply.header('x-mine', '1'), speechOptions({})));
	const answer = await fetch(await app.listen({port: 0}));
	t.is(answer.headers.get('x-hook'), 'seen');
	t.is(answer.headers.get('x-mine'), '1');
	t.is(typeof (seen as {pipe: unknown}).pipe, 'function');
	t.is(spelled(Buffer.from(await answer.arrayBuffer())), text);
});

test('node:http2 takes it too, and a failure resets the stream', async t => {
	const {text: beginning, fail} = failingText();
	const server = createHttp2Server((request, response) => {
		const fails = request.url === '/fails';
		void streamSpeech(response, speechOptions(fails ? {text: beginning} : {}));
	});
	server.listen(0);
	await once(server, 'listening');
	const client = connectHttp2(`http://localhost:${(server.address() as AddressInfo).port}`);
	t.teardown(() => {
		client.close();
		server.close();
	});
	const whole = client.request({':path': '/'});
	const [headers] = await once(whole, 'response');
	t.is(headers['content-type'], 'audio/pcm; rate=16000');
	t.is(spelled(await collect(whole)), text);

	const broken = client.request({':path': '/fails'});
	await once(broken, 'data');
	fail();
	await t.throwsAsync(
		collect(broken).then(() => 'whole'),
		{code: 'ERR_HTTP2_STREAM_ERROR'},
	);
});
