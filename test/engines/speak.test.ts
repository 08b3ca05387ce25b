import {getEventListeners} from 'node:events';
import test from 'ava';
import {speakUtterances} from '../../lib/engines/speak.js';
import type {SpeechEvent} from '../../lib/synthesizer.js';
import {settle} from '../helpers/streams.js';
import {ToneEngine, toneVoice} from '../helpers/tone.js';

async function* once(text: string): AsyncGenerator<string> {
	yield text;
}

test('leaves nothing with a signal that outlives it', async t => {
	const {signal} = new AbortController();
	const own = Object.getOwnPropertySymbols(signal);
	const speech = speakUtterances(new ToneEngine(), toneVoice, once('Hello.'), {sampleRate: 16_000, signal});
	const events: SpeechEvent[] = [];
	for await (const event of speech) events.push(event);
	t.true(events.length > 0);
	t.is(getEventListeners(signal, 'abort').length, 0);
	// AbortSignal.any would: what depends on a signal is kept in a set of its own.
	t.deepEqual(Object.getOwnPropertySymbols(signal), own);
});

test('an abort ends it although the text never answers', async t => {
	const controller = new AbortController();
	const text = {[Symbol.asyncIterator]: () => ({next: () => new Promise<never>(() => {})})};
	const options = {sampleRate: 16_000, signal: controller.signal};
	const next = speakUtterances(new ToneEngine(), toneVoice, text, options).next();
	await settle();
	controller.abort(new Error('enough'));
	await t.throwsAsync(next, {message: 'enough'});
});

test('a reader that leaves a long text stops all work on it', async t => {
	const engine = new ToneEngine();
	let asked = 0;
	engine.gate = async () => {
		asked++;
	};
	const text = once('One more sentence. '.repeat(50_000));
	for await (const event of speakUtterances(engine, toneVoice, text, {sampleRate: 16_000}))
		if (event.type === 'audio') break;
	await settle();
	t.true(asked < 300, `${asked} utterances`);
});
