import type {AddressInfo} from 'node:net';
import {serve} from '@hono/node-server';
import test, {type ExecutionContext} from 'ava';
import {Hono} from 'hono';
import {type SpeechResponseOptions, speechResponse} from '../../lib/sinks/speech-response.js';
import {FfmpegPool} from '../../lib/transcode/pool.js';
import {ffmpegProcesses} from '../../lib/transcode/process.js';
import {until} from '../helpers/streams.js';
import {endlessText, failingText, still} from '../helpers/texts.js';
import {spelled, ToneSynthesizer} from '../helpers/tone.js';

const text = 'Streams can talk. They do it well.';
const url = 'http://localhost/';

function respond(
	options: Partial<SpeechResponseOptions> = {},
	request: Request = new Request(url),
): Promise<Response> {
	return speechResponse(request, {
		synthesizer: new ToneSynthesizer(),
		text,
		format: 'pcm_s16le',
		...options,
	});
}

/** Hono on a socket, as a user runs it. */
async function hono(t: ExecutionContext, options: Partial<SpeechResponseOptions> = {}): Promise<string> {
	const app = new Hono();
	app.get('/', c => respond(options, c.req.raw));
	const server = serve({fetch: app.fetch, port: 0});
	t.teardown(() => {
		server.close();
		if ('closeAllConnections' in server) server.closeAllConnections();
	});
	await until(() => server.listening);
	return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('speech is the body, and nothing may hold it back', async t => {
	const response = await respond({headers: {'X-Mine': '1', 'Cache-Control': 'public'}});
	t.is(response.status, 200);
	t.is(response.headers.get('content-type'), 'audio/pcm; rate=16000');
	t.is(response.headers.get('x-accel-buffering'), 'no');
	t.is(response.headers.get('x-mine'), '1');
	t.is(response.headers.get('cache-control'), 'public');
	t.is(spelled(await bytesOf(response)), text);
});

test('HEAD says what it would be', async t => {
	const synthesizer = new ToneSynthesizer();
	const response = await respond({synthesizer, format: 'opus'}, new Request(url, {method: 'HEAD'}));
	t.is(response.headers.get('content-type'), 'audio/ogg; codecs=opus');
	t.is(response.body, null);
	t.deepEqual(synthesizer.engine.rendered, []);
});

test('what fails before the first byte is a status', async t => {
	const reported: unknown[] = [];
	const onError = (error: unknown) => reported.push(error);
	const unknown = await respond({voiceId: 'hart', synthesizer: undefined, onError});
	t.is(unknown.status, 422);
	t.regex(((await unknown.json()) as {error: string}).error, /^voice_unknown: .*heart/);
	const wrong = await respond({format: 'mp4' as 'mp3', onError});
	t.is(wrong.status, 400);
	const failing = async function* () {
		yield '';
		throw new Error('/secret/path');
	};
	const broken = await respond({text: failing(), onError});
	t.is(broken.status, 500);
	t.false((await broken.text()).includes('secret'));
	t.is(reported.length, 3);
});

test('what fails after it errors the body', async t => {
	const reported: unknown[] = [];
	const {text, fail} = failingText();
	const response = await respond({text, onError: error => reported.push(error)});
	fail();
	await t.throwsAsync(response.arrayBuffer(), {message: 'the model is gone'});
	t.is(reported.length, 1);
});

test.serial('cancelling the body stops the work', async t => {
	const {text, left} = endlessText();
	const pool = new FfmpegPool({size: 0});
	const reported: unknown[] = [];
	const response = await respond({text, format: 'mp3', pool, onError: error => reported.push(error)});
	t.is(ffmpegProcesses(), 1);
	await response.body?.cancel();
	await until(() => left() && ffmpegProcesses() === 0);
	t.deepEqual(reported, []);
});

test.serial('aborting the request stops the work', async t => {
	const {text, left} = endlessText();
	const leaving = new AbortController();
	const request = new Request(url, {signal: leaving.signal});
	const pool = new FfmpegPool({size: 0});
	const response = await respond({text, format: 'mp3', pool}, request);
	leaving.abort();
	await until(() => left() && ffmpegProcesses() === 0);
	await t.throwsAsync(response.arrayBuffer(), {name: 'AbortError'});
});

test('a slow reader holds back the text', async t => {
	const {text, taken} = endlessText();
	const response = await respond({text});
	t.true((await still(taken)) < 2000);
	await response.body?.cancel();
});

test('Hono gives it over a socket', async t => {
	const at = await hono(t);
	const response = await fetch(at);
	t.is(response.headers.get('content-type'), 'audio/pcm; rate=16000');
	t.is(spelled(await bytesOf(response)), text);
	const head = await fetch(at, {method: 'HEAD'});
	t.is(head.headers.get('content-type'), 'audio/pcm; rate=16000');
});

test.serial('a client of Hono that goes away stops the work', async t => {
	const {text, left} = endlessText();
	const pool = new FfmpegPool({size: 0});
	const at = await hono(t, {text, format: 'mp3', pool});
	const leaving = new AbortController();
	const response = await fetch(at, {signal: leaving.signal});
	await response.body?.getReader().read();
	leaving.abort();
	await until(() => left() && ffmpegProcesses() === 0);
	t.pass();
});
