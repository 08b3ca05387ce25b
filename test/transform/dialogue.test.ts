import test from 'ava';
import {SpeechError} from '../../lib/errors.js';
import {speechBody} from '../../lib/sinks/speech-body.js';
import type {TimedWord, UnspokenEvent} from '../../lib/synthesizer.js';
import {Dialogue, type DialogueLine} from '../../lib/transform/dialogue.js';
import {collect, settle, unheardRejections, until} from '../helpers/streams.js';
import {spelled, ToneSynthesizer, unit} from '../helpers/tone.js';

const lines = [{text: 'Who is there?'}, {text: 'Nobody'}, {text: 'I thought so.'}];

function toneDialogue(text: readonly DialogueLine[], synthesizer = new ToneSynthesizer()) {
	return speechBody({synthesizer, text, format: 'pcm_s16le'});
}

test('the lines follow each other in one stream, with a pause between', async t => {
	const {stream, speech} = toneDialogue(lines);
	const pcm = await collect(stream);
	const text = 'Who is there?\nNobody\nI thought so.';
	t.is(spelled(pcm), text);
	const pauses = 3 * 0.3 * speech.sampleRate;
	t.is(pcm.length / 2, text.length * unit + pauses);
});

test('positions count in all of the lines', async t => {
	const {stream, speech} = toneDialogue(lines);
	const words: TimedWord[] = [];
	speech.on('word', word => words.push(word));
	const pcm = await collect(stream);
	t.deepEqual(
		words.map(({word}) => word),
		['Who', 'is', 'there', 'Nobody', 'I', 'thought', 'so'],
	);
	for (const {word, startSample, endSample, textStart, textEnd} of words) {
		t.is(spelled(pcm.subarray(startSample * 2, endSample * 2)), word);
		t.is('Who is there?\nNobody\nI thought so.'.slice(textStart, textEnd), word);
	}
});

test('each line has its own voice and speed, or those of the whole', async t => {
	const alone = async (text: string, voiceId: string, speed: number) =>
		collect(speechBody({text, voiceId, speed, format: 'pcm_s16le', sampleRate: 24_000}).stream);
	const together = speechBody({
		text: [{text: 'Streams can talk.\n', voiceId: 'espeak:en-us', speed: 1.2}, {text: 'So they say.'}],
		voiceId: 'heart',
		speed: 0.9,
		format: 'pcm_s16le',
		sampleRate: 24_000,
	});
	const expected = [
		await alone('Streams can talk.\n\n', 'espeak:en-us', 1.2),
		await alone('So they say.', 'heart', 0.9),
	];
	t.true((await collect(together.stream)).equals(Buffer.concat(expected)));
});

test('a voice that is refused before the text has ended fails the speech, and nothing else', async t => {
	class Refusing extends ToneSynthesizer {
		override async *speak(...[text, options]: Parameters<ToneSynthesizer['speak']>) {
			if (options.voiceId !== 'tone') throw new SpeechError('VOICE_UNKNOWN', 'There is no such voice.');
			yield* super.speak(text, options);
		}
	}
	const unheard = unheardRejections();
	const text = (async function* () {
		yield 'What is taken is known already.';
		await settle();
	})();
	const speech = new Dialogue(new Refusing(), lines).speak(text, {sampleRate: 16_000});
	await t.throwsAsync(speech.next(), {code: 'VOICE_UNKNOWN', message: /^Line 1: /});
	t.deepEqual(unheard, []);
});

test('the rate is that of the first voice', t => {
	const body = speechBody({text: [{text: 'x', voiceId: 'espeak:de'}, {text: 'y'}], format: 'wav'});
	t.is(body.sampleRate, 22_050);
	body.stream.destroy();
});

test('an unknown voice of any line is told before the first byte', async t => {
	const {ready, timeline} = speechBody({
		text: [{text: 'Yes?'}, {text: 'Hello.', voiceId: 'hart'}],
		format: 'wav',
	});
	await t.throwsAsync(ready, {code: 'VOICE_UNKNOWN', message: /^Line 2: .*heart/});
	await t.throwsAsync(timeline, {code: 'VOICE_UNKNOWN'});
	const {ready: fast} = speechBody({text: [{text: 'Yes?'}, {text: 'Hello.', speed: 9}], format: 'wav'});
	await t.throwsAsync(fast, {code: 'OPTION_INVALID', message: /^Line 2: /});
});

test('a line that cannot be spoken is passed over, unless none can', async t => {
	const {stream, speech} = toneDialogue([{text: '漢字'}, {text: ' '}, {text: 'Yes.'}]);
	const unspoken: UnspokenEvent[] = [];
	speech.on('unspoken', event => unspoken.push(event));
	t.is(spelled(await collect(stream)), 'Yes.');
	t.is(unspoken[0]?.textStart, 0);
	t.is(unspoken.at(-1)?.textEnd, 5);
	const none = toneDialogue([{text: '漢字'}, {text: '漢字'}]);
	await t.throwsAsync(none.ready, {code: 'TEXT_NOT_SPEAKABLE', message: /^Line 1: /});
});

test('the next line is made while one is heard, and no more than that', async t => {
	const synthesizer = new ToneSynthesizer();
	const long = 'a'.repeat(250);
	const body = toneDialogue([{text: long}, {text: 'Two.'}, {text: 'Three.'}], synthesizer);
	await body.ready;
	await until(() => synthesizer.engine.rendered.length === 2);
	await settle();
	t.deepEqual(synthesizer.engine.rendered.slice(1), ['Two.\n']);
	body.stream.destroy();
});

test('whoever stops leaves no line behind', async t => {
	const left: string[] = [];
	const synthesizer = new ToneSynthesizer();
	const speak = synthesizer.speak.bind(synthesizer);
	synthesizer.speak = async function* (text, options) {
		try {
			yield* speak(text, options);
		} finally {
			left.push(String(options.signal?.aborted));
		}
	};
	const long = {text: 'a'.repeat(250)};
	const body = toneDialogue([long, long, long], synthesizer);
	await body.ready;
	body.stream.destroy();
	while (left.length < 3) await new Promise(resolve => setTimeout(resolve, 5));
	t.deepEqual(left, ['true', 'true', 'true']);
});
