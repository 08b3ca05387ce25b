import test from 'ava';
import {findWord} from '../../lib/client/word-finder.js';
import {SpeechError} from '../../lib/errors.js';
import {remote, speakAll, toneServer} from '../helpers/remote.js';
import {type Script, scriptedServer, withoutPositions} from '../helpers/scripted-server.js';
import {spelled} from '../helpers/tone.js';

const reconnect = {delay: 1, attempts: 20};

test('without the extension the words come once each, in order, wherever the socket is cut', async t => {
	const {url, engine} = await toneServer(t);
	engine.gate = () => new Promise(resolve => setImmediate(resolve));
	const text =
		'The cat, the dog and the "owl" went to sea. In a boat! Was it green? They took some honey. '.repeat(5);
	for (let chunks = 1; chunks <= 12; chunks++) {
		const server = await withoutPositions(t, url, () => chunks);
		const {words, pcm, ranges} = await speakAll(remote(t, {url: server.url, reconnect}), text);
		t.deepEqual(
			words.map(({word, textStart}) => [word, textStart]),
			[...text.matchAll(/[\p{L}\p{N}'’]+/gu)].map(({0: word, index}) => [word, index]),
		);
		for (const {word, startSample, endSample} of words)
			t.is(spelled(pcm.subarray(startSample * 2, endSample * 2)), word);
		t.is(
			ranges.reduce((end, range) => (range.textStart === end ? range.textEnd : -1), 0),
			text.length,
		);
		t.true(chunks > 6 || server.upgrades.length > 1);
	}
});

test('a word whose audio came in part is held until it is whole', async t => {
	const onMessage: Script['onMessage'] = ({generationId, text = '', finalText}, socket) => {
		if (socket.index > 0) {
			if (text !== '') socket.chunk(generationId, 100 * text.length);
			if (finalText) socket.send({type: 'finished', generationId});
		} else if (finalText) {
			const wordTimestamps = [
				{word: 'One', startTime: 0, endTime: 0.1},
				{word: 'two', startTime: 0.2, endTime: 0.3},
			];
			socket.send({type: 'timestamp', generationId, wordTimestamps});
			socket.chunk(generationId, 4000); // Up to the middle of "two", at 16 kHz.
			setTimeout(() => socket.terminate(), 20);
		}
	};
	const server = await scriptedServer(t, {onMessage});
	const {pcm, words} = await speakAll(remote(t, {url: server.url, reconnect}), 'One two.');
	t.is(server.messages.findLast(({text}) => text !== '')?.text, 'two.');
	t.is(pcm.length / 2, 3200 + 400);
	t.deepEqual(
		words.map(({word}) => word),
		['One'],
	);
});

const seconds = (wordTimestamps: ReadonlyArray<[string, number, number]>) =>
	wordTimestamps.map(([word, startTime, endTime]) => ({word, startTime, endTime}));

for (const [title, wordTimestamps, characters] of [
	['there are no times of words', [], null],
	['words do not stand in the text', [['Uno', 0, 0.1]], null],
	['times are late', [['One', 0, 0.1]], 3],
] as const) {
	test(`RESUME_IMPOSSIBLE with what was delivered: ${title}`, async t => {
		const onMessage: Script['onMessage'] = ({generationId, finalText}, socket) => {
			if (!finalText) return;
			if (wordTimestamps.length > 0)
				socket.send({
					type: 'timestamp',
					generationId,
					wordTimestamps: seconds(wordTimestamps.map(([word, start, end]) => [word, start, end])),
				});
			socket.chunk(generationId, 32_000);
			setTimeout(() => socket.terminate(), 20);
		};
		const server = await scriptedServer(t, {onMessage});
		const error = await t.throwsAsync(speakAll(remote(t, {url: server.url, reconnect}), 'One two three.'), {
			instanceOf: SpeechError,
			code: 'RESUME_IMPOSSIBLE',
		});
		t.deepEqual(error?.delivered, {ms: 2000, characters});
		t.is(server.upgrades.length, 1);
	});
}

test('what was lost before any audio is simply spoken again', async t => {
	const onMessage: Script['onMessage'] = ({generationId, text = '', finalText}, socket) => {
		if (socket.index === 0) setTimeout(() => socket.terminate(), 20);
		else if (text !== '') socket.chunk(generationId, 100 * text.length);
		if (socket.index > 0 && finalText) socket.send({type: 'finished', generationId});
	};
	const server = await scriptedServer(t, {onMessage});
	const {pcm} = await speakAll(remote(t, {url: server.url, reconnect}), 'One two three.');
	t.is(pcm.length, 2800);
});

test('a server that loses the extension in the middle of an utterance cannot go on', async t => {
	const onMessage: Script['onMessage'] = ({generationId, finalText}, socket) => {
		if (!finalText) return;
		const utterance = {textStart: 0, textEnd: 8, startSample: 0};
		if (socket.index === 0) socket.send({type: 'timestamp', generationId, wordTimestamps: [], utterance});
		socket.chunk(generationId, 1600);
		setTimeout(() => socket.terminate(), 20);
	};
	const server = await scriptedServer(t, {onMessage});
	const error = await t.throwsAsync(speakAll(remote(t, {url: server.url, reconnect}), 'One two.'), {
		instanceOf: SpeechError,
		code: 'RESUME_IMPOSSIBLE',
	});
	t.deepEqual(error?.delivered, {ms: 100, characters: 0});
	t.is(server.messages.findLast(({firstUtterance}) => firstUtterance !== undefined)?.firstUtterance, 8);
});

test('words are found as words, but in scripts without spaces anywhere', t => {
	t.is(findWord('can a cat', 'a', 0), 4);
	t.is(findWord('a cat, a', 'a', 1), 7);
	t.is(findWord('今日は晴れ', '晴れ', 0), 3);
	t.is(findWord('unbroken', 'broken', 0), 2);
	t.is(findWord('one', 'two', 0), -1);
	t.is(findWord('one', '', 0), -1);
});
