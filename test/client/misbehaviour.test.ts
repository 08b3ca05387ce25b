import test from 'ava';
import {isAbort} from '../../lib/errors.js';
import {inPieces, remote, speakAll} from '../helpers/remote.js';
import {type Script, scriptedServer, simpleScript} from '../helpers/scripted-server.js';
import {standStill, until} from '../helpers/streams.js';

const reconnect = {delay: 1};
type Answer = NonNullable<Script['onMessage']>;

/** Answers once, to the message that ends the text. */
function atTheEnd(answer: Answer): Answer {
	return (message, socket) => {
		if (message.finalText) answer(message, socket);
	};
}

const harmless: Record<string, Answer> = {
	'a message of an unknown type is ignored': ({generationId}, socket) => {
		socket.send({type: 'weather', generationId, sunny: true});
		socket.chunk(generationId, 700);
		socket.send({type: 'finished', generationId});
	},
	'unknown fields are ignored': ({generationId}, socket) => {
		socket.send({type: 'timestamp', generationId, timestamps: [], mood: 'good'});
		socket.chunk(generationId, 700);
		socket.send({type: 'finished', generationId, cost: 3});
	},
	'messages after the end, and for nobody, are ignored': ({generationId}, socket) => {
		socket.chunk('nobody', 100);
		socket.chunk(generationId, 700);
		socket.send({type: 'finished', generationId});
		socket.chunk(generationId, 100);
		socket.send({type: 'finished', generationId});
		socket.send({type: 'error', generationId, error: 'internal: too late'});
	},
};

for (const [title, answer] of Object.entries(harmless)) {
	test(title, async t => {
		const {url} = await scriptedServer(t, {onMessage: atTheEnd(answer)});
		const synthesizer = remote(t, {url, reconnect});
		t.is((await speakAll(synthesizer, 'Hello. ')).pcm.length, 1400);
		t.is((await speakAll(synthesizer, 'Again. ')).pcm.length, 1400);
	});
}

const violations: Record<string, Answer> = {
	'audio of odd length': ({generationId}, socket) =>
		socket.send({type: 'chunk', generationId, audio: Buffer.alloc(701).toString('base64')}),
	'a frame that is not JSON': (_message, socket) => socket.send('{"type":"chunk"'),
	'JSON that is no object': (_message, socket) => socket.send('[]'),
	'a message without a type': (_message, socket) => socket.send({generationId: 'x'}),
	'a chunk without audio': ({generationId}, socket) => socket.send({type: 'chunk', generationId}),
	'a binary frame': (_message, socket) => socket.send(Buffer.from('{}')),
	'a frame of 5 MB': ({generationId}, socket) => socket.chunk(generationId, 2_500_000),
	'the end without audio': ({generationId}, socket) => socket.send({type: 'finished', generationId}),
	'an utterance that does not begin where the last one ended': ({generationId}, socket) =>
		socket.send({
			type: 'timestamp',
			generationId,
			wordTimestamps: [],
			utterance: {textStart: 2, textEnd: 5, startSample: 0},
		}),
	'an end with text left over': ({generationId}, socket) => {
		const utterance = {textStart: 0, textEnd: 2, startSample: 0};
		socket.send({type: 'timestamp', generationId, wordTimestamps: [], utterance});
		socket.chunk(generationId, 100);
		socket.send({
			type: 'timestamp',
			generationId,
			wordTimestamps: [],
			utterance: {...utterance, endSample: 100},
		});
		socket.send({type: 'finished', generationId});
	},
	'a close that says we broke the protocol': (_message, socket) => socket.close(4400, 'undecodable'),
};

for (const [title, answer] of Object.entries(violations)) {
	test(`REMOTE_PROTOCOL at once: ${title}`, async t => {
		const server = await scriptedServer(t, {onMessage: atTheEnd(answer)});
		const synthesizer = remote(t, {url: server.url, reconnect});
		await t.throwsAsync(speakAll(synthesizer, 'Hello. '), {code: 'REMOTE_PROTOCOL'});
		t.is(server.upgrades.length, 1);
	});
}

test('a violation within one generation leaves its neighbours alone', async t => {
	const {url} = await scriptedServer(t, {
		onMessage(message, socket) {
			const {generationId, text} = message;
			if (text === 'Odd. ') socket.send({type: 'chunk', generationId, audio: 'AA=='});
			else simpleScript()(message, socket);
		},
	});
	const synthesizer = remote(t, {url, reconnect});
	const [odd, even] = await Promise.allSettled([
		speakAll(synthesizer, 'Odd. '),
		speakAll(synthesizer, 'Even. '),
	]);
	t.like(odd, {status: 'rejected', reason: {code: 'REMOTE_PROTOCOL'}});
	t.is(even.status, 'fulfilled');
});

test('an error without an id ends the only generation there is', async t => {
	const onMessage = atTheEnd((_message, socket) => socket.send({type: 'error', error: 'something is wrong'}));
	const {url} = await scriptedServer(t, {onMessage});
	await t.throwsAsync(speakAll(remote(t, {url}), 'Hello.'), {
		code: 'REMOTE_ERROR',
		message: /something is wrong/,
	});
});

test('an error without an id ends none of several', async t => {
	const ended: Array<() => void> = [];
	const {url} = await scriptedServer(t, {
		onMessage(message, socket) {
			if (message.finalText) ended.push(() => simpleScript()(message, socket));
			else simpleScript()(message, socket);
			if (ended.length < 2) return;
			socket.send({type: 'error', generationId: '', error: 'something is wrong'});
			for (const end of ended) end();
		},
	});
	const synthesizer = remote(t, {url});
	const texts = ['One two.', 'Three.'];
	const spoken = await Promise.all(texts.map(text => speakAll(synthesizer, text)));
	t.deepEqual(
		spoken.map(({pcm}) => pcm.length),
		texts.map(text => text.length * 200),
	);
});

test('more audio than any text can be ends the speech, if nobody reads it', async t => {
	const server = await scriptedServer(t, {
		onMessage: atTheEnd(({generationId}, socket) => {
			for (let count = 0; count < 20; count++) socket.chunk(generationId, 500_000);
		}),
	});
	const speech = remote(t, {url: server.url}).speak(inPieces(['Hello.']), {sampleRate: 16_000});
	await speech.next();
	await until(() => server.messages.at(-1)?.cancel === true);
	await t.throwsAsync(
		async () => {
			for await (const _event of speech);
		},
		{code: 'REMOTE_PROTOCOL'},
	);
});

for (const [said, code] of [
	['voice_unknown: no such voice', 'VOICE_UNKNOWN'],
	['voice_lacks: no pitch', 'VOICE_LACKS'],
	['text_not_speakable: no Latin', 'TEXT_NOT_SPEAKABLE'],
	['limit_exceeded: maxGenerationsPerKey', 'ENGINE_BUSY'],
	['internal: it broke', 'ENGINE_FAILED'],
	['quota_used_up: pay first', 'REMOTE_ERROR'],
	['Bad things happened', 'REMOTE_ERROR'],
] as const) {
	test(`what the server calls "${said}" is ${code} here`, async t => {
		const onMessage = atTheEnd(({generationId}, socket) =>
			socket.send({type: 'error', generationId, error: said}),
		);
		const {url} = await scriptedServer(t, {onMessage});
		await t.throwsAsync(speakAll(remote(t, {url}), 'Hello.'), {code});
	});
}

test('a server that says nothing more is given up', async t => {
	const server = await scriptedServer(t, {});
	const synthesizer = remote(t, {url: server.url, silence: 50});
	await t.throwsAsync(speakAll(synthesizer, 'Hello.'), {
		code: 'REMOTE_LOST',
		message: /said nothing for 50 ms/,
	});
	await until(() => server.messages.at(-1)?.cancel === true);
});

test('what a server said while this process stood still counts, however late it is read', async t => {
	const server = await scriptedServer(t, {
		onMessage(message, socket) {
			if (message.finalText) standStill(200);
			simpleScript()(message, socket);
		},
	});
	await t.notThrowsAsync(speakAll(remote(t, {url: server.url, silence: 100}), 'Hello.'));
});

test('a generation that the server ends before its text goes on in another', async t => {
	const server = await scriptedServer(t, {
		onMessage({generationId, text = '', cancel}, socket) {
			if (cancel || text === '') return;
			socket.chunk(generationId, text.length * 100);
			socket.send({type: 'finished', generationId});
		},
	});
	const text = async function* () {
		for (const [index, sentence] of ['One. ', 'Two. '].entries()) {
			yield sentence;
			// That it was ended is answered by a cancel, for text that might be on its way.
			await until(() => server.messages.filter(({cancel}) => cancel).length > index);
		}
	};
	const {pcm, ranges} = await speakAll(remote(t, {url: server.url}), text());
	t.is(pcm.length, 2000);
	t.deepEqual(
		ranges.map(({textEnd}) => textEnd),
		[5, 10],
	);
	t.is(new Set(server.messages.map(({generationId}) => generationId)).size, 2);
});

test('text that stops coming ends the generation, and goes on in another', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const text = async function* () {
		yield 'One. ';
		await new Promise(resolve => setTimeout(resolve, 100));
		yield 'Two. ';
	};
	const {pcm} = await speakAll(remote(t, {url: server.url, textIdle: 20}), text());
	t.is(pcm.length, 2000);
	t.deepEqual(
		server.messages.map(({text: sent, finalText}) => [sent, finalText]),
		[
			['One. ', undefined],
			['', true],
			['Two. ', undefined],
			['', true],
		],
	);
});

test('a text that throws ends the speech with its error, and the generation', async t => {
	const server = await scriptedServer(t, {onMessage: simpleScript()});
	const synthesizer = remote(t, {url: server.url});
	const text = async function* () {
		yield 'One. ';
		await new Promise(resolve => setTimeout(resolve, 50));
		throw new RangeError('the model failed');
	};
	const error = await t.throwsAsync(speakAll(synthesizer, text()), {instanceOf: RangeError});
	t.false(isAbort(error));
	await speakAll(synthesizer, 'Two. ');
	t.true(server.messages.some(({cancel}) => cancel));
});
