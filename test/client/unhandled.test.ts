import test from 'ava';
import {remote, remoteTone, speakAll} from '../helpers/remote.js';
import {type ScriptedSocket, scriptedServer, simpleScript} from '../helpers/scripted-server.js';
import {settle, unheardRejections, until} from '../helpers/streams.js';

const unheard = unheardRejections();
test.after.always('no promise was rejected while nobody listened', t => {
	t.deepEqual(unheard, []);
});

const options = {sampleRate: 16_000};
const endless = async function* () {
	yield 'One is here. ';
	await new Promise(() => {});
};

type Server = Awaited<ReturnType<typeof scriptedServer>>;
interface Trouble {
	readonly socket: ScriptedSocket;
	readonly id: string;
	readonly abort: (reason: Error) => void;
	readonly close: () => Promise<void>;
	readonly server: Server;
}

const troubles: Readonly<Record<string, (trouble: Trouble) => unknown>> = {
	'an error': ({socket, id}) => socket.send({type: 'error', generationId: id, error: 'engine_failed: no'}),
	'a refusal': ({socket, id}) => socket.send({type: 'error', generationId: id, error: 'overloaded: very'}),
	'no JSON': ({socket}) => socket.send('{'),
	'a binary frame': ({socket}) => socket.send(Buffer.from('x')),
	'half a sample': ({socket, id}) => socket.send({type: 'chunk', generationId: id, audio: 'AAAA'}),
	'a good close': ({socket}) => socket.close(1000),
	'a bad close': ({socket}) => socket.close(1002),
	'a lost socket': ({socket}) => socket.terminate(),
	'an abort': ({abort}) => abort(new Error('enough')),
	'close()': ({close}) => close(),
	'two at once': ({socket, id, abort, close}) => {
		socket.send({type: 'error', generationId: id, error: 'engine_failed: no'});
		socket.terminate();
		abort(new Error('enough'));
		return close();
	},
};

for (const [name, make] of Object.entries(troubles)) {
	for (const reader of ['pulls', 'has stopped to pull', 'leaves meanwhile', 'has left'] as const) {
		test(`${name} while the reader ${reader}`, async t => {
			let socket: ScriptedSocket | undefined;
			const server = await scriptedServer(t, {
				onMessage({generationId, text = ''}, from) {
					socket = from;
					if (text !== '') from.chunk(generationId, text.length * 100);
				},
			});
			const synthesizer = remote(t, {url: server.url, silence: 100, reconnect: {delay: 1, attempts: 1}});
			const controller = new AbortController();
			const speech = synthesizer.speak(endless(), {...options, signal: controller.signal});
			while ((await speech.next()).value?.type !== 'audio');
			await until(() => socket !== undefined);
			if (!socket) return t.fail('no socket');
			// What waits for a reader that pulls is handled by that reader alone.
			const pulling = reader === 'pulls' ? speech.next() : undefined;
			if (reader === 'has left') await speech.return();
			const made = make({
				socket,
				id: server.messages[0]?.generationId ?? '',
				abort: reason => controller.abort(reason),
				close: () => synthesizer.close(),
				server,
			});
			if (reader === 'leaves meanwhile') await t.notThrowsAsync(speech.return());
			if (pulling) await t.throwsAsync(pulling);
			await made;
			await new Promise(resolve => setTimeout(resolve, 20));
			await settle();
			if (reader === 'has stopped to pull') await t.throwsAsync(speech.next());
			t.deepEqual(await speech.next(), {done: true, value: undefined});
		});
	}
}

test('a text that fails while the reader does not pull fails the next pull', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	let fail = (_error: Error) => {};
	const text = async function* () {
		yield 'One is here. ';
		await new Promise((_, reject) => {
			fail = reject;
		});
	};
	const speech = remote(t, {url: server.url}).speak(text(), options);
	while ((await speech.next()).value?.type !== 'audio');
	fail(new Error('no more'));
	await settle();
	await t.throwsAsync(speech.next(), {message: 'no more'});
});

test('connections that fail when nobody waits any more', async t => {
	const server = await scriptedServer(t, {refuse: () => 503});
	const synthesizer = remote(t, {url: server.url, reconnect: {delay: 5, attempts: 3}});
	const controller = new AbortController();
	const connecting = synthesizer.connect({signal: controller.signal});
	await until(() => server.upgrades.length > 0);
	controller.abort(new Error('enough'));
	await t.throwsAsync(connecting, {message: 'enough'});
	await settle();
	await synthesizer.close();
});

test('a source whose return() throws, or gives no promise, does no harm', async t => {
	const {synthesizer} = await remoteTone(t);
	const answers = [
		() => {
			throw new Error('odd');
		},
		() => Promise.reject(new Error('odd')),
		() => undefined as never, // What JavaScript may give.
	];
	for (const answer of answers) {
		const pieces = ['One is here.'];
		const text: AsyncIterable<string> = {
			[Symbol.asyncIterator]: () => ({
				next: async () => {
					const value = pieces.shift();
					return value === undefined ? {done: true, value} : {done: false, value};
				},
				return: answer,
			}),
		};
		t.true((await speakAll(synthesizer, text)).pcm.length > 0);
	}
	await settle();
});
