import {once} from 'node:events';
import {request as httpRequest} from 'node:http';
import {gzipSync} from 'node:zlib';
import test from 'ava';
import {LocalSynthesizer} from '../../../lib/engines/local-synthesizer.js';
import {httpServer, received, requestText} from '../../helpers/http.js';

const tts = '/api/tts';
const multi = '/api/tts/multispeaker';
const line = {text: 'Hi.', voiceId: 'tone'};

/** What is sent, and what comes back: status, code, and what the explanation says. */
for (const [name, path, body, status, code, says] of [
	['no text', tts, {}, 400, 'invalid_message', /text is missing/],
	['empty text', tts, {text: ''}, 400, 'invalid_message', /text is ""/],
	['blank text', tts, {text: ' \n'}, 422, 'text_not_speakable', /blank/],
	['text that nobody reads', tts, {text: 'Привет'}, 422, 'text_not_speakable', /Привет/],
	['text: a number', tts, {text: 5}, 400, 'invalid_message', /text is 5; it must be a string/],
	['text: null', tts, {text: null}, 400, 'invalid_message', /text is null/],
	['text: a list', tts, {text: ['Hi.']}, 400, 'invalid_message', /text is \["Hi\."\]/],
	[
		'5,001 characters',
		tts,
		{text: 'x'.repeat(5001)},
		400,
		'text_too_long',
		/5001 .* maxCharactersPerRequest is 5000/,
	],
	['voiceId: a number', tts, {text: 'Hi.', voiceId: 5}, 400, 'invalid_message', /voiceId is 5/],
	['voiceId: too long', tts, {text: 'Hi.', voiceId: 'x'.repeat(257)}, 400, 'invalid_message', /voiceId is/],
	[
		'format: a string',
		tts,
		{text: 'Hi.', format: 'MP3'},
		422,
		'format_invalid',
		/format is "MP3"; it must be an object/,
	],
	[
		'an unknown format',
		tts,
		{text: 'Hi.', format: {outputType: 'GIF'}},
		422,
		'format_invalid',
		/outputType is "GIF"; it must be one of "RAW_PCM16", .*"MULAW"/,
	],
	[
		'a format in small letters',
		tts,
		{text: 'Hi.', format: {outputType: 'mp3'}},
		422,
		'format_invalid',
		/"mp3"/,
	],
	[
		'a rate too low',
		tts,
		{text: 'Hi.', format: {sampleRate: 7999}},
		422,
		'format_invalid',
		/7999; it must be >= 8000/,
	],
	['a rate too high', tts, {text: 'Hi.', format: {sampleRate: 48_001}}, 422, 'format_invalid', /<= 48000/],
	['a rate in quotes', tts, {text: 'Hi.', format: {sampleRate: '24000'}}, 422, 'format_invalid', /"24000"/],
	[
		'a rate with a fraction',
		tts,
		{text: 'Hi.', format: {sampleRate: 8000.5}},
		422,
		'format_invalid',
		/integer/,
	],
	[
		'an option without a value',
		tts,
		{text: 'Hi.', voiceOptionValues: [{optionId: 'speed'}]},
		400,
		'invalid_message',
		/voiceOptionValues\.0\.value is missing/,
	],
	[
		'a speed in quotes',
		tts,
		{text: 'Hi.', voiceOptionValues: [{optionId: 'speed', value: '2'}]},
		400,
		'invalid_message',
		/speed is "2"/,
	],
	[
		'a speed of 0',
		tts,
		{text: 'Hi.', voiceOptionValues: [{optionId: 'speed', value: 0}]},
		400,
		'invalid_message',
		/speed is 0/,
	],
	['an empty body', tts, '', 400, 'invalid_message', /it is empty/],
	['a truncated body', tts, '{"text": "Hi', 400, 'invalid_message', /not JSON, or was cut off/],
	['a list', tts, [], 400, 'invalid_message', /it is an array/],
	['null', tts, 'null', 400, 'invalid_message', /there is none/],
	['a string', tts, '"text"', 400, 'invalid_message', /it is a string/],
	['two objects', tts, '{"text":"Hi."}{}', 400, 'invalid_message', /not JSON/],
	['a name twice', tts, '{"text":"One.","text":"Two."}', 400, 'invalid_message', /the name "text" twice/],
	[
		'a name twice, once escaped',
		tts,
		'{"text":"One.","t\\u0065xt":"Two."}',
		400,
		'invalid_message',
		/"text" twice/,
	],
	[
		'a name twice, deep within',
		tts,
		'{"text":"Hi.","x":[{"a":{"b":1,"c":{},"b":2}}]}',
		400,
		'invalid_message',
		/"b" twice/,
	],
	[
		'__proto__',
		tts,
		'{"text":"Hi.","__proto__":{"voiceId":"tone"}}',
		400,
		'invalid_message',
		/a name __proto__/,
	],
	[
		'__proto__, escaped, deep within',
		tts,
		'{"text":"Hi.","format":{"\\u005f_proto__":{}}}',
		400,
		'invalid_message',
		/__proto__/,
	],
	[
		'a text nested 100,000 deep',
		tts,
		`{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
		400,
		'invalid_message',
		/text is \[{40}…; it must be a string/,
	],
	[
		'a body nested 100,000 deep',
		tts,
		`${'['.repeat(100_000)}${']'.repeat(100_000)}`,
		400,
		'invalid_message',
		/it is an array/,
	],
	['no lines', multi, {}, 400, 'invalid_message', /lines is missing/],
	['an empty list of lines', multi, {lines: []}, 400, 'invalid_message', /lines is \[\]/],
	['11 lines', multi, {lines: Array(11).fill(line)}, 400, 'text_too_long', /11 lines, maxLines is 10/],
	[
		'a line of 501 characters',
		multi,
		{lines: [line, {text: 'x'.repeat(501)}]},
		400,
		'text_too_long',
		/lines\.1\.text has 501/,
	],
	['an empty line', multi, {lines: [line, {text: ''}]}, 400, 'invalid_message', /lines\.1\.text is ""/],
	[
		'a line without text',
		multi,
		{lines: [{voiceId: 'tone'}]},
		400,
		'invalid_message',
		/lines\.0\.text is missing/,
	],
	['lines: a string', multi, {lines: 'Hi.'}, 400, 'invalid_message', /lines is "Hi\."/],
	['blank lines alone', multi, {lines: [{text: ' '}, {text: '\n'}]}, 422, 'text_not_speakable', /blank/],
] as const) {
	test(`${status} for ${name} to ${path}`, async t => {
		const {refusal} = await httpServer(t);
		const refused = await refusal(path, body);
		t.like(refused, {status, code});
		t.regex(refused.error, says);
	});
}

test('a name twice in different objects, and one that looks like another, are all right', async t => {
	const {ask} = await httpServer(t);
	const body =
		'{"text":"{\\"text\\": 1, \\"text\\": 2} \\\\","a":{"text":1},"b":[{"text":1},{"text":2}],"proto":1}';
	const response = await ask(tts, body);
	t.is(response.status, 200);
	await response.arrayBuffer();
});

test('unknown fields are ignored', async t => {
	const {ask} = await httpServer(t);
	const response = await ask(tts, {text: 'Hi.', model: 'x', constructor: {prototype: {}}, toString: 1});
	t.is(response.status, 200);
	await response.arrayBuffer();
});

test('400 for a body that is not UTF-8', async t => {
	const {refusal} = await httpServer(t);
	const body = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xff]), Buffer.from('"}')]);
	const refused = await refusal(tts, 'x', {body});
	t.like(refused, {status: 400, code: 'invalid_message'});
	t.regex(refused.error, /not UTF-8/);
});

for (const type of [
	'text/plain',
	'application/x-www-form-urlencoded',
	'multipart/form-data; boundary=x',
	'application/jsonp',
	'',
]) {
	test(`415 for a body of type ${type || 'none'}`, async t => {
		const {connect} = await httpServer(t);
		const socket = await connect();
		const headers = {connection: 'close', 'content-type': type};
		const text = requestText('{"text":"Hi."}', {headers});
		socket.write(type === '' ? text.replace('content-type: \r\n', '') : text);
		const answer = String((await received(socket)).bytes);
		t.regex(answer, /^HTTP\/1\.1 415 /);
		t.regex(answer, /"media_type_unknown: /);
	});
}

test('400 for no body at all, 415 for a compressed one', async t => {
	const {refusal} = await httpServer(t);
	const none = await refusal(tts, undefined, {method: 'POST'});
	t.like(none, {status: 400, code: 'invalid_message'});
	t.regex(none.error, /there is none/);
	const body = gzipSync('{"text":"Hi."}');
	const packed = await refusal(tts, 'x', {body, headers: {'content-encoding': 'gzip'}});
	t.like(packed, {status: 415, code: 'media_type_unknown'});
});

test('application/json may say its charset', async t => {
	const {ask} = await httpServer(t);
	const response = await ask(
		tts,
		{text: 'Hi.'},
		{headers: {'content-type': 'Application/JSON; charset=utf-8'}},
	);
	t.is(response.status, 200);
	await response.arrayBuffer();
});

test('422 for an unknown voice, with the nearest names; of any line', async t => {
	const synthesizer = new LocalSynthesizer();
	t.teardown(() => synthesizer.close());
	const {refusal} = await httpServer(t, {synthesizer, voiceId: undefined});
	for (const format of [{}, {outputType: 'RAW_PCM16'}, {outputType: 'MP3'}]) {
		const refused = await refusal(tts, {text: 'Hi.', voiceId: 'hart', format});
		t.like(refused, {status: 422, code: 'voice_unknown'});
		t.regex(refused.error, /There is no voice "hart"\. The nearest: heart, /);
	}
	const lines = [
		{text: 'Hi.', voiceId: 'heart'},
		{text: 'Hi.', voiceId: 'espeak:xx'},
	];
	t.like(await refusal(multi, {lines}), {status: 422, code: 'voice_unknown'});
	t.like(await refusal(tts, {text: 'Hi.'}), {status: 400, code: 'voice_missing'});
	t.like(await refusal(multi, {lines: [{text: 'Hi.'}]}), {status: 400, code: 'voice_missing'});
});

test('a speed out of its range 400, an option that the voice lacks 422', async t => {
	const synthesizer = new LocalSynthesizer();
	t.teardown(() => synthesizer.close());
	const {refusal} = await httpServer(t, {synthesizer, voiceId: 'heart'});
	const asked = (optionId: string, value: number) =>
		refusal(tts, {text: 'Hi.', voiceOptionValues: [{optionId, value}]});
	t.like(await asked('speed', 99), {status: 400, code: 'option_invalid'});
	t.like(await asked('pitch', 1.2), {status: 422, code: 'voice_lacks'});
});

test('413 for 100 MB, announced or not; the connection lives on', async t => {
	const {base} = await httpServer(t, {limits: {requestTimeout: 120_000}});
	const chunk = Buffer.alloc(1024 * 1024, ' ');
	for (const announced of [true, false]) {
		const headers = {
			'content-type': 'application/json',
			...(announced ? {'content-length': 100 * chunk.length} : {'transfer-encoding': 'chunked'}),
		};
		const request = httpRequest(base + tts, {method: 'POST', headers});
		const answered = once(request, 'response');
		let left = 100;
		const send = () => {
			while (left-- > 0) if (!request.write(chunk)) return void request.once('drain', send);
			request.end();
		};
		send();
		const [response] = await answered;
		t.is(response.statusCode, 413);
		let body = '';
		for await (const data of response) body += data;
		t.regex(body, /"body_too_large: the body is larger than maxBodyBytes/);
		request.destroy();
	}
});

for (const path of [
	'/../../etc/passwd',
	'/api/../../../etc/passwd',
	'/api/voices/../../../etc/passwd',
	'/api/tts/..%2f..%2f..%2fetc%2fpasswd',
	'/%2e%2e/%2e%2e/etc/passwd',
	'/api/voices/..\\..\\windows',
	'/api/voices%00',
	'//etc/passwd',
	'/v1/models/../../../etc/passwd',
	'/openapi.json/../package.json',
	'/metrics/..;/healthz',
]) {
	test(`404 for ${path}`, async t => {
		const {connect} = await httpServer(t);
		const socket = await connect();
		socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
		const answer = String((await received(socket)).bytes);
		t.regex(answer, /^HTTP\/1\.1 404 /);
		t.notRegex(answer, /root:|"name"/);
	});
}

test('400 for a path that is not well encoded', async t => {
	const {refusal} = await httpServer(t);
	t.like(await refusal('/api/%zz'), {status: 400, code: 'invalid_message'});
});

for (const [method, path, allow] of [
	['GET', tts, 'POST'],
	['HEAD', tts, 'POST'],
	['PUT', multi, 'POST'],
	['DELETE', '/api/voices', 'GET, HEAD'],
	['POST', '/healthz', 'GET, HEAD'],
] as const) {
	test(`405 for ${method} ${path}`, async t => {
		const {ask} = await httpServer(t);
		const response = await ask(path, undefined, {method});
		t.is(response.status, 405);
		t.is(response.headers.get('allow'), allow);
	});
}

for (const [name, text, status] of [
	['no HTTP', 'hello\r\n\r\n', 400],
	['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
	[
		'two lengths',
		'POST /api/tts HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n',
		400,
	],
	[
		'length and chunks',
		'POST /api/tts HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n',
		400,
	],
	[
		'a method with a body of no type',
		'QUERY /api/tts HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
		415,
	],
	['headers of 20 KB', `GET /healthz HTTP/1.1\r\nhost: localhost\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
] as const) {
	test(`${status} for ${name}`, async t => {
		const {connect} = await httpServer(t);
		const socket = await connect();
		socket.write(text);
		t.regex(String((await received(socket)).bytes), new RegExp(`^HTTP/1\\.1 ${status} `));
	});
}

test('what follows a request and is none ends the connection, and comes into no answer', async t => {
	const {connect, synthesizer} = await httpServer(t);
	let goOn = () => {};
	synthesizer.engine.gate = text =>
		text.includes('Second')
			? new Promise(resolve => {
					goOn = resolve;
				})
			: Promise.resolve();
	const socket = await connect();
	socket.write(requestText(JSON.stringify({text: 'First. Second.'})));
	await once(socket, 'readable');
	const all = received(socket);
	socket.write('nonsense\r\n\r\n');
	const answer = String((await all).bytes);
	goOn();
	t.is(answer.match(/HTTP\/1\.1/g)?.length, 1);
	t.notRegex(answer, /invalid_message|\r\n0\r\n/);
});

test('a body that ends early is given up', async t => {
	const {connect} = await httpServer(t, {limits: {requestTimeout: 300, headersTimeout: 300}});
	const socket = await connect();
	socket.write(
		'POST /api/tts HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"te',
	);
	const answer = String((await received(socket)).bytes);
	t.regex(answer, /^HTTP\/1\.1 408 /);
	t.regex(answer, /"request_timeout: /);
});
