import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import test from 'ava';
import fc from 'fast-check';
import {defaultSynthesizer} from '../../lib/engines/local-synthesizer.js';
import type {TimedWord} from '../../lib/synthesizer.js';
import type {TTSTransformOptions} from '../../lib/transform/options.js';
import {TTSTransform} from '../../lib/transform/tts-transform.js';
import {collect} from '../helpers/streams.js';

test.after.always(() => defaultSynthesizer().close());

async function say(text: string | readonly string[], options: TTSTransformOptions = {}) {
	const stream = new TTSTransform(options);
	const words: TimedWord[] = [];
	stream.on('word', word => words.push(word));
	for (const piece of typeof text === 'string' ? [text] : text) stream.write(piece);
	stream.end();
	return {audio: await collect(stream), words, sampleRate: stream.sampleRate};
}

/** RMS of s16le samples, 1 being full scale. */
function level(audio: Buffer): number {
	let sum = 0;
	for (let at = 0; at + 1 < audio.length; at += 2) sum += (audio.readInt16LE(at) / 32_768) ** 2;
	return Math.sqrt(sum / Math.max(1, audio.length / 2));
}

test('heart is the voice of a stream that names none', async t => {
	const {audio, words, sampleRate} = await say('Streams can talk.');
	t.is(sampleRate, 24_000);
	t.deepEqual(
		words.map(({word, timing}) => `${word} ${timing}`),
		['Streams exact', 'can exact', 'talk exact'],
	);
	const seconds = audio.length / 2 / sampleRate;
	t.true(seconds > 1 && seconds < 2.5, `${seconds} s`);
	t.true(level(audio) > 0.02);
	for (const {startSample, endSample} of words)
		t.true(level(audio.subarray(2 * startSample, 2 * endSample)) > 0.01);
});

test('the same text gives the same samples, however it is written', async t => {
	const text = 'However it is written, it sounds the same. Even when it comes in pieces.';
	const options = {deadline: Infinity, firstUtterance: 23};
	const {audio} = await say(text, options);
	const splits = fc.asyncProperty(fc.array(fc.nat(text.length), {maxLength: 10}), async cuts => {
		const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
		const pieces = places.slice(1).map((place, index) => text.slice(places[index] ?? 0, place));
		return audio.equals((await say(pieces, options)).audio);
	});
	await t.notThrowsAsync(fc.assert(splits, {numRuns: 10}));
});

test('every sample rate has the same words at the same times', async t => {
	const text = 'At any rate, the words stand where they stood.';
	const native = await say(text);
	for (const sampleRate of [8000, 16_000, 22_050, 44_100, 48_000]) {
		const {audio, words} = await say(text, {sampleRate});
		t.true(Math.abs(audio.length / sampleRate - native.audio.length / 24_000) < 0.001);
		t.deepEqual(
			words.map(({word}) => word),
			native.words.map(({word}) => word),
		);
		for (const [index, word] of words.entries()) {
			t.true(Math.abs(word.startSeconds - (native.words[index]?.startSeconds ?? 0)) < 0.001);
		}
	}
});

test('speed makes speech shorter; what heart lacks or cannot do is an error', async t => {
	const text = 'Some like it slow, and some like it fast.';
	const [slow, fast] = await Promise.all([say(text, {speed: 0.7}), say(text, {speed: 1.4})]);
	const ratio = slow.audio.length / fast.audio.length;
	t.true(ratio > 1.6 && ratio < 2.4, `${ratio}`);
	await t.throwsAsync(say(text, {pitch: 1.2}), {code: 'VOICE_LACKS', message: /heart has no pitch/});
	await t.throwsAsync(say(text, {speed: 5}), {code: 'OPTION_INVALID', message: /from 0\.5 to 2/});
	await t.throwsAsync(say(text, {voiceId: 'hart'}), {code: 'VOICE_UNKNOWN', message: /heart/});
	await t.throwsAsync(say(text, {language: 'tlh'}), {code: 'VOICE_UNKNOWN'});
});

test('what heart cannot read is named, and it reads on', async t => {
	const stream = new TTSTransform();
	const reasons: string[] = [];
	stream.on('unspoken', ({reason}) => reasons.push(reason));
	stream.end('In Japan they say ありがとう for that. 😀 And 10% of 1,000 is 100.');
	t.true((await collect(stream)).length > 24_000);
	t.true(reasons.some(reason => reason.includes('Hiragana')));
});

test('ten streams at once each get their own speech', async t => {
	const texts = Array.from({length: 10}, (_, index) => `This is stream number ${index}, and no other.`);
	const alone = await Promise.all(texts.slice(0, 2).map(text => say(text)));
	const together = await Promise.all(texts.map(text => say(text)));
	for (const [index, one] of alone.entries()) t.deepEqual(together[index]?.audio, one.audio);
	t.is(new Set(together.map(({audio}) => audio.toString('latin1'))).size, 10);
});

test('nothing of a stream keeps the process alive', async t => {
	const program = `
		const {TTSTransform} = await import('./lib/index.js');
		const speech = new TTSTransform();
		speech.write('Hello there. This is never read to its end, since the program is over.');
		speech.once('readable', () => { speech.read(); console.log('read'); });
	`;
	const run = promisify(execFile);
	const {stdout} = await run(process.execPath, [...process.execArgv, '--input-type=module', '-e', program], {
		timeout: 30_000,
	});
	t.is(stdout, 'read\n');
});
