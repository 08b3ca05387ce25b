import test from 'ava';
import {settle, until} from '../../helpers/streams.js';
import {spelled} from '../../helpers/tone.js';
import {running, WireClient} from '../../helpers/wire-client.js';

const first = {voiceId: 'tone', sampleRate: 16_000};
const chunkIds = (client: WireClient) =>
	client.messages.flatMap(({type, generationId}) => (type === 'chunk' ? [generationId] : []));

test('generations of a context are spoken one after another, as they were opened', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	const ids = ['a', 'b', 'c', 'd'];
	for (const id of ids)
		client.send({generationId: id, contextId: 'x', ...first, text: `I am ${id}. ${'And on. '.repeat(20)}`});
	client.send({generationId: 'd', finalText: true});
	await client.heard('d');
	t.deepEqual([...new Set(chunkIds(client))], ids);
	t.deepEqual(chunkIds(client).toSorted(), chunkIds(client));
	t.deepEqual(
		client.messages.filter(({type}) => type === 'finished').map(({generationId}) => generationId),
		ids,
	);
});

test('opening a generation ends the text of those before it', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.send({generationId: 'a', contextId: 'x', ...first, text: 'No end'});
	client.send({generationId: 'b', contextId: 'x', ...first, text: 'Next.', finalText: true});
	t.is(spelled((await client.heard('a')).pcm), 'No end');
	t.is(spelled((await client.heard('b')).pcm), 'Next.');
});

test('other contexts, and generations without one, run side by side', async t => {
	const {url, synthesizer} = await running(t);
	const client = await WireClient.open(t, url);
	let release = () => {};
	synthesizer.engine.gate = text =>
		text.startsWith('Held') ? new Promise(resolve => (release = resolve)) : Promise.resolve();
	client.send({generationId: 'a', contextId: 'x', ...first, text: 'Held.', finalText: true});
	client.send({generationId: 'after', contextId: 'x', ...first, text: 'After.', finalText: true});
	client.send({generationId: 'b', contextId: 'y', ...first, text: 'Other.', finalText: true});
	client.send({generationId: 'c', ...first, text: 'None.', finalText: true});
	await Promise.all([client.heard('b'), client.heard('c')]);
	t.false(chunkIds(client).includes('after'));
	release();
	await client.heard('after');
	t.true(chunkIds(client).indexOf('a') < chunkIds(client).indexOf('after'));
});

test('a context remembers voice, rate and word times', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	client.send({
		generationId: 'a',
		contextId: 'x',
		...first,
		addWordTimestamps: true,
		text: 'One.',
		finalText: true,
	});
	client.send({generationId: 'b', contextId: 'x', text: 'Two.', finalText: true});
	client.send({generationId: 'c', contextId: 'other', text: 'Three.', finalText: true});
	const heard = await client.heard('b');
	t.is(heard.end, 'finished');
	t.is(spelled(heard.pcm), 'Two.');
	t.deepEqual(
		heard.words.map(({word, endTime}) => [word, endTime]),
		[['Two', 300 / 16_000]],
	);
	t.regex((await client.heard('c')).end, /^voice_missing: /);
});

test('a context is cancelled as a whole', async t => {
	const {url, synthesizer} = await running(t);
	const client = await WireClient.open(t, url);
	let held = 0;
	synthesizer.engine.gate = () => new Promise(() => held++);
	for (const id of ['a', 'b', 'c'])
		client.send({generationId: id, contextId: 'x', ...first, text: 'Some text. And more.', finalText: true});
	await until(() => held > 0);
	client.send({contextId: 'x', cancel: true});
	for (const id of ['a', 'b', 'c']) t.is((await client.heard(id)).end, 'finished');
	await settle();
	t.deepEqual(chunkIds(client), []);
	t.deepEqual(synthesizer.engine.rendered, []);
});

test('a cancelled generation, or one that failed, lets the next one speak', async t => {
	const {url, synthesizer} = await running(t);
	const client = await WireClient.open(t, url);
	synthesizer.engine.gate = text => (text.startsWith('Held') ? new Promise(() => {}) : Promise.resolve());
	client.send({generationId: 'a', contextId: 'x', ...first, text: 'Held.', finalText: true});
	client.send({generationId: 'b', contextId: 'x', ...first, text: 'Held.'});
	client.send({generationId: 'c', contextId: 'x', ...first, text: 'Last.', finalText: true});
	client.send({generationId: 'a', cancel: true});
	client.send({generationId: 'b', voiceId: 'another'});
	t.regex((await client.heard('b')).end, /^voice_changed: /);
	t.is(spelled((await client.heard('c')).pcm), 'Last.');
});
