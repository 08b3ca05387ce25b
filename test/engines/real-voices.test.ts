import test, {type ExecutionContext} from 'ava';
import {createNeural} from '../../lib/engines/neural/neural.js';
import {proveVoice} from '../../lib/engines/neural/prove.js';
import {voicesAt} from '../../lib/voices/folder.js';
import type {InstalledVoice} from '../../lib/voices/installed.js';
import {goOnIf, shared} from '../helpers/shared.js';
import {level, render} from './rendering.js';

const voices: readonly InstalledVoice[] = ['voices/kokoro', 'voices/piper/en_US-joe-medium'].flatMap(path =>
	voicesAt(shared(path) ?? ''),
);
// One worker: a model of 92 MB is loaded once.
const engine = createNeural({
	workers: 1,
	installed: {list: () => voices, find: id => voices.find(voice => voice.id === id)},
});
test.after.always(() => engine.close());

const here = (t: ExecutionContext, id: string) =>
	goOnIf(
		t,
		voices.some(voice => voice.id === id),
		`${id} is not there`,
	);

/** Words lie on sound, pauses between clauses on silence, and the times are the model's own. */
const speaks = test.macro(async (t: ExecutionContext, voiceId: string, text: string) => {
	if (!here(t, voiceId)) return;
	const {samples, words, spelled} = await render(engine, text, {voiceId});
	t.deepEqual(spelled, text.match(/[\p{L}']+/gu));
	const rate = engine.voice({voiceId})?.nativeRate ?? Number.NaN;
	const edge = Math.round(0.015 * rate);
	t.is(words[0]?.startSample, edge);
	t.is(words.at(-1)?.endSample, samples.length - edge);
	t.true(level(samples, 0, edge / 2) < 0.003);
	for (const [index, {startSample, endSample, textEnd, estimated}] of words.entries()) {
		t.not(estimated, true);
		t.true(level(samples, startSample, endSample) > 0.01, spelled[index]);
		const next = words[index + 1];
		if (!next) continue;
		t.true(next.startSample >= endSample, spelled[index]);
		// A comma need not be heard as a pause.
		if (!text.slice(textEnd, next.textStart).includes('.')) continue;
		const pause = samples.subarray(endSample, next.startSample);
		t.true(pause.length > 0.04 * rate, `${spelled[index]}: a pause of ${pause.length} samples`);
		t.true(level(pause) < 0.2 * level(samples), `${spelled[index]}: ${level(pause)} in the pause`);
	}
});

test('Piper', speaks, 'piper:en_US-joe-medium', 'Stop. Please stop, and then begin again.');
test('Kokoro, American', speaks, 'kokoro:af_heart', 'Wait. Please stop.');
test('Kokoro, British', speaks, 'kokoro:bm_george', 'I cannot dance.');
test('Kokoro, French', speaks, 'kokoro:ff_siwis', 'Bonjour, ma petite amie.');

test('a voice is proved by what it speaks', async t => {
	const voice = voices.find(({family}) => family === 'piper');
	if (!goOnIf(t, voice, 'no voice of Piper is there') || !voice) return;
	const {loudness, realTimeFactor, wordTimes} = await proveVoice(voice);
	t.is(wordTimes, 'exact');
	t.true(loudness > -32 && loudness < -20, `${loudness}`);
	t.true(realTimeFactor > 0);
});

test('a voice without a sound is none', async t => {
	const voice = voices.find(({family}) => family === 'piper');
	if (!goOnIf(t, voice, 'no voice of Piper is there') || !voice) return;
	await t.throwsAsync(proveVoice({...voice, family: 'hibari'}), {
		code: 'MODEL_INVALID',
		message: /no model of the family hibari/,
	});
});
