import test from 'ava';
import {defaultLimits} from '../../../lib/server/limits.js';
import type {SpeechServerOptions} from '../../../lib/server/options.js';
import {createServer} from '../../../lib/server/server.js';
import {FloodGuard} from '../../../lib/server/websocket/flood-guard.js';
import {until} from '../../helpers/streams.js';
import {ToneSynthesizer} from '../../helpers/tone.js';
import {refused, running, WireClient} from '../../helpers/wire-client.js';

const first = {voiceId: 'tone', sampleRate: 16_000};
const held = (synthesizer: ToneSynthesizer) => {
	synthesizer.engine.gate = () => new Promise(() => {});
};

for (const [limits, message] of [
	[{maxLatenes: 5}, /^There is no limit maxLatenes; there are maxMessageBytes/],
	[{textIdle: 0}, /^limits\.textIdle is 0; it must be a whole number from 1/],
	[{textIdle: 1.5}, /^limits\.textIdle is 1\.5/],
	[{idleTimeout: 2 ** 31}, /^limits\.idleTimeout is 2147483648/],
] as const) {
	test(`limits are checked: ${JSON.stringify(limits)}`, t => {
		const options = {synthesizer: new ToneSynthesizer(), limits} as SpeechServerOptions; // Wrong on purpose.
		t.throws(() => createServer(options), {code: 'OPTION_INVALID', message});
	});
}

test('the defaults are those that the documentation tells', t => {
	t.is(defaultLimits.maxMessageBytes, 1_048_576);
});

test('maxGenerationsPerSocket', async t => {
	const {url, synthesizer} = await running(t, {limits: {maxGenerationsPerSocket: 2}});
	held(synthesizer);
	const client = await WireClient.open(t, url);
	for (const id of ['a', 'b', 'c']) client.send({generationId: id, ...first, text: 'Hi.', finalText: true});
	t.regex((await client.heard('c')).end, /^limit_exceeded: maxGenerationsPerSocket is 2: /);
	client.send({generationId: 'a', cancel: true});
	client.send({generationId: 'd', ...first, text: 'Hi.'});
	const other = await WireClient.open(t, url);
	other.send({generationId: 'c', ...first, text: 'Hi.'});
	await client.settled();
	await other.settled();
	t.deepEqual(
		client.messages.map(({type, generationId}) => [type, generationId]),
		[
			['error', 'c'],
			['finished', 'a'],
			['error', ''],
		],
	);
	t.is(other.messages.length, 1);
});

test('maxGenerationsPerKey counts all sockets of a key; a closed socket gives back what it had', async t => {
	const {url, synthesizer} = await running(t, {limits: {maxGenerationsPerKey: 2}, keys: ['k1', 'k2']});
	held(synthesizer);
	const [one, two, other] = await Promise.all(
		['k1', 'k1', 'k2'].map(key => WireClient.open(t, `${url}?apiKey=${key}`)),
	);
	t.truthy(one && two && other);
	if (!one || !two || !other) return;
	for (const id of ['a', 'b']) one.send({generationId: id, ...first, text: 'Hi.'});
	await one.settled();
	two.send({generationId: 'c', ...first, text: 'Hi.', finalText: true});
	t.regex((await two.heard('c')).end, /^limit_exceeded: maxGenerationsPerKey is 2: /);
	other.send({generationId: 'c', ...first, text: 'Hi.', finalText: true});
	await other.settled();
	t.is(other.messages.length, 1);
	one.ws.terminate();
	for (let id = 0; ; id++) {
		two.send({generationId: `d${id}`, ...first, text: 'Hi.', finalText: true});
		await two.settled();
		if (!two.messages.some(({type, generationId}) => type === 'error' && generationId === `d${id}`)) break;
	}
	t.pass();
});

for (const name of ['maxCharactersPerSocket', 'maxCharactersPerKey'] as const) {
	test(`${name}: text that was spoken counts no longer`, async t => {
		const {url, synthesizer} = await running(t, {limits: {[name]: 100}});
		const client = await WireClient.open(t, url);
		client.send({generationId: 'a', ...first, text: `${'Word. '.repeat(15)}`, finalText: true});
		await client.heard('a');
		held(synthesizer);
		client.send({generationId: 'b', ...first, text: 'x'.repeat(100)});
		client.send({generationId: 'b', text: 'y'});
		t.regex((await client.heard('b')).end, new RegExp(`^limit_exceeded: ${name} is 100: `));
		client.send({generationId: 'c', ...first, text: 'x'.repeat(101), finalText: true});
		t.regex((await client.heard('c')).end, new RegExp(`^limit_exceeded: ${name} is 100: `));
		client.send({generationId: 'd', ...first, text: 'x'.repeat(100)});
		await client.settled();
		t.false(client.messages.some(({generationId}) => generationId === 'd'));
	});
}

test('maxContextsPerSocket', async t => {
	const {url} = await running(t, {limits: {maxContextsPerSocket: 1}});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'a', contextId: 'x', ...first, text: 'Hi.', finalText: true});
	client.send({generationId: 'b', contextId: 'y', ...first, text: 'Hi.', finalText: true});
	client.send({generationId: 'c', contextId: 'x', text: 'Hi.', finalText: true});
	t.regex((await client.heard('b')).end, /^limit_exceeded: maxContextsPerSocket is 1: /);
	t.is((await client.heard('c')).end, 'finished');
});

test('maxSocketsPerKey', async t => {
	const {url} = await running(t, {limits: {maxSocketsPerKey: 1}});
	const client = await WireClient.open(t, url);
	t.deepEqual(await refused(url), {
		status: 429,
		error: 'limit_exceeded: maxSocketsPerKey is 1: use the sockets that are open',
	});
	client.ws.close();
	await client.closed();
	await t.notThrowsAsync(WireClient.open(t, url));
});

test('maxUnsentBytes: synthesis for a socket that does not read waits, its neighbours go on', async t => {
	const {url, synthesizer} = await running(t, {
		limits: {maxUnsentBytes: 10_000, maxCharactersPerSocket: 2_000_000},
	});
	const sleeper = await WireClient.open(t, url);
	const neighbour = await WireClient.open(t, url);
	sleeper.ws.pause();
	const text = 'Some more words for you. '.repeat(8000);
	sleeper.send({generationId: 'g', ...first, text, finalText: true});
	const {engine} = synthesizer;
	// What the kernel takes is some MiB: then nothing more is made.
	for (let before = -1; before !== engine.rendered.length; ) {
		before = engine.rendered.length;
		await new Promise(resolve => setTimeout(resolve, 200));
	}
	t.true(engine.rendered.length < 4000);
	neighbour.send({generationId: 'g', ...first, text: 'I go on.', finalText: true});
	t.is((await neighbour.heard('g')).end, 'finished');
	const before = engine.rendered.length;
	sleeper.ws.resume();
	await until(() => engine.rendered.length > before + 10);
	sleeper.send({generationId: 'g', cancel: true});
	t.is((await sleeper.heard('g')).end, 'finished');
});

test('answers that nobody reads are a flood, those that were read are not', async t => {
	const guard = new FloodGuard(3);
	for (let index = 0; index < 10; index++) {
		t.false(guard.answer(Promise.resolve()));
		await Promise.resolve();
	}
	const never = new Promise<void>(() => {});
	t.deepEqual(
		[1, 2, 3, 4].map(() => guard.answer(never)),
		[false, false, false, true],
	);
});

test('idleTimeout closes a socket on which nothing is asked for with 4408, not one that speaks', async t => {
	const {url, synthesizer} = await running(t, {limits: {idleTimeout: 200}});
	held(synthesizer);
	const idle = await WireClient.open(t, url);
	const busy = await WireClient.open(t, url);
	busy.send({generationId: 'g', ...first, text: 'Hi.', finalText: true});
	t.like(await idle.closed(), {code: 4408});
	await new Promise(resolve => setTimeout(resolve, 300));
	t.is(busy.ws.readyState, busy.ws.OPEN);
	busy.send({generationId: 'g', cancel: true});
	t.like(await busy.closed(), {code: 4408});
});

test('overloaded: new generations are refused while work runs late, those that run are not touched', async t => {
	const synthesizer = new ToneSynthesizer();
	let lateness = 0;
	const late = Object.assign(synthesizer, {lateness: () => lateness});
	const {url} = await running(t, {synthesizer: late});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'runs', ...first, text: 'I began.'});
	await client.settled();
	lateness = 1001;
	client.send({generationId: 'a', ...first, text: 'Hi.', finalText: true});
	t.regex((await client.heard('a')).end, /^overloaded: work runs 1001 ms late, maxLateness is 1000: /);
	lateness = 600;
	client.send({generationId: 'b', ...first, text: 'Hi.', finalText: true});
	t.regex((await client.heard('b')).end, /^overloaded: /);
	client.send({generationId: 'runs', text: ' I end.', finalText: true});
	t.is((await client.heard('runs')).end, 'finished');
	lateness = 400;
	client.send({generationId: 'c', ...first, text: 'Hi.', finalText: true});
	t.is((await client.heard('c')).end, 'finished');
});
