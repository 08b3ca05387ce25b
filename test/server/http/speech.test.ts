import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {request as httpRequest} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {ffmpeg} from '../../helpers/ffmpeg.js';
import {httpServer, received, requestText} from '../../helpers/http.js';
import {spelled, ToneSynthesizer} from '../../helpers/tone.js';

const raw = (sampleRate = 16_000) => ({outputType: 'RAW_PCM16', sampleRate});
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

test('RAW_PCM16 is what a local run gives', async t => {
	const {ask} = await httpServer(t);
	const response = await ask('/api/tts', {text: 'One two. Three!', voiceId: 'tone', format: raw()});
	t.is(response.status, 200);
	t.is(response.headers.get('content-type'), 'audio/pcm; rate=16000');
	t.is(spelled(await bytesOf(response)), 'One two. Three!');
});

test('the default is WAV_PCM16 at 24 kHz, a server’s own voice where none is named', async t => {
	const {ask} = await httpServer(t);
	for (const body of [{text: 'Hi.'}, {text: 'Hi.', voiceId: ''}, {text: 'Hi.', format: {}}]) {
		const response = await ask('/api/tts', body);
		t.is(response.headers.get('content-type'), 'audio/wav');
		const wav = await bytesOf(response);
		t.is(wav.toString('latin1', 0, 4), 'RIFF');
		t.is(wav.readUInt32LE(24), 24_000);
	}
});

for (const [outputType, type, codec, rate, options] of [
	['WAV_PCM16', 'audio/wav', 'pcm_s16le', 24_000, []],
	['RAW_PCM16', 'audio/pcm; rate=24000', 'pcm_s16le', 24_000, ['-f', 's16le', '-ar', '24000']],
	['MP3', 'audio/mpeg', 'mp3', 24_000, []],
	['OPUS', 'audio/ogg; codecs=opus', 'opus', 48_000, []],
	['AAC', 'audio/aac', 'aac', 24_000, []],
	['FLAC', 'audio/flac', 'flac', 24_000, []],
	['MULAW', 'audio/basic', 'pcm_mulaw', 8000, ['-f', 'mulaw', '-ar', '8000']],
] as const) {
	test(`${outputType} is ${type}, and plays to its end`, async t => {
		const {ask} = await httpServer(t);
		const text = 'A few words for everybody. ';
		const response = await ask('/api/tts', {text: text.repeat(20), format: {outputType}});
		t.is(response.status, 200);
		t.is(response.headers.get('content-type'), type);
		const folder = mkdtempSync(join(tmpdir(), 'http-'));
		t.teardown(() => rmSync(folder, {recursive: true}));
		const file = join(folder, 'speech');
		writeFileSync(file, await bytesOf(response));
		const {stdout, stderr} = await ffmpeg([...options, '-i', file, '-f', 's16le', '-ac', '1', '-']);
		t.regex(stderr, new RegExp(`Audio: ${codec}.* ${rate} Hz`));
		// The tone voice: 100 samples a character; 300 ms after a sentence.
		const sampleRate = outputType === 'MULAW' ? 8000 : 24_000;
		const made = new ToneSynthesizer().speak(pieces(text.repeat(20)), {sampleRate});
		let samples = 0;
		for await (const event of made) if (event.type === 'audio') samples += event.pcm.length / 2;
		const seconds = stdout.length / 2 / rate;
		const spoken = samples / sampleRate;
		t.true(Math.abs(seconds - spoken) < 0.12, `${seconds} s of ${spoken} s`);
	});
}

async function* pieces(text: string) {
	yield text;
}

for (const [accept, type] of [
	['*/*', 'audio/wav'],
	['audio/*', 'audio/wav'],
	['audio/mpeg', 'audio/mpeg'],
	['audio/ogg; codecs=opus', 'audio/ogg; codecs=opus'],
	['text/html, audio/flac;q=0.5, audio/aac;q=0.8', 'audio/aac'],
	['application/json, text/plain, */*', 'audio/wav'],
	['audio/wav;q=0, audio/*', 'audio/wav'],
	['application/octet-stream', 'audio/wav'],
	['application/json', 'audio/wav'],
	['audio/basic', 'audio/basic'],
] as const) {
	test(`Accept: ${accept} is answered with ${type}`, async t => {
		const {ask} = await httpServer(t);
		const response = await ask('/api/tts', {text: 'Hi.'}, {headers: {accept}});
		t.is(response.status, 200);
		t.is(response.headers.get('content-type'), type);
		t.regex(response.headers.get('vary') ?? '', /\bAccept\b/);
		await response.arrayBuffer();
	});
}

test('Accept: 406 where nothing of it can be made, unless the format is named', async t => {
	const {ask, refusal} = await httpServer(t);
	for (const accept of ['image/png', 'text/html', 'audio/midi'])
		t.like(await refusal('/api/tts', {text: 'Hi.'}, {headers: {accept}}), {
			status: 406,
			code: 'not_acceptable',
		});
	const named = await ask('/api/tts', {text: 'Hi.', format: raw()}, {headers: {accept: 'image/png'}});
	t.is(named.headers.get('content-type'), 'audio/pcm; rate=16000');
	await named.arrayBuffer();
});

test('audio is sent as it is made', async t => {
	const {ask, synthesizer} = await httpServer(t);
	let goOn = () => {};
	synthesizer.engine.gate = async text => {
		if (text.includes('Second')) await new Promise<void>(resolve => (goOn = resolve));
	};
	const response = await ask('/api/tts', {text: 'First one. Second one.', format: raw()});
	const reader = response.body?.getReader();
	const first = await reader?.read();
	t.regex(spelled(Buffer.from(first?.value ?? [])), /^First/);
	goOn();
	const rest: Uint8Array[] = [];
	for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
		rest.push(part.value);
	t.regex(spelled(Buffer.concat(rest)), /Second one\.$/);
});

test('lines are spoken one after another, in one stream', async t => {
	const {ask} = await httpServer(t);
	const lines = [{text: 'How are you?', voiceId: 'tone'}, {text: 'Well.'}, {text: 'Good!', voiceId: 'tone'}];
	const response = await ask('/api/tts/multispeaker', {lines, format: raw()});
	t.is(response.status, 200);
	t.is(spelled(await bytesOf(response)).replaceAll('\n', ''), 'How are you?Well.Good!');
});

test('voiceOptionValues reach the synthesizer; options of other names are ignored', async t => {
	const synthesizer = new ToneSynthesizer();
	const speeds: Array<number | undefined> = [];
	const speak = synthesizer.speak.bind(synthesizer);
	synthesizer.speak = (text, options) => {
		speeds.push(options.speed);
		return speak(text, options);
	};
	const {ask} = await httpServer(t, {synthesizer});
	const voiceOptionValues = [
		{optionId: 'Speed', value: 1.5},
		{optionId: 'warmth', value: 'much'},
	];
	await bytesOf(await ask('/api/tts', {text: 'Hi.', voiceOptionValues}));
	await bytesOf(await ask('/api/tts/multispeaker', {lines: [{text: 'Hi.'}], voiceOptionValues}));
	t.deepEqual(speeds, [1.5, 1.5]);
});

test('Server-Timing tells the times before the first byte, and as a trailer all of them', async t => {
	const {base} = await httpServer(t);
	const headers = {'content-type': 'application/json'};
	const [before, trailer] = await new Promise<string[]>((resolve, reject) => {
		const request = httpRequest(`${base}/api/tts`, {method: 'POST', headers}, response => {
			response.resume().on('end', () => {
				resolve([String(response.headers['server-timing']), String(response.trailers['server-timing'])]);
			});
		});
		request.on('error', reject);
		request.end(JSON.stringify({text: 'Hello there.'}));
	});
	t.regex(before ?? '', /^chunk;dur=\d+(?:, audible;dur=\d+)?$/);
	t.regex(trailer ?? '', /^chunk;dur=\d+(?:, audible;dur=\d+)?, total;dur=\d+, audio;dur=\d+$/);
});

test('what was not spoken is told in the trailer', async t => {
	const {connect} = await httpServer(t);
	const socket = await connect();
	socket.write(requestText(JSON.stringify({text: 'Hello. Привет.'}), {headers: {connection: 'close'}}));
	const {bytes} = await received(socket);
	t.regex(bytes.toString('latin1'), /\r\n0\r\nserver-timing: .*, unspoken;desc="7 characters"\r\n\r\n$/);
});

test('HTTP/1.0 gets the same bytes, until the connection ends', async t => {
	const {connect} = await httpServer(t);
	const socket = await connect();
	socket.write(requestText(JSON.stringify({text: 'Hi there.', format: raw()}), {version: '1.0'}));
	const {bytes, error} = await received(socket);
	t.is(error, undefined);
	const start = bytes.indexOf('\r\n\r\n');
	t.notRegex(bytes.toString('latin1', 0, start), /transfer-encoding|trailer/i);
	t.is(spelled(bytes.subarray(start + 4)), 'Hi there.');
});

test('pipelined requests are answered in order, each whole', async t => {
	const {connect} = await httpServer(t);
	const socket = await connect();
	const texts = ['First.', 'Second one.', 'Third and last.'];
	const requests = texts.map((text, index) => {
		const headers = {connection: index === texts.length - 1 ? 'close' : 'keep-alive'};
		return requestText(JSON.stringify({text, format: raw()}), {headers});
	});
	socket.write(requests.join(''));
	const {bytes} = await received(socket);
	const answers = bytes.toString('latin1').split('HTTP/1.1 200 OK').slice(1);
	t.deepEqual(
		answers.map(answer => spelled(dechunked(answer))),
		texts,
	);
});

function dechunked(answer: string): Buffer {
	const chunks: Buffer[] = [];
	for (let at = answer.indexOf('\r\n\r\n') + 4; ; ) {
		const line = answer.indexOf('\r\n', at);
		const length = Number.parseInt(answer.slice(at, line), 16);
		if (!(length > 0)) return Buffer.concat(chunks);
		chunks.push(Buffer.from(answer.slice(line + 2, line + 2 + length), 'latin1'));
		at = line + 2 + length + 2;
	}
}
