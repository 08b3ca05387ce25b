import {join} from 'node:path';
import test from 'ava';
import {LocalSynthesizer, TTSTransform} from '../../lib/index.js';
import type {TimedWord} from '../../lib/synthesizer.js';
import {writeKokoro, writePiper} from '../helpers/small-models.js';
import {collect} from '../helpers/streams.js';
import {folderFor, vocabulary} from './voices.js';

test('a voice speaks from the folder where it lies: its rate is known at once, its words are exact', async t => {
	const folder = join(await folderFor(t), 'voice');
	await writePiper(folder, {rate: 16_000, speakers: 2});
	const synthesizer = new LocalSynthesizer({workers: 1});
	t.teardown(() => synthesizer.close());
	const stream = new TTSTransform({synthesizer, voiceId: `${folder}#1`, noise: 0});
	t.is(stream.sampleRate, 16_000);
	const words: TimedWord[] = [];
	stream.on('word', word => words.push(word));
	stream.end('Hello there.');
	const pcm = await collect(stream);
	t.true(pcm.length > 16_000);
	t.deepEqual(
		words.map(({word, timing}) => [word, timing]),
		[
			['Hello', 'exact'],
			['there', 'exact'],
		],
	);
	const voice = await synthesizer.voice({voiceId: `${folder}#1`});
	t.like(voice, {id: `${folder}#1`, nativeRate: 16_000, language: 'en-US', noise: {min: 0, max: 2}});
});

test('what a voice cannot do is refused before any text is read', async t => {
	const folder = await folderFor(t);
	await writeKokoro(join(folder, 'kokoro'), vocabulary);
	await writePiper(join(folder, 'piper'), {speakers: 2});
	const synthesizer = new LocalSynthesizer({workers: 1});
	t.teardown(() => synthesizer.close());
	for (const [options, code, message] of [
		[{voiceId: join(folder, 'piper#2')}, 'VOICE_UNKNOWN', /has the speakers #0 to #1, not #2/],
		[{voiceId: join(folder, 'kokoro'), noise: 0.5}, 'VOICE_LACKS', /has no noise to change/],
		[
			{voiceId: join(folder, 'piper'), noise: 3},
			'OPTION_INVALID',
			/noise of the voice .+ must be from 0 to 2, not 3/,
		],
		[
			{voiceId: join(folder, 'piper'), speed: 3},
			'OPTION_INVALID',
			/speed of the voice .+ must be from 0.5 to 2, not 3/,
		],
		[{voiceId: join(folder, 'kokoro'), pitch: 1.2}, 'VOICE_LACKS', /has no pitch to change/],
	] as const) {
		const stream = new TTSTransform({synthesizer, ...options});
		stream.write('Hello.');
		await t.throwsAsync(collect(stream), {code, message});
	}
	t.is(synthesizer.load().workers, 0);
});

test('text in a script that a voice cannot read is named, and an error if there is nothing else', async t => {
	const folder = join(await folderFor(t), 'voice');
	await writePiper(folder);
	const synthesizer = new LocalSynthesizer({workers: 1});
	t.teardown(() => synthesizer.close());
	const stream = new TTSTransform({synthesizer, voiceId: folder});
	stream.end('你好世界。');
	await t.throwsAsync(collect(stream), {code: 'TEXT_NOT_SPEAKABLE', message: /Han/});
});

test('a bound of memory that is none is refused', t => {
	for (const maxModelMemory of [0, -1, Number.NaN]) {
		t.throws(() => new LocalSynthesizer({maxModelMemory}), {
			code: 'OPTION_INVALID',
			message: /maxModelMemory/,
		});
	}
});
