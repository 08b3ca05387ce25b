import {once} from 'node:events';
import test, {type ExecutionContext} from 'ava';
import {LocalSynthesizer} from '../../../lib/engines/local-synthesizer.js';
import {httpServer, received, requestText} from '../../helpers/http.js';
import {until} from '../../helpers/streams.js';
import {spelled, type ToneSynthesizer} from '../../helpers/tone.js';

const path = '/v1/audio/speech';
const good = {model: 'tts-1', voice: 'tone', input: 'One two.', response_format: 'pcm'};

interface OpenaiError {
	readonly status: number;
	readonly message: string;
	readonly type: string;
	readonly param: string | null;
	readonly code: string | null;
}

/** What an answer that refuses says; it must look as OpenAI's do. */
async function refusedBy(t: ExecutionContext, response: Response): Promise<OpenaiError> {
	t.regex(response.headers.get('content-type') ?? '', /^application\/json/);
	const body = (await response.json()) as {error: Omit<OpenaiError, 'status'>};
	t.deepEqual(Object.keys(body), ['error']);
	t.deepEqual(Object.keys(body.error).sort(), ['code', 'message', 'param', 'type']);
	t.is(typeof body.error.message, 'string');
	return {...body.error, status: response.status};
}

/** Holds the engine back; tells when it was asked for something. */
function hold({engine}: ToneSynthesizer): {asked: Promise<void>; goOn: () => void} {
	let goOn = () => {};
	const held = new Promise<void>(resolve => {
		goOn = resolve;
	});
	const asked = new Promise<void>(resolve => {
		engine.gate = () => {
			resolve();
			return held;
		};
	});
	return {asked, goOn};
}

for (const [what, body, expected] of [
	['no input', {input: undefined}, {status: 400, code: 'invalid_message', param: 'input'}],
	['an empty input', {input: ''}, {status: 400, code: 'invalid_message', param: 'input'}],
	['a blank input', {input: ' \n'}, {status: 422, code: 'text_not_speakable', param: 'input'}],
	[
		'an input that cannot be spoken',
		{input: '漢字'},
		{status: 422, code: 'text_not_speakable', param: 'input'},
	],
	['an input that is a number', {input: 5}, {status: 400, code: 'invalid_message', param: 'input'}],
	['an input that is null', {input: null}, {status: 400, code: 'invalid_message', param: 'input'}],
	['an input that is a list', {input: ['a', 'b']}, {status: 400, code: 'invalid_message', param: 'input'}],
	['5,001 characters', {input: 'a'.repeat(5001)}, {status: 400, code: 'text_too_long', param: 'input'}],
	['a model that is a number', {model: 1}, {status: 400, code: 'invalid_message', param: 'model'}],
	[
		'an unknown format',
		{response_format: 'mp4'},
		{status: 400, code: 'invalid_message', param: 'response_format'},
	],
	['a format of another case', {response_format: 'MP3'}, {status: 400, param: 'response_format'}],
	[
		'a format that every object has',
		{response_format: 'constructor'},
		{status: 400, param: 'response_format'},
	],
	['a stream format that there is not', {stream_format: 'ws'}, {status: 400, param: 'stream_format'}],
	['a speed below 0.25', {speed: 0.24}, {status: 400, code: 'invalid_message', param: 'speed'}],
	['a speed above 4', {speed: 4.1}, {status: 400, code: 'invalid_message', param: 'speed'}],
	['a speed that is text', {speed: '1'}, {status: 400, code: 'invalid_message', param: 'speed'}],
	['instructions that are no text', {instructions: {}}, {status: 400, param: 'instructions'}],
	['a voice that is a number', {voice: 7}, {status: 400, param: 'voice'}],
	['an empty voice', {voice: ''}, {status: 400, param: 'voice'}],
	['a voice without its id', {voice: {name: 'tone'}}, {status: 400}],
] as const) {
	test(`${what} is refused`, async t => {
		const {ask} = await httpServer(t);
		const error = await refusedBy(t, await ask(path, {...good, ...body}));
		t.like(error, {type: 'invalid_request_error', ...expected});
		if (error.param === 'response_format') t.regex(error.message, /"mp3", "opus", "aac"/);
	});
}

test('a voice that is unknown is told with those that look like it, a speed beyond a voice’s with its range', async t => {
	const synthesizer = new LocalSynthesizer();
	t.teardown(() => synthesizer.close());
	const {ask} = await httpServer(t, {synthesizer, voiceId: 'heart'});
	const unknown = await refusedBy(t, await ask(path, {...good, voice: 'hart'}));
	t.like(unknown, {status: 422, code: 'voice_unknown', param: 'voice'});
	t.regex(unknown.message, /heart/);
	const fast = await refusedBy(t, await ask(path, {...good, voice: 'heart', speed: 3}));
	t.like(fast, {status: 400, code: 'option_invalid', param: 'speed'});
	t.regex(fast.message, /from 0\.5 to 2/);
	for (const voice of ['../../etc/passwd', '__proto__', 'espeak:../../x', '%2e%2e', 'heart\u0000'])
		t.like(await refusedBy(t, await ask(path, {...good, voice})), {status: 422, code: 'voice_unknown'});
});

test('without a voice of its own the server asks for one', async t => {
	const synthesizer = new LocalSynthesizer();
	t.teardown(() => synthesizer.close());
	const {ask} = await httpServer(t, {synthesizer, voiceId: undefined});
	for (const voice of [undefined, 'alloy']) {
		const error = await refusedBy(t, await ask(path, {...good, voice}));
		t.like(error, {status: 400, code: 'voice_missing', param: 'voice'});
		t.regex(error.message, /^voice is missing/);
	}
});

test.serial('without ffmpeg it says what can be had', async t => {
	process.env['FFMPEG_PATH'] = '/nowhere/ffmpeg';
	t.teardown(() => delete process.env['FFMPEG_PATH']);
	const {ask} = await httpServer(t);
	const error = await refusedBy(t, await ask(path, {...good, response_format: 'mp3'}));
	t.like(error, {status: 501, code: 'format_unavailable', param: 'response_format'});
	t.regex(error.message, /wav or pcm/);
	t.is((await ask(path, good)).status, 200);
});

test('bodies that are none', async t => {
	const {ask} = await httpServer(t);
	const json = JSON.stringify(good);
	for (const [body, message] of [
		['', /empty/],
		[json.slice(0, -5), /cut off/],
		['[]', /an array/],
		['null', /null/],
		['"text"', /a string/],
		[`{"input": "a", ${json.slice(1)}`, /twice/],
		[`{"__proto__": {"input": "a"}, ${json.slice(1)}`, /__proto__/],
		[`{"a": {"__proto__": 1}, ${json.slice(1)}`, /__proto__/],
	] as const) {
		const error = await refusedBy(t, await ask(path, body));
		t.like(error, {status: 400, type: 'invalid_request_error', code: 'invalid_message'});
		t.regex(error.message, message);
	}
	for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
		const error = await refusedBy(t, await ask(path, json, {headers: {'content-type': type}}));
		t.like(error, {status: 415, code: 'media_type_unknown'});
	}
});

test('a body of 100 MB is refused before it has come', async t => {
	const {connect} = await httpServer(t);
	const socket = await connect();
	const length = {'content-length': String(100 * 1024 * 1024)};
	socket.write(requestText('{"input": "', {path, headers: length}));
	const [answer] = await once(socket, 'data');
	t.regex(String(answer), /^HTTP\/1\.1 413 /);
	t.regex(String(answer), /"code":"body_too_large"/);
	socket.destroy();
});

test('no key and a wrong key are told alike, on every path', async t => {
	const {ask} = await httpServer(t, {keys: ['sk-right']});
	for (const headers of [{}, {authorization: 'Bearer sk-wrong'}, {authorization: 'Basic c2s='}]) {
		for (const [where, body] of [
			[path, good],
			['/v1/models', undefined],
			['/v1/models/tts-1', undefined],
		] as const) {
			const answer = await ask(where, body, {headers});
			t.is(answer.headers.get('www-authenticate'), 'Bearer');
			t.like(await refusedBy(t, answer), {
				status: 401,
				type: 'invalid_request_error',
				code: 'invalid_api_key',
				param: null,
			});
		}
	}
});

test('what is not there, and methods that are not taken', async t => {
	const {ask, connect} = await httpServer(t);
	for (const missing of [
		'/v1',
		'/v1/',
		'/v1/audio',
		'/v1/audio/speech/',
		'/v1/models/x/y',
		'/v1/nothing?x=1',
	]) {
		t.like(await refusedBy(t, await ask(missing)), {status: 404, code: 'not_found'}, missing);
	}
	const model = await refusedBy(t, await ask('/v1/models/gpt-5'));
	t.like(model, {status: 404, code: 'model_not_found', param: 'model'});
	const got = await ask(path);
	t.is(got.headers.get('allow'), 'POST');
	t.like(await refusedBy(t, got), {status: 405, code: 'method_not_allowed'});
	t.like(await refusedBy(t, await ask('/v1/models', {})), {status: 405});
	for (const wild of [
		'/v1/../../etc/passwd',
		'/v1/%2e%2e/%2e%2e/etc/passwd',
		'/v1/models/..%2f..%2fetc%2fpasswd',
	]) {
		const socket = await connect();
		socket.end(`GET ${wild} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
		const answer = String((await received(socket)).bytes);
		t.regex(answer, /^HTTP\/1\.1 404 /, wild);
		t.regex(answer, /"error":\{"message"/);
	}
	t.like(await refusedBy(t, await ask('/v1/%zz')), {status: 400, code: 'invalid_message'});
});

test('over a limit: 429 with Retry-After', async t => {
	const {ask} = await httpServer(t, {limits: {maxRequestsPerMinute: 1}});
	await ask('/v1/models');
	const answer = await ask('/v1/models');
	t.true(Number(answer.headers.get('retry-after')) > 0);
	t.like(await refusedBy(t, answer), {
		status: 429,
		type: 'rate_limit_error',
		code: 'rate_limit_exceeded',
	});

	const {ask: open, synthesizer} = await httpServer(t, {limits: {maxGenerationsPerKey: 1}});
	const {asked, goOn} = hold(synthesizer);
	const first = open(path, good);
	await asked;
	const second = await open(path, good);
	t.truthy(second.headers.get('retry-after'));
	t.like(await refusedBy(t, second), {status: 429, code: 'limit_exceeded', type: 'rate_limit_error'});
	goOn();
	t.is((await first).status, 200);
});

test('a server that drains says so', async t => {
	const {ask, server, synthesizer} = await httpServer(t);
	const {asked, goOn} = hold(synthesizer);
	const first = ask(path, good);
	await asked;
	const drained = server.drain();
	const refused = await refusedBy(t, await ask(path, good));
	t.like(refused, {status: 503, type: 'server_error', code: 'draining'});
	goOn();
	t.true((await (await first).arrayBuffer()).byteLength > 0);
	t.true(await drained);
});

test('pipelined requests are answered in order', async t => {
	const {connect} = await httpServer(t);
	const socket = await connect();
	const body = (input: string) => JSON.stringify({...good, input});
	socket.write(
		requestText(body('One.'), {path}) +
			requestText('{', {path}) +
			requestText(body('Two.'), {path, headers: {connection: 'close'}}),
	);
	const answer = String((await received(socket)).bytes);
	t.deepEqual(
		[...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status),
		['200', '400', '200'],
	);
});

for (const stream_format of ['audio', 'sse']) {
	test(`${stream_format}: a client that goes away stops the work`, async t => {
		const {connect, synthesizer} = await httpServer(t);
		let aborted = false;
		const speak = synthesizer.speak.bind(synthesizer);
		synthesizer.speak = (text, options) => {
			options.signal?.addEventListener('abort', () => {
				aborted = true;
			});
			return speak(text, options);
		};
		const socket = await connect();
		socket.write(requestText(JSON.stringify({...good, input: 'A. '.repeat(1500), stream_format}), {path}));
		await once(socket, 'data');
		socket.destroy();
		await until(() => aborted);
		t.pass();
	});

	test(`${stream_format}: a failure midway breaks the connection off`, async t => {
		const {ask, synthesizer} = await httpServer(t);
		let fail = () => {};
		const failed = new Promise<void>((_, reject) => {
			fail = () => reject(new Error('the engine is broken'));
		});
		synthesizer.engine.gate = async text => (text.includes('Bang') ? failed : undefined);
		const answer = await ask(path, {...good, input: 'This is well. Bang.', stream_format});
		t.is(answer.status, 200);
		fail();
		await t.throwsAsync(answer.text());
	});

	test(`${stream_format}: a reader that stops is let go`, async t => {
		const limits = {maxCharactersPerRequest: 1_000_000, maxBodyBytes: 2_000_000, stallTimeout: 300};
		const outcomes: unknown[] = [];
		const note = ({outcome}: Readonly<Record<string, unknown>>) => outcome && outcomes.push(outcome);
		const {connect} = await httpServer(t, {limits, log: {info: note, warn: note, error: note}});
		const socket = await connect();
		socket.pause();
		// More than the buffers of the system take.
		const input = 'All work and no play makes Jack a dull boy. '.repeat(20_000);
		socket.write(requestText(JSON.stringify({...good, input, stream_format}), {path}));
		await until(() => outcomes.length === 1);
		t.deepEqual(outcomes, ['gone']);
	});
}

test('what is ignored: Accept, instructions, unknown fields', async t => {
	const {ask} = await httpServer(t, {});
	for (const accept of [
		'application/octet-stream',
		'application/json',
		'audio/mpeg',
		'text/html',
		'nonsense',
	]) {
		const answer = await ask(path, {...good, instructions: 'Sing.', extra: 1}, {headers: {accept}});
		t.is(answer.status, 200);
		t.is(answer.headers.get('content-type'), 'audio/pcm; rate=24000');
		t.is(spelled(Buffer.from(await answer.arrayBuffer())), good.input);
	}
});

test('a model with a name longer than a path may have is none', async t => {
	const {ask} = await httpServer(t);
	const refused = await refusedBy(t, await ask(`/v1/models/${'m'.repeat(1000)}`));
	t.like(refused, {status: 404, code: 'not_found'});
});
