import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import OpenAI from 'openai';
import {parseWavHeader} from '../../../lib/audio/wav.js';
import {LocalSynthesizer} from '../../../lib/engines/local-synthesizer.js';
import {type HttpServer, httpServer} from '../../helpers/http.js';
import {goOnIf} from '../../helpers/shared.js';
import {decode, temporaryFolder} from '../../helpers/transcoding.js';

const key = 'sk-example';
const text = 'One two.';

const synthesizer = new LocalSynthesizer();
test.after.always(() => synthesizer.close());

/** A server of the voices of this machine. */
const serve = (t: ExecutionContext) =>
	// A busy test machine runs late.
	httpServer(t, {synthesizer, voiceId: 'heart', keys: [key], limits: {maxLateness: 600_000}});

function clientOf({base}: HttpServer, apiKey = key): OpenAI {
	return new OpenAI({baseURL: `${base}/v1`, apiKey, maxRetries: 0});
}

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

/** Where the test machine's Python has its packages; see `.ci/run`. */
const python = fileURLToPath(new URL('../../../.tmp/python/bin/python', import.meta.url));

test('openai of npm: speech, models', async t => {
	const client = clientOf(await serve(t));
	const speech = await client.audio.speech.create({
		model: 'tts-1',
		voice: 'alloy',
		input: text,
		response_format: 'pcm',
	});
	t.is(speech.headers.get('content-type'), 'audio/pcm; rate=24000');
	t.true((await bytesOf(speech)).length > 0);
	const ids: string[] = [];
	for await (const model of client.models.list()) ids.push(model.id);
	t.deepEqual(ids, ['speechpipe', 'gpt-4o-mini-tts', 'tts-1', 'tts-1-hd']);
	t.like(await client.models.retrieve('tts-1'), {id: 'tts-1', object: 'model', owned_by: 'speechpipe'});
});

test('openai of npm: audio is streamed as it is made', async t => {
	const server = await httpServer(t, {keys: [key]});
	let goOn = () => {};
	const held = new Promise<void>(resolve => {
		goOn = resolve;
	});
	server.synthesizer.engine.gate = text => (text.includes('Last') ? held : Promise.resolve());
	const speech = await clientOf(server).audio.speech.create({
		model: 'any',
		voice: {id: 'tone'},
		input: 'The first sentence is here. Last.',
		response_format: 'pcm',
	});
	const reader = speech.body?.getReader();
	t.true(((await reader?.read())?.value?.length ?? 0) > 0);
	goOn();
	while (!(await reader?.read())?.done);
});

test('openai of npm: every format can be played, at its rate', async t => {
	const client = clientOf(await serve(t));
	const folder = await temporaryFolder(t);
	const create = (response_format?: 'mp3') =>
		client.audio.speech.create({
			model: 'tts-1',
			voice: 'nova',
			input: 'Streams can talk.',
			...(response_format && {response_format}),
		});
	const pcm = await bytesOf(await create('pcm' as 'mp3'));
	const seconds = pcm.length / 2 / 24_000;
	for (const [format, contentType] of [
		[undefined, 'audio/mpeg'],
		['mp3', 'audio/mpeg'],
		['opus', 'audio/ogg; codecs=opus'],
		['aac', 'audio/aac'],
		['flac', 'audio/flac'],
		['wav', 'audio/wav'],
	] as const) {
		const speech = await create(format as 'mp3');
		t.is(speech.headers.get('content-type'), contentType);
		const file = join(folder, `speech.${format}`);
		await writeFile(file, await bytesOf(speech));
		const decoded = (await decode(file, 24_000)).length / 2 / 24_000;
		t.true(Math.abs(decoded - seconds) < 0.15, `${format}: ${decoded} s, not ${seconds}`);
	}
});

test('openai of npm: server-sent events hold the same audio', async t => {
	const client = clientOf(await serve(t));
	const options = {model: 'gpt-4o-mini-tts', voice: 'heart', input: text, response_format: 'pcm'} as const;
	const whole = await bytesOf(await client.audio.speech.create(options));
	const response = await client.audio.speech.create({...options, stream_format: 'sse'});
	t.is(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
	const body = await response.text();
	t.regex(body, /^(?:data: \{.*\}\n\n)+$/);
	const events = body
		.trimEnd()
		.split('\n\n')
		.map(event => JSON.parse(event.slice(6)));
	const done = events.pop();
	const output = Math.ceil(whole.length / 2 / 24_000 / 0.05);
	t.deepEqual(done, {
		type: 'speech.audio.done',
		usage: {input_tokens: 2, output_tokens: output, total_tokens: 2 + output},
	});
	for (const event of events) {
		t.deepEqual(Object.keys(event), ['type', 'audio']);
		t.is(event.type, 'speech.audio.delta');
	}
	const audio = Buffer.concat(events.map(({audio}) => Buffer.from(audio, 'base64')));
	t.true(audio.equals(whole));
});

test('openai of npm: errors are its own kinds', async t => {
	const server = await serve(t);
	const client = clientOf(server);
	const speak = (more: object) =>
		client.audio.speech.create({model: 'tts-1', voice: 'heart', input: text, ...more}).then(() => 'spoken');
	await t.throwsAsync(clientOf(server, 'sk-wrong').models.retrieve('tts-1').then(), {
		instanceOf: OpenAI.AuthenticationError,
	});
	const unknown = await t.throwsAsync(speak({voice: 'hart'}), {instanceOf: OpenAI.UnprocessableEntityError});
	t.like(unknown, {status: 422, code: 'voice_unknown', param: 'voice', type: 'invalid_request_error'});
	t.regex(unknown?.message ?? '', /heart/);
	await t.throwsAsync(speak({speed: 5}), {instanceOf: OpenAI.BadRequestError, message: /speed/});
	await t.throwsAsync(client.models.retrieve('nobody').then(), {instanceOf: OpenAI.NotFoundError});
	const limited = await httpServer(t, {keys: [key], limits: {maxRequestsPerMinute: 1}});
	await clientOf(limited).models.list();
	await t.throwsAsync(clientOf(limited).models.retrieve('tts-1').then(), {instanceOf: OpenAI.RateLimitError});
});

test('openai of Python: whole, streamed, events, errors', async t => {
	if (!goOnIf(t, existsSync(python), `the openai package of Python is not in ${python}: .ci/run installs it`))
		return;
	const {base} = await serve(t);
	const script = fileURLToPath(new URL('../../helpers/openai-client.py', import.meta.url));
	const {stdout} = await promisify(execFile)(python, [script, `${base}/v1`, key]);
	const result = JSON.parse(stdout);
	t.deepEqual(result.models, ['speechpipe', 'gpt-4o-mini-tts', 'tts-1', 'tts-1-hd']);
	t.is(result.model, 'speechpipe');
	const whole = Buffer.from(result.whole, 'base64');
	t.true(whole.length > 0);
	t.is(result.type, 'audio/wav');
	const wav = Buffer.from(result.streamed, 'base64');
	const header = parseWavHeader(wav);
	t.is(header?.sampleRate, 24_000);
	t.true(wav.subarray(header?.dataOffset).equals(whole));
	const done = result.events.pop();
	t.is(done.type, 'speech.audio.done');
	t.is(done.usage.total_tokens, done.usage.input_tokens + done.usage.output_tokens);
	const audio = result.events.map((event: {audio: string}) => Buffer.from(event.audio, 'base64'));
	t.true(Buffer.concat(audio).equals(whole));
	t.deepEqual(result.errors, {
		voice: ['UnprocessableEntityError', 422, 'voice_unknown', 'voice', 'invalid_request_error'],
		input: ['BadRequestError', 400, 'invalid_message', 'input', 'invalid_request_error'],
		model: ['NotFoundError', 404, 'model_not_found', 'model', 'invalid_request_error'],
		key: ['AuthenticationError', 401, 'invalid_api_key', null, 'invalid_request_error'],
	});
});
