import test from 'ava';
import type {Engine} from '../../lib/engines/engine.js';
import {createNeural} from '../../lib/engines/neural/neural.js';
import {speakUtterances} from '../../lib/engines/speak.js';
import {until} from '../helpers/streams.js';

test('a long text delays a newcomer’s first utterance by no more than what is in the worker', async t => {
	const heart = createNeural({workers: 1});
	t.teardown(() => heart.close());
	const voice = heart.voice({});
	if (!voice) throw new Error('heart has its voice');
	const done: string[] = [];
	let doneBefore = 0;
	const engine: Engine = {
		...heart,
		async *render(utterance, options) {
			if (utterance.text.startsWith('Newcomer')) doneBefore = done.length;
			yield* heart.render(utterance, options);
			done.push(utterance.text);
		},
	};
	const speak = (text: string) =>
		speakUtterances(engine, voice, oneText(text), {sampleRate: voice.nativeRate, words: false});
	const stop = new AbortController();
	// Few enough that a busy machine is in time for them: who runs late is served before a newcomer.
	const readers = Array.from({length: 3}, async () => {
		for await (const event of speak('Some words that go on for a while, and then a few more. '.repeat(90)))
			if (event.type === 'audio' && stop.signal.aborted) return;
	});
	await until(() => done.length >= 9);
	for await (const _ of speak('Newcomer.'));
	stop.abort();
	await Promise.all(readers);
	const place = done.indexOf('Newcomer.');
	t.true(place >= 0);
	t.true(place - doneBefore <= 1, `${place - doneBefore} utterances were made before it`);
});

async function* oneText(text: string): AsyncGenerator<string> {
	yield text;
}
