import {once} from 'node:events';
import {Readable} from 'node:stream';
import test, {type ExecutionContext} from 'ava';
import {RemoteSynthesizer} from '../../lib/client/index.js';
import {LocalSynthesizer} from '../../lib/engines/local-synthesizer.js';
import type {SpeechEvent} from '../../lib/synthesizer.js';
import {freePort} from '../helpers/free-port.js';
import {hasNginx, nginxBefore} from '../helpers/nginx.js';
import {localRun, type Spoken, summary} from '../helpers/remote.js';
import {type Serving, serving} from '../helpers/serving.js';
import {goOnIf} from '../helpers/shared.js';
import {WireClient} from '../helpers/wire-client.js';

const key = 'sk-of-the-test';
const authorization = `Bearer ${key}`;
const voiceId = 'espeak:en-us';
const sentence = 'Servers share nothing, so that any number of them may stand behind a balancer. ';

interface Cluster {
	/** Where nginx listens. */
	readonly address: string;
	/** The servers behind it; one that was ended may be started again in its place. */
	readonly servers: Serving[];
	start(index: 0 | 1): Promise<void>;
}

/** Real nginx, configured as docs/deploy.md says, before two processes of `speechpipe serve`. */
async function cluster(t: ExecutionContext): Promise<Cluster> {
	const ports = [await freePort(), await freePort()] as const;
	const servers: Serving[] = [];
	const start = async (index: 0 | 1) => {
		const args = ['--port', `${ports[index]}`, '--voice', voiceId, '--api-key', key, '--trust-proxy', '1'];
		// A busy machine is no failure of the drain, nor of a reader who waits for it.
		const limits = ['--limit', 'maxLateness=600000', '--limit', 'stallTimeout=300000'];
		servers[index] = await serving(t, [...args, ...limits]);
	};
	await Promise.all([start(0), start(1)]);
	return {address: await nginxBefore(t, ports), servers, start};
}

function post(address: string, text: string, speed = 1): Promise<Response> {
	return fetch(`http://${address}/api/tts`, {
		method: 'POST',
		headers: {'content-type': 'application/json', authorization},
		body: JSON.stringify({
			text,
			format: {outputType: 'RAW_PCM16', sampleRate: 48_000},
			voiceOptionValues: [{optionId: 'speed', value: speed}],
		}),
	});
}

/** A metric of one server, by its own address. */
async function metric({url}: Serving, name: string): Promise<number> {
	const answer = await fetch(new URL('/metrics', url.replace(/^ws/, 'http')), {headers: {authorization}});
	const [, value] =
		new RegExp(`^${name.replaceAll(/[{}]/g, '\\$&')} (.*)$`, 'm').exec(await answer.text()) ?? [];
	return Number(value ?? 0);
}

/** A speech through the balancer that is read as far as its first audio, and to its end when it is told to. */
async function begun(synthesizer: RemoteSynthesizer, text: string): Promise<() => Promise<Spoken>> {
	const options = {sampleRate: 16_000, voiceId};
	const speech = synthesizer.speak(Readable.from([text]), options)[Symbol.asyncIterator]();
	const events: SpeechEvent[] = [];
	const pull = async () => {
		const {value, done} = await speech.next();
		if (!done) events.push(value);
		return done ? undefined : value;
	};
	while ((await pull())?.type !== 'audio');
	return async () => {
		while (await pull());
		return {events, ...summary(events)};
	};
}

/** Whether a speech is what this machine makes of the same ranges, each character once, sample for sample. */
async function isExact(text: string, spoken: Spoken, local: LocalSynthesizer): Promise<boolean> {
	const covered = spoken.ranges.reduce((end, range) => (range.textStart === end ? range.textEnd : -1), 0);
	const expected = await localRun(text, spoken.ranges, local, {voiceId});
	return covered === text.length && spoken.pcm.equals(expected.pcm);
}

test('streams and WebSockets pass nginx unbuffered', async t => {
	if (!goOnIf(t, hasNginx, 'no nginx (Debian: nginx-light)')) return;
	t.timeout(300_000);
	const {address, servers} = await cluster(t);

	// Some 50 MB of audio: more than the kernel's buffers may come to on the way, and nginx would take everything if it buffered.
	const [text, slow] = [sentence.repeat(60), 0.5];
	const response = await post(address, text, slow);
	t.is(response.status, 200);
	const body = response.body?.getReader();
	t.true(((await body?.read())?.value?.length ?? 0) > 0);
	const open = servers.map(server => metric(server, 'speechpipe_generations_open{transport="http"}'));
	const speaks = servers[(await Promise.all(open)).indexOf(1)];
	if (!speaks) return t.fail('no server has an open generation');
	// Nobody reads on. While all of the like is made for others twice, it stands still, before its end.
	let whole = 0;
	for (let count = 0; count < 2; count++)
		whole = (await (await post(new URL(speaks.url).host, text, slow)).arrayBuffer()).byteLength;
	t.true(whole > 45_000_000, `${whole} bytes`);
	t.is(await metric(speaks, 'speechpipe_generations_open{transport="http"}'), 1);
	const sent = await metric(speaks, 'speechpipe_audio_bytes_total{transport="http",format="RAW_PCM16"}');
	t.true(sent < 2.9 * whole, `${sent} bytes of ${3 * whole}`);
	await body?.cancel();

	const client = await WireClient.open(t, `ws://${address}/api/tts/websocket`, {headers: {authorization}});
	client.send({generationId: 'g', text: 'The text goes on. '});
	await client.until(messages => messages.some(({type}) => type === 'chunk'));
	client.send({generationId: 'g', text: 'It was heard before it ended.', finalText: true});
	t.is((await client.heard('g')).end, 'finished');
});

test('a server that is terminated under load fails nothing; one that is killed loses nothing', async t => {
	if (!goOnIf(t, hasNginx, 'no nginx (Debian: nginx-light)')) return;
	t.timeout(300_000);
	const {address, servers, start} = await cluster(t);
	const local = new LocalSynthesizer();
	// Two sockets or more, so that both servers have some.
	const synthesizer = new RemoteSynthesizer({
		url: `ws://${address}`,
		apiKey: key,
		maxGenerationsPerSocket: 2,
		maxSockets: 4,
		window: 4,
		reconnect: {delay: 20, attempts: 20},
	});
	t.teardown(async () => {
		await synthesizer.close();
		await local.close();
	});
	const text = sentence.repeat(20);
	const speeches = () => Promise.all(Array.from({length: 8}, () => begun(synthesizer, text)));
	const openOn = (index: 0 | 1) => {
		const server = servers[index];
		return server ? metric(server, 'speechpipe_generations_open{transport="websocket"}') : 0;
	};

	// Drained while it speaks.
	const first = await speeches();
	t.true((await openOn(0)) > 0 && (await openOn(1)) > 0);
	let going = true;
	const failures: unknown[] = [];
	let answers = 0;
	const ask = async () => {
		const response = await post(address, 'One request after another.');
		const length = (await response.arrayBuffer()).byteLength;
		if (response.status !== 200 || length < 48_000) failures.push(response.status);
	};
	const requests = (async () => {
		for (; going; answers++) await ask().catch(error => failures.push(error));
	})();
	// Should the test fail before, its teardown is not to be taken for failures of theirs.
	t.teardown(() => {
		going = false;
	});
	servers[0]?.child.kill('SIGTERM');
	for (const finish of first) t.true(await isExact(text, await finish(), local));
	t.is((await servers[0]?.ended)?.code, 0);
	const answered = answers;
	while (answers < answered + 3) await new Promise(resolve => setTimeout(resolve, 50));
	going = false;
	await requests;
	t.deepEqual(failures, []);

	// Killed while it speaks.
	await start(0);
	// nginx learns by a request that it is there again.
	let second = await speeches();
	while ((await openOn(0)) === 0) {
		for (const finish of second) await finish();
		second = await speeches();
	}
	const victim = servers[0]?.child;
	victim?.kill('SIGKILL');
	if (victim && victim.signalCode === null) await once(victim, 'exit');
	for (const finish of second) t.true(await isExact(text, await finish(), local));
	t.log(`${answers} requests`);
});
