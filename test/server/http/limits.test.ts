import test from 'ava';
import {httpServer, received, requestText} from '../../helpers/http.js';
import {until} from '../../helpers/streams.js';
import {ToneSynthesizer} from '../../helpers/tone.js';
import {WireClient} from '../../helpers/wire-client.js';

const bearer = (token: string) => ({headers: {authorization: `Bearer ${token}`}});
const held = ({engine}: ToneSynthesizer) => {
	let release = () => {};
	const released = new Promise<void>(resolve => {
		release = resolve;
	});
	engine.gate = () => released;
	return release;
};

test('maxRequestsPerMinute: each key has its own, and is told when to come again; health is free', async t => {
	const {ask, refusal} = await httpServer(t, {keys: ['a', 'b'], limits: {maxRequestsPerMinute: 2}});
	for (let index = 0; index < 2; index++)
		t.is((await ask('/api/voices', undefined, bearer('a'))).status, 200);
	const refused = await refusal('/api/voices', undefined, bearer('a'));
	t.like(refused, {status: 429, code: 'rate_limited'});
	t.regex(refused.error, /maxRequestsPerMinute is 2/);
	const seconds = Number(refused.headers.get('retry-after'));
	t.true(seconds > 0 && seconds <= 30);
	t.is((await ask('/api/voices', undefined, bearer('b'))).status, 200);
	for (let index = 0; index < 5; index++) t.is((await ask('/healthz')).status, 200);
});

test('maxGenerationsPerKey counts HTTP and WebSockets together; what is over counts no longer', async t => {
	const {ask, refusal, url, synthesizer} = await httpServer(t, {limits: {maxGenerationsPerKey: 2}});
	const release = held(synthesizer);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', voiceId: 'tone', text: 'Hi.', finalText: true});
	const running = ask('/api/tts', {text: 'Hi.'});
	await client.settled();
	for (;;) {
		const refused = await refusal('/api/tts', {text: ''});
		t.is(refused.status, 400);
		client.send({generationId: 'h', voiceId: 'tone', text: 'Hi.', finalText: true});
		await client.settled();
		if (client.messages.some(({generationId}) => generationId === 'h')) break;
		client.send({generationId: 'h', cancel: true});
		await client.settled();
		client.messages.splice(0);
	}
	const refused = await refusal('/api/tts', {text: 'Hi.'});
	t.like(refused, {status: 429, code: 'limit_exceeded'});
	t.regex(refused.error, /maxGenerationsPerKey is 2/);
	t.truthy(refused.headers.get('retry-after'));
	release();
	await (await running).arrayBuffer();
	await client.heard('g');
	const again = await ask('/api/tts', {text: 'Hi.'});
	t.is(again.status, 200);
	await again.arrayBuffer();
});

test('maxCharactersPerKey', async t => {
	const {ask, refusal, synthesizer} = await httpServer(t, {limits: {maxCharactersPerKey: 10}});
	t.is((await refusal('/api/tts', {text: 'x'.repeat(11)})).status, 429);
	const release = held(synthesizer);
	const running = ask('/api/tts', {text: 'Ten chars.'});
	let refused = await refusal('/api/tts', {text: 'xxxxxxxxxxx'});
	while (!synthesizer.engine.rendered) refused = await refusal('/api/tts', {text: 'x'});
	t.like(refused, {status: 429, code: 'limit_exceeded'});
	release();
	await (await running).arrayBuffer();
});

test('limits of a request’s text are configurable', async t => {
	const limits = {maxCharactersPerRequest: 6, maxLines: 1, maxCharactersPerLine: 4};
	const {ask, refusal} = await httpServer(t, {limits});
	t.is((await ask('/api/tts', {text: 'Sixsix'})).status, 200);
	t.regex((await refusal('/api/tts', {text: 'Seven, '})).error, /maxCharactersPerRequest is 6/);
	const lines = [{text: 'Four'}];
	t.is((await ask('/api/tts/multispeaker', {lines})).status, 200);
	t.regex(
		(await refusal('/api/tts/multispeaker', {lines: [{text: 'Five.'}]})).error,
		/maxCharactersPerLine is 4/,
	);
	t.regex((await refusal('/api/tts/multispeaker', {lines: [...lines, ...lines]})).error, /maxLines is 1/);
});

test('text is counted in UTF-16 units', async t => {
	const {ask, refusal} = await httpServer(t, {limits: {maxCharactersPerRequest: 8}});
	t.is((await ask('/api/tts', {text: 'Hi. 😀😀'})).status, 200);
	t.is((await refusal('/api/tts', {text: 'Hi. 😀😀😀'})).status, 400);
});

test('overloaded: 503 with Retry-After while work runs late', async t => {
	let lateness = 0;
	const synthesizer = Object.assign(new ToneSynthesizer(), {lateness: () => lateness});
	const {ask, refusal} = await httpServer(t, {synthesizer});
	lateness = 1001;
	const refused = await refusal('/api/tts', {text: 'Hi.'});
	t.like(refused, {status: 503, code: 'overloaded'});
	t.truthy(refused.headers.get('retry-after'));
	lateness = 0;
	t.is((await ask('/api/tts', {text: 'Hi.'})).status, 200);
});

test('draining: what runs finishes, what is new gets 503, and then it is closed', async t => {
	const {server, ask, refusal, connect, synthesizer} = await httpServer(t);
	const release = held(synthesizer);
	const running = ask('/api/tts', {text: 'I was here before.', format: {outputType: 'RAW_PCM16'}});
	// One that comes while it drains, on a connection that it had before.
	const socket = await connect();
	await until(() => server.http.listening);
	while (
		!(await ask('/metrics').then(answer => answer.text())).includes('generations_open{transport="http"} 1')
	);
	const drained = server.drain();
	const refused = await refusal('/api/tts', {text: 'Hi.'});
	t.like(refused, {status: 503, code: 'draining'});
	t.truthy(refused.headers.get('retry-after'));
	t.like(await refusal('/readyz'), {status: 503, code: 'draining'});
	t.is((await ask('/healthz')).status, 200);
	t.is((await refusal('/api/voices')).status, 503);
	socket.write(requestText('{"text":"Hi."}', {headers: {connection: 'close'}}));
	t.regex(String((await received(socket)).bytes), /^HTTP\/1\.1 503 /);
	release();
	const bytes = await (await running).arrayBuffer();
	t.true(bytes.byteLength > 3000);
	t.true(await drained);
	t.false(server.http.listening);
	await t.throwsAsync(ask('/healthz'));
});

test('drain gives up what does not end in time', async t => {
	const {server, ask, synthesizer} = await httpServer(t);
	synthesizer.engine.gate = text => (text.includes('Never') ? new Promise(() => {}) : Promise.resolve());
	const response = await ask('/api/tts', {text: 'It began. Never ends.', format: {outputType: 'RAW_PCM16'}});
	t.false(await server.drain(100));
	await t.throwsAsync(response.arrayBuffer());
});
