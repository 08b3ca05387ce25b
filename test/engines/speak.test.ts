import {getEventListeners} from 'node:events';
import test from 'ava';
import type {Piece, RenderOptions, Utterance} from '../../lib/engines/engine.js';
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

test('many utterances on their way are no reason for a warning', async t => {
	class Wide extends ToneEngine {
		override async *render(utterance: Utterance, options: RenderOptions): AsyncGenerator<Piece> {
			options.signal?.addEventListener('abort', () => {});
			yield* super.render(utterance, options);
		}
	}
	const onWarning = (warning: Error) => t.fail(warning.message);
	process.on('warning', onWarning);
	t.teardown(() => process.off('warning', onWarning));
	let spoken = 0;
	const text = once('One more sentence. '.repeat(50));
	for await (const {type} of speakUtterances(Object.assign(new Wide(), {parallel: 16}), toneVoice, text, {
		sampleRate: 16_000,
	}))
		if (type === 'word') spoken++;
	await settle();
	t.is(spoken, 150);
});

const longSentence = 'This one goes on without a comma '.repeat(9);

/** The texts of the utterances, as an engine of this pace is given them. */
async function uttered(
	text: string,
	realTimeFactor: number | undefined,
	deadline?: number,
): Promise<string[]> {
	const engine = new ToneEngine();
	const paced =
		realTimeFactor === undefined
			? engine
			: Object.assign(engine, {pace: () => ({realTimeFactor, workers: 2})});
	const options = {sampleRate: 16_000, ...(deadline === undefined ? {} : {deadline})};
	for await (const _ of speakUtterances(paced, toneVoice, once(text), options));
	return engine.rendered;
}

test('what a slow voice says is cut so that it is ready in time, a quick one’s is not', async t => {
	const quick = await uttered(`${longSentence}. Then another.`, undefined);
	t.is(quick[0], `${longSentence}. `);
	const slow = await uttered(`${longSentence}. Then another.`, 1.2);
	t.is(slow.join(''), quick.join(''));
	t.true((slow[0]?.length ?? Infinity) <= 60 && (slow[0]?.length ?? 0) >= 30, slow[0]);
	t.true(slow.length > quick.length);
	t.deepEqual(await uttered(`${longSentence}. Then another.`, 1.2), slow);
	t.deepEqual(await uttered(`${longSentence}. Then another.`, 0.1), quick);
});

test('where the ranges depend on the text alone, a slow voice says it as a quick one', async t => {
	const text = `Well, ${longSentence}. Then another.`;
	t.deepEqual(await uttered(text, 1.2, Infinity), await uttered(text, undefined, Infinity));
});

test('only the first utterance of a text asks whether it may begin', async t => {
	const asked: unknown[] = [];
	class Asking extends ToneEngine {
		override render(utterance: Utterance, options: RenderOptions): AsyncGenerator<Piece> {
			asked.push(options.begun);
			return super.render(utterance, options);
		}
	}
	const speech = speakUtterances(new Asking(), toneVoice, once('One. Two. Three.'), {sampleRate: 16_000});
	for await (const _ of speech);
	t.deepEqual(asked, [false, true, true]);
});
