import test from 'ava';
import {settle, standStill, until} from '../../helpers/streams.js';
import {spelled, unit} from '../../helpers/tone.js';
import {running, WireClient} from '../../helpers/wire-client.js';

const rate = 16_000;
const first = {voiceId: 'tone', sampleRate: rate};

test('text in pieces becomes its audio, then finished; nothing but published fields', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	for (const text of ['Hello', '!', ' ', '', 'This is ', 'a stream.'])
		client.send({generationId: 'g', ...first, text, finalText: false, cancel: false});
	client.send({generationId: 'g', finalText: true});
	const {pcm, end, words, positions} = await client.heard('g');
	t.is(end, 'finished');
	t.is(spelled(pcm), 'Hello! This is a stream.');
	t.deepEqual({words, positions}, {words: [], positions: []});
});

test('audio comes before the text has ended', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: 'This is said at once. And'});
	await client.until(messages => messages.find(({type}) => type === 'chunk'));
	client.send({generationId: 'g', text: ' this later.', finalText: true});
	t.is(spelled((await client.heard('g')).pcm), 'This is said at once. And this later.');
});

test('chunks hold at most 32 KiB of whole samples', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: `${'word '.repeat(50)}end.`, finalText: true});
	await client.heard('g');
	const sizes = client.messages.map(message =>
		message.type === 'chunk' ? Buffer.from(message.audio, 'base64').length : 0,
	);
	t.true(Math.max(...sizes) <= 32 * 1024);
	t.true(sizes.filter(size => size === 32 * 1024).length > 0);
	t.true(sizes.every(size => size % 2 === 0));
});

test('words come in order, exactly as in the text, not after their audio', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.send({
		generationId: 'g',
		...first,
		text: 'Hello there! It’s me, again.',
		finalText: true,
		addWordTimestamps: true,
	});
	const {words} = await client.heard('g');
	t.deepEqual(
		words.map(({word}) => word),
		['Hello', 'there', 'It’s', 'me', 'again'],
	);
	t.deepEqual(words[1], {word: 'there', startTime: (6 * unit) / rate, endTime: (11 * unit) / rate});
	let seconds = 0;
	let told = 0;
	for (const message of client.messages) {
		if (message.type === 'timestamp') told += message.wordTimestamps.length;
		if (message.type === 'chunk') seconds += Buffer.from(message.audio, 'base64').length / 2 / rate;
		t.true(words.slice(told).every(({startTime}) => startTime >= seconds));
	}
});

test('positions: the ranges adjoin, cover the text, and name what is not spoken', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	const text = 'One two. Три. Four!';
	client.send({generationId: 'g', ...first, text, finalText: true, positions: true});
	const {positions, pcm, words} = await client.heard('g');
	t.deepEqual(words, []);
	const ends = positions.filter(({endSample}) => endSample !== undefined);
	t.deepEqual(
		ends.map(({textStart, textEnd}) => text.slice(textStart, textEnd)),
		['One two. ', 'Три. ', 'Four!'],
	);
	t.deepEqual(
		ends.map(({unspoken}) => unspoken),
		[undefined, 'the voice does not read Cyrillic script', undefined],
	);
	t.is(ends.at(-1)?.endSample, pcm.length / 2);
	for (const [index, {startSample}] of ends.entries()) t.is(startSample, ends[index - 1]?.endSample ?? 0);
	const starts = positions.filter(({endSample}) => endSample === undefined);
	t.deepEqual(
		starts.map(({startSample}) => startSample),
		ends.filter(({unspoken}) => unspoken === undefined).map(({startSample}) => startSample),
	);
});

test('firstUtterance is spoken first, whatever its boundaries', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	const text = 'Some sentence that goes on. And more.';
	client.send({generationId: 'g', ...first, text, finalText: true, positions: true, firstUtterance: 17});
	t.is((await client.heard('g')).positions[0]?.textEnd, 17);
});

test('the rate of the audio is the one asked for, 24,000 Hz if none was', async t => {
	const rates: Array<number | undefined> = [];
	const {url, synthesizer} = await running(t);
	const speak = synthesizer.speak.bind(synthesizer);
	synthesizer.speak = (text, options) => {
		rates.push(options.sampleRate);
		return speak(text, options);
	};
	const client = await WireClient.open(t, url);
	client.send({generationId: 'a', voiceId: 'tone', text: 'Hi.', finalText: true, sampleRate: 41_500});
	client.send({generationId: 'b', voiceId: 'tone', text: 'Hi.', finalText: true});
	await Promise.all([client.heard('a'), client.heard('b')]);
	t.deepEqual(rates, [41_500, 24_000]);
});

test('what the synthesizer may know is handed on', async t => {
	const {url, synthesizer} = await running(t);
	const speak = synthesizer.speak.bind(synthesizer);
	synthesizer.speak = (text, options) => {
		t.like(options, {
			items: 'some',
			description: 'calm',
			voiceId: 'tone',
			speed: 1.25,
			volume: 0.5,
			words: false,
		});
		return speak(text, options);
	};
	const client = await WireClient.open(t, url);
	client.send({
		generationId: 'g',
		...first,
		items: 'some',
		description: 'calm',
		voiceOptionValues: [
			{optionId: 'speed', value: 1.25},
			{optionId: 'Volume', value: 0.5},
			{optionId: 'style', value: 'warm'},
		],
		text: 'Hi.',
		finalText: true,
	});
	t.is((await client.heard('g')).end, 'finished');
	t.plan(2);
});

test('cancel: finished at once, no chunk after it, no more work', async t => {
	const {url, synthesizer} = await running(t);
	const client = await WireClient.open(t, url);
	const held: Array<() => void> = [];
	synthesizer.engine.gate = text =>
		text.startsWith('The first') ? Promise.resolve() : new Promise(resolve => held.push(resolve));
	client.send({generationId: 'g', ...first, text: 'The first sentence. Second one. Third one. Fourth one.'});
	await client.until(messages => messages.find(({type}) => type === 'chunk'));
	client.send({generationId: 'g', cancel: true, text: ' Not this either.'});
	t.is((await client.heard('g')).end, 'finished');
	for (const release of held) release();
	await settle();
	await client.settled();
	t.is(client.messages.at(-2)?.type, 'finished');
	t.deepEqual(synthesizer.engine.rendered, ['The first sentence. ']);
});

test('cancel of what is unknown or over is ignored', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'never', cancel: true});
	client.send({generationId: 'g', ...first, text: 'Hi.', finalText: true});
	await client.heard('g');
	client.send({generationId: 'g', cancel: true});
	client.send({contextId: 'never', cancel: true});
	await client.settled();
	t.deepEqual(
		client.messages.filter(({type}) => type === 'finished').map(({generationId}) => generationId),
		['g'],
	);
});

test('an id may be used again once it has finished', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	for (const [index, text] of ['First.', 'Second.', 'Third.'].entries()) {
		client.send({generationId: 'g', ...first, text, finalText: true});
		t.is(spelled((await client.heard('g', index + 1)).pcm), text);
	}
});

test('text of many generations side by side stays apart', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	const texts = Array.from({length: 40}, (_, index) => `This is number ${index}. It says ${index} again.`);
	for (const [index, text] of texts.entries())
		client.send({generationId: `g${index}`, ...first, text: text.slice(0, 20)});
	for (const [index, text] of texts.entries())
		client.send({generationId: `g${index}`, text: text.slice(20), finalText: true});
	const heard = await Promise.all(texts.map((_, index) => client.heard(`g${index}`)));
	t.deepEqual(
		heard.map(({pcm}) => spelled(pcm)),
		texts,
	);
});

test('without text there is nothing but finished', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	for (const [id, text] of [
		['none', undefined],
		['empty', ''],
		['blank', ' '],
	] as const) {
		client.send({generationId: id, ...first, ...(text === undefined ? {} : {text}), finalText: true});
		const {pcm, end} = await client.heard(id);
		t.deepEqual({bytes: pcm.length, end}, {bytes: 0, end: 'finished'});
	}
});

test('text that waits is spoken after textIdle; without finalText it all ends after generationIdle', async t => {
	const {url} = await running(t, {limits: {textIdle: 50, generationIdle: 300}});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: 'No sentence'});
	await client.until(messages => messages.find(({type}) => type === 'chunk'));
	const {pcm, end} = await client.heard('g');
	t.is(end, 'finished');
	t.is(spelled(pcm), 'No sentence');
});

test('a generation that gets messages is not idle', async t => {
	const {url} = await running(t, {limits: {generationIdle: 400}});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: 'Wait'});
	for (let beat = 0; beat < 10; beat++) {
		await new Promise(resolve => setTimeout(resolve, 100));
		client.send({generationId: 'g', text: ''});
	}
	client.send({generationId: 'g', text: ' for me.', finalText: true});
	t.is(spelled((await client.heard('g')).pcm), 'Wait for me.');
});

test('what came while the process stood still counts, whatever timers say', async t => {
	const {url} = await running(t, {limits: {textIdle: 150, generationIdle: 150}});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', ...first, text: 'One is here. And two'});
	await client.until(messages => messages.find(({type}) => type === 'chunk'));
	client.send({generationId: 'g', text: ' is here.', finalText: true});
	standStill(400);
	const {pcm, end} = await client.heard('g');
	t.is(end, 'finished');
	t.is(spelled(pcm), 'One is here. And two is here.');
});

test('the server’s voice speaks where none is named', async t => {
	const {url} = await running(t, {voiceId: 'tone'});
	const client = await WireClient.open(t, url);
	client.send({generationId: 'g', voiceId: '', text: 'Hi.', finalText: true});
	t.is((await client.heard('g')).end, 'finished');
});

test('a closed socket stops all of its work, and none of its neighbours’', async t => {
	const {url, synthesizer} = await running(t);
	const {engine} = synthesizer;
	let gone = 0;
	engine.gate = text =>
		new Promise(resolve => {
			if (text.includes('stay')) resolve();
			else gone++;
		});
	const leaver = await WireClient.open(t, url);
	const stayer = await WireClient.open(t, url);
	for (let index = 0; index < 20; index++)
		leaver.send({generationId: `g${index}`, ...first, text: 'I go. '.repeat(30), finalText: true});
	await until(() => gone >= 20);
	const before = gone;
	leaver.ws.terminate();
	stayer.send({generationId: 'g', ...first, text: 'I stay. And stay.', finalText: true});
	t.is((await stayer.heard('g')).end, 'finished');
	await settle();
	t.is(gone, before);
	t.deepEqual(
		engine.rendered.filter(text => text.includes('go')),
		[],
	);
});
