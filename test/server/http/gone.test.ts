import {once} from 'node:events';
import {request as httpRequest} from 'node:http';
import test, {type ExecutionContext} from 'ava';
import type {SpeechServerOptions} from '../../../lib/server/options.js';
import {ffmpegProcesses} from '../../../lib/transcode/process.js';
import {httpServer, received, requestText} from '../../helpers/http.js';
import {settle, until} from '../../helpers/streams.js';
import {spelled, ToneSynthesizer} from '../../helpers/tone.js';

const long = 'Some more words for you. '.repeat(190);
const rawFormat = {outputType: 'RAW_PCM16', sampleRate: 48_000};

/** A tone voice that notes how many of its speeches were begun and stopped. */
class NotedSynthesizer extends ToneSynthesizer {
	begun = 0;
	stopped = 0;

	override speak(...[text, options]: Parameters<ToneSynthesizer['speak']>) {
		this.begun++;
		options.signal?.addEventListener('abort', () => this.stopped++);
		return super.speak(text, options);
	}
}

async function notedServer(t: ExecutionContext, options: Partial<SpeechServerOptions> = {}) {
	const synthesizer = new NotedSynthesizer();
	const outcomes: unknown[] = [];
	const log = {
		info: (fields: Readonly<Record<string, unknown>>) => {
			if (fields['outcome']) outcomes.push(fields['outcome']);
		},
		warn() {},
		error() {},
	};
	const server = await httpServer(t, {synthesizer, log, ...options});
	return {...server, synthesizer, outcomes};
}

test.serial('a server that closes leaves no ffmpeg behind', async t => {
	const {ask, server} = await notedServer(t);
	await (await ask('/api/tts', {text: 'Hi.', format: {outputType: 'MP3'}})).arrayBuffer();
	t.true(ffmpegProcesses() > 0);
	await server.close();
	t.is(ffmpegProcesses(), 0);
});

for (const outputType of ['RAW_PCM16', 'MP3']) {
	test.serial(`a client that goes away before the first byte stops its speech (${outputType})`, async t => {
		const {connect, synthesizer, outcomes} = await notedServer(t);
		synthesizer.engine.gate = () => new Promise(() => {});
		const socket = await connect();
		socket.write(requestText(JSON.stringify({text: long, format: {outputType}})));
		await until(() => synthesizer.begun === 1);
		socket.destroy();
		await until(() => synthesizer.stopped === 1);
		await until(() => outcomes.length === 1);
		t.deepEqual(outcomes, ['gone']);
	});
}

test.serial('a client that goes away midway stops its speech, and ffmpeg is reaped', async t => {
	const {connect, synthesizer, outcomes} = await notedServer(t, {ffmpegPool: {size: 0}});
	let utterances = 0;
	synthesizer.engine.gate = () => (++utterances > 20 ? new Promise(() => {}) : Promise.resolve());
	const socket = await connect();
	socket.write(requestText(JSON.stringify({text: long, format: {outputType: 'MP3'}})));
	await once(socket, 'data');
	t.is(ffmpegProcesses(), 1);
	socket.destroy();
	await until(() => synthesizer.stopped === 1);
	await until(() => outcomes.length === 1);
	t.deepEqual(outcomes, ['gone']);
	await until(() => ffmpegProcesses() === 0);
});

test.serial('a client that goes away with several requests in the pipe stops them all', async t => {
	const {connect, synthesizer, outcomes} = await notedServer(t);
	synthesizer.engine.gate = () => new Promise(() => {});
	const socket = await connect();
	socket.write(requestText(JSON.stringify({text: long})).repeat(3));
	await until(() => synthesizer.begun === 3);
	socket.destroy();
	await until(() => outcomes.length === 3);
	t.is(synthesizer.stopped, 3);
});

test.serial('a request that is aborted while it is sent comes to nothing', async t => {
	const {connect, ask, synthesizer} = await notedServer(t);
	const socket = await connect();
	socket.write(requestText(JSON.stringify({text: long})).slice(0, -10));
	await settle();
	socket.destroy();
	const response = await ask('/api/tts', {text: 'Others go on.'});
	t.is(response.status, 200);
	await response.arrayBuffer();
	t.is(synthesizer.begun, 1);
});

test.serial(
	'a reader that stops holds back its own speech alone, and gets all of it when it goes on',
	async t => {
		const {base, ask, synthesizer} = await notedServer(t, {limits: {maxCharactersPerRequest: 100_000}});
		const {engine} = synthesizer;
		const text = long.repeat(12);
		const request = httpRequest(`${base}/api/tts`, {
			method: 'POST',
			headers: {'content-type': 'application/json'},
		});
		request.end(JSON.stringify({text, format: rawFormat}));
		const [response] = await once(request, 'response');
		// What the kernel takes is some MiB: then nothing more is made.
		for (let before = -1; before !== engine.rendered.length; ) {
			before = engine.rendered.length;
			await new Promise(resolve => setTimeout(resolve, 200));
		}
		const made = engine.rendered.length;
		t.true(made < 12 * 190, `${made} utterances`);
		const neighbour = await ask('/api/tts', {text: 'I go on.', format: rawFormat});
		t.is(spelled(Buffer.from(await neighbour.arrayBuffer())), 'I go on.');
		const chunks: Buffer[] = [];
		for await (const chunk of response) chunks.push(chunk);
		t.is(spelled(Buffer.concat(chunks)).replaceAll(' ', ''), text.replaceAll(' ', ''));
	},
);

test.serial('a reader that stands still longer than stallTimeout is given up', async t => {
	const limits = {maxCharactersPerRequest: 1_000_000, maxBodyBytes: 2_000_000, stallTimeout: 2000};
	const {connect, synthesizer, outcomes} = await notedServer(t, {limits});
	const socket = await connect();
	socket.pause();
	socket.write(requestText(JSON.stringify({text: long.repeat(100), format: rawFormat})));
	await until(() => outcomes.length === 1);
	t.deepEqual(outcomes, ['gone']);
	t.is(synthesizer.stopped, 1);
});

test.serial(
	'a voice that gives nothing for stallTimeout has failed: with a status before the first byte, then by a broken connection',
	async t => {
		const {ask, refusal, synthesizer, outcomes} = await notedServer(t, {limits: {stallTimeout: 2000}});
		synthesizer.engine.gate = text => (text.includes('Never') ? new Promise(() => {}) : Promise.resolve());
		t.like(await refusal('/api/tts', {text: 'Never.', format: rawFormat}), {
			status: 500,
			code: 'engine_failed',
		});
		const response = await ask('/api/tts', {text: 'It began. Never ends.', format: rawFormat});
		t.is(response.status, 200);
		await t.throwsAsync(response.arrayBuffer());
		await until(() => outcomes.length === 2);
		t.deepEqual(outcomes, ['engine_failed', 'engine_failed']);
		t.is(synthesizer.stopped, 2);
	},
);

/** Fails at its second sentence. */
function failing(): ToneSynthesizer {
	const synthesizer = new ToneSynthesizer();
	synthesizer.engine.gate = async text => {
		if (text.includes('Second')) throw new Error('the engine broke');
	};
	return synthesizer;
}

for (const outputType of ['RAW_PCM16', 'WAV_PCM16', 'MP3', 'FLAC']) {
	test.serial(`speech that fails midway is no whole body: the connection breaks (${outputType})`, async t => {
		const errors: unknown[] = [];
		const log = {
			info() {},
			warn() {},
			error: (fields: Readonly<Record<string, unknown>>) => errors.push(fields['err']),
		};
		const {ask} = await httpServer(t, {synthesizer: failing(), log});
		const text = `${'First words. '.repeat(60)}Second.`;
		const response = await ask('/api/tts', {text, format: {outputType}});
		t.is(response.status, 200);
		await t.throwsAsync(response.arrayBuffer());
		t.regex(String(errors[0]), /the engine broke/);
	});
}

test.serial('HTTP/1.0 knows a body’s end by the connection’s: there it is reset', async t => {
	const synthesizer = new ToneSynthesizer();
	let fail = () => {};
	synthesizer.engine.gate = text =>
		text.includes('Second')
			? new Promise((_, reject) => {
					fail = () => reject(new Error('the engine broke'));
				})
			: Promise.resolve();
	const {connect} = await httpServer(t, {synthesizer});
	const socket = await connect();
	const body = JSON.stringify({text: 'First one. Second one.', format: rawFormat});
	socket.write(requestText(body, {version: '1.0'}));
	const all = received(socket);
	// What comes together with a reset is read as if it were an end, here.
	for (let bytes = -1; bytes !== socket.bytesRead || bytes < 2000; ) {
		bytes = socket.bytesRead;
		await new Promise(resolve => setTimeout(resolve, 50));
	}
	fail();
	const {error} = await all;
	t.is(error?.code, 'ECONNRESET');
});

for (const version of ['0.9', '1.0', '2.0']) {
	test.serial(`who says HTTP/${version} gets the bytes as they are, until the connection ends`, async t => {
		const {connect} = await httpServer(t);
		const socket = await connect();
		socket.write(requestText(JSON.stringify({text: 'One two.', format: rawFormat}), {version}));
		const {bytes, error} = await received(socket);
		t.is(error, undefined);
		const end = bytes.indexOf('\r\n\r\n');
		t.regex(String(bytes.subarray(0, end)), /^HTTP\/1\.1 200 /);
		t.is(spelled(bytes.subarray(end + 4)), 'One two.');
	});
}

test.serial('speech that fails before its first byte has a status', async t => {
	const {refusal} = await httpServer(t, {synthesizer: failing()});
	for (const outputType of ['RAW_PCM16', 'WAV_PCM16', 'MP3']) {
		const refused = await refusal('/api/tts', {text: 'Second.', format: {outputType}});
		t.is(refused.status, 500);
		t.notRegex(refused.error, /the engine broke/);
	}
});
