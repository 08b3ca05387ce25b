import test from 'ava';
import type {Engine} from '../../lib/engines/engine.js';
import {speakUtterances} from '../../lib/engines/speak.js';
import {type GenerationReport, SpeechMeter} from '../../lib/server/meter.js';
import type {SpeechEvent, Synthesizer} from '../../lib/synthesizer.js';
import {ToneSynthesizer} from '../helpers/tone.js';

const sampleRate = 8000;
/** A clock that goes only when it is told to. */
class Clock {
	ms = 0;
	readonly now = () => this.ms;
}

/** Speaks pieces of so many ms, each after so many ms of work. */
function speaking(clock: Clock, pieces: ReadonlyArray<readonly [work: number, ms: number]>): Synthesizer {
	return {
		name: 'pieces',
		voices: async () => [],
		async *speak(): AsyncGenerator<SpeechEvent> {
			for (const [work, ms] of pieces) {
				clock.ms += work;
				yield {type: 'audio', pcm: Buffer.alloc((2 * sampleRate * ms) / 1000, 64)};
			}
		},
		close: async () => {},
	};
}

/** What a meter says of them, where its reader takes so many ms for each piece. */
async function report(
	pieces: ReadonlyArray<readonly [work: number, ms: number]>,
	{complete = true, reader = 0} = {},
): Promise<GenerationReport> {
	const clock = new Clock();
	const meter = new SpeechMeter(clock.now);
	if (complete) meter.textEnded();
	async function* text() {}
	for await (const _ of meter.watch(speaking(clock, pieces), text(), {sampleRate})) clock.ms += reader;
	return meter.report('finished');
}

test('a gap after audio that was played out is an underrun', async t => {
	const {underruns, audioSeconds} = await report([
		[0, 50],
		[500, 50],
		[500, 5000],
		[100, 50],
	]);
	t.is(underruns, 2);
	t.is(audioSeconds, 5.15);
});

test('who reads slowly, or writes slowly, has no underruns', async t => {
	const pieces = Array.from({length: 5}, () => [0, 20] as const);
	t.is((await report(pieces, {reader: 100})).underruns, 0);
	t.is(
		(
			await report(
				[
					[0, 20],
					[300, 20],
				],
				{complete: false},
			)
		).underruns,
		0,
	);
});

test('times run from the opening; of what was not there nothing is told', async t => {
	const pieces = [
		[50, 20],
		[30, 100],
		[20, 100],
	] as const;
	t.like(await report(pieces), {
		startedMs: 0,
		firstChunkMs: 50,
		firstAudibleMs: 80,
		totalMs: 100,
		queuedMs: undefined,
	});
	t.like(await report([]), {firstChunkMs: undefined, firstAudibleMs: undefined, audioSeconds: 0});
});

test('an engine’s first utterance tells how long it waited; characters that were not spoken are counted', async t => {
	const {engine} = new ToneSynthesizer();
	const waiting: Engine = Object.assign(Object.create(engine), {
		async *render(...[utterance, options]: Parameters<Engine['render']>) {
			options.onQueued?.(utterance.text.startsWith('One') ? 40 : 90);
			yield* engine.render(utterance, options);
		},
	});
	const [voice] = await engine.voices();
	if (!voice) return t.fail();
	const synthesizer = Object.assign(new ToneSynthesizer(), {
		speak: (...[text, options]: Parameters<Synthesizer['speak']>) =>
			speakUtterances(waiting, voice, text, options),
	});
	const meter = new SpeechMeter();
	async function* text() {
		yield 'One. Two. Привет.';
	}
	for await (const _ of meter.watch(synthesizer, text(), {sampleRate}));
	t.like(meter.report('finished'), {queuedMs: 40, unspoken: 7});
});
