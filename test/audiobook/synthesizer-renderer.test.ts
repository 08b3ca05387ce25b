import test from 'ava';
import {synthesizerRenderer} from '../../lib/audiobook/index.js';
import {resolveVoices} from '../../lib/audiobook/voices.js';
import {SpeechError} from '../../lib/errors.js';
import {LocalSynthesizer} from '../../lib/index.js';
import {bindery, ledger, saidOf} from '../helpers/books.js';
import {remote, remoteTone, toneServer} from '../helpers/remote.js';
import {spelled, ToneSynthesizer} from '../helpers/tone.js';
import {decode} from '../helpers/transcoding.js';

const {signal} = new AbortController();
const request = {
	text: 'The boats, all seven of them, came home; nobody knew why.',
	voiceId: 'tone',
	sampleRate: 16_000,
	speed: 1,
};

test('one utterance is one speech of exactly that text, without a pause behind it', async t => {
	const synthesizer = new ToneSynthesizer();
	const renderer = synthesizerRenderer(synthesizer, {concurrency: 3});
	t.is(renderer.parallel, 3);
	const {pcm, words, unspoken} = await renderer.render(request, signal);
	t.deepEqual(synthesizer.engine.rendered, [request.text]);
	t.is(pcm.length, 2 * 100 * request.text.length);
	t.is(spelled(pcm), request.text);
	t.deepEqual(unspoken, []);
	t.like(words[1], {textStart: 4, textEnd: 9, startSample: 400, endSample: 900, timing: 'exact'});
});

test('over a server it is the same, the pause that the server puts behind it taken off', async t => {
	const {synthesizer, engine} = await remoteTone(t);
	await synthesizer.voices();
	const far = await synthesizerRenderer(synthesizer).render(request, signal);
	t.deepEqual(engine.rendered, [request.text]);
	const near = await synthesizerRenderer(new ToneSynthesizer()).render(request, signal);
	t.true(far.pcm.equals(near.pcm));
	t.deepEqual(far.words, near.words);
});

test('a book is made by a server as by this machine', async t => {
	const {make, at} = await bindery(t);
	const {url} = await toneServer(t);
	const made = await make(ledger, 'far.flac', {synthesizer: remote(t, {url})});
	t.is(spelled(await decode(at('far.flac'), 16_000)), saidOf(ledger));
	t.is(made.gaps.length, 0);
	const {seconds} = await make(ledger, 'near.flac');
	t.true(Math.abs(made.seconds - seconds) < 0.01, `${made.seconds} ${seconds}`);
});

test('a fingerprint names model, runtime, version and machine, and differs by voice', async t => {
	const synthesizer = new LocalSynthesizer({workers: 1});
	t.teardown(() => synthesizer.close());
	const renderer = synthesizerRenderer(synthesizer);
	const heart = await renderer.fingerprint('heart');
	t.regex(heart, /^speechpipe \d.*, \w+ \w+, hibari, onnxruntime-\w+ \d.*, [0-9a-f]{64}/);
	t.true(heart.includes(process.arch));
	t.is(await renderer.fingerprint('heart'), heart);
	t.regex(await renderer.fingerprint('espeak:de'), /espeak-ng/);
	const other = new LocalSynthesizer({workers: 1, lexicon: {nginx: 'engine x'}});
	t.teardown(() => other.close());
	t.not(await synthesizerRenderer(other).fingerprint('heart'), heart);
	// Of a synthesizer that tells none, all that it says of the voice.
	t.regex(await synthesizerRenderer(new ToneSynthesizer()).fingerprint('tone'), /tone/);
	await t.throwsAsync(renderer.fingerprint('hart'), {instanceOf: SpeechError, code: 'VOICE_UNKNOWN'});
});

test('the voice of a language: the nearest tag that has one, else the book’s', async t => {
	const synthesizer = new LocalSynthesizer({workers: 1});
	t.teardown(() => synthesizer.close());
	const {main, voiceFor, ids} = await resolveVoices(synthesizer, 'de-DE', {
		voices: {'en-GB': 'espeak:en-gb', fr: 'espeak:fr'},
	});
	t.is(main.id, 'espeak:de');
	t.is(main.nativeRate, 22_050);
	t.deepEqual([undefined, 'de', 'en', 'en-GB', 'en-GB-oxendict', 'fr-CA'].map(voiceFor), [
		'espeak:de',
		'espeak:de',
		'espeak:de',
		'espeak:en-gb',
		'espeak:en-gb',
		'espeak:fr',
	]);
	t.deepEqual(ids, ['espeak:de', 'espeak:en-gb', 'espeak:fr']);
	await t.throwsAsync(resolveVoices(synthesizer, 'en', {voices: {fr: 'espeak:nowhere'}}), {
		code: 'VOICE_UNKNOWN',
	});
	await t.throwsAsync(resolveVoices(synthesizer, 'en', {voiceId: 'nobody'}), {code: 'VOICE_UNKNOWN'});
});
