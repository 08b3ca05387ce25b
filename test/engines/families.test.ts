import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {heart} from '../../lib/voices/catalogue.js';
import {readData} from '../../lib/voices/data.js';
import type {InstalledVoice} from '../../lib/voices/installed.js';
import {type KokoroOptions, type PiperOptions, writeKokoro, writePiper} from '../helpers/small-models.js';
import {level, render} from './rendering.js';
import {engineOf, folderFor, vocabulary} from './voices.js';

const text = 'Hello there. Streams can talk, and files too.';

/** Where the tone of each word begins and ends, in samples: sound that is parted by 25 ms of silence: Piper's ids have one frame of it between them. */
function sounds(samples: Int16Array, rate: number): Array<readonly [number, number]> {
	const found: Array<[number, number]> = [];
	for (const [at, sample] of samples.entries()) {
		if (Math.abs(sample) < 200) continue;
		const last = found.at(-1);
		if (last && at - last[1] < rate / 40) last[1] = at;
		else found.push([at, at]);
	}
	return found;
}

/** Every word lies on its tone, to within the tone's own wave (16 samples) where nothing else sets its edge. */
const onTheirTones = test.macro(
	async (t: ExecutionContext, write: (folder: string) => Promise<InstalledVoice>, inText: string = text) => {
		const voice = await write(await folderFor(t));
		const engine = engineOf(t, [voice]);
		const {samples, words, spelled} = await render(engine, inText, {voiceId: voice.id});
		t.deepEqual(spelled, inText.match(/[\p{L}]+/gu));
		const tones = sounds(samples, voice.nativeRate);
		t.is(tones.length, words.length);
		const near = 0.006 * voice.nativeRate;
		for (const [index, {startSample, endSample, estimated}] of words.entries()) {
			const [start, end] = tones[index] ?? [Number.NaN, Number.NaN];
			t.is(estimated, undefined);
			// Where a mere space parts two words, its frames are the next word's.
			const early =
				index > 0 && !/[.,] /.test(inText.slice(words[index - 1]?.textEnd, words[index]?.textStart));
			const least = early ? (tones[index - 1]?.[1] ?? 0) - near : start - near;
			t.true(
				startSample >= least && startSample <= start + near,
				`${spelled[index]} starts at ${startSample}, its tone at ${start}`,
			);
			t.true(endSample >= end - near, `${spelled[index]} ends at ${endSample}, its tone at ${end}`);
		}
		for (const [index, word] of words.entries()) {
			const next = words[index + 1];
			if (!next || !/[.,]/.test(inText.slice(word.textEnd, next.textStart))) continue;
			const pause = samples.subarray(word.endSample, next.startSample);
			t.true(
				pause.length > 0.03 * voice.nativeRate && level(pause) < 0.002,
				`the pause after ${spelled[index]}`,
			);
		}
	},
);

const kokoroOf = (options: KokoroOptions) => (folder: string) => writeKokoro(folder, vocabulary, options);
const piperOf = (options: PiperOptions) => (folder: string) => writePiper(folder, options);

test('Kokoro, named as by onnx-community', onTheirTones, kokoroOf({}));
test('Kokoro, named as by kokoro-onnx', onTheirTones, kokoroOf({naming: 'tokens'}));
test('Kokoro, fp16', onTheirTones, kokoroOf({half: true}));
test('Kokoro, with whole speeds', onTheirTones, kokoroOf({speedType: 'int32'}));
test('Kokoro, where something else is rounded too', onTheirTones, kokoroOf({otherRound: true}));
test('Piper', onTheirTones, piperOf({}));
test('Piper, at 16 kHz, one of several speakers', onTheirTones, piperOf({rate: 16_000, speakers: 3}));

test('an export with whole speeds refuses others', async t => {
	const voice = await writeKokoro(await folderFor(t), vocabulary, {speedType: 'int32'});
	const engine = engineOf(t, [voice]);
	const {samples} = await render(engine, text, {voiceId: voice.id, speed: 2});
	t.true(samples.length < (await render(engine, text, {voiceId: voice.id})).samples.length);
	await t.throwsAsync(render(engine, text, {voiceId: voice.id, speed: 1.5}), {
		code: 'VOICE_LACKS',
		message: /whole numbers as its speed, not 1.5/,
	});
});

for (const [name, write] of [
	['Kokoro', kokoroOf({durations: false})],
	['Piper', piperOf({durations: false})],
] as const) {
	test(`${name}, where the file tells no durations: the times are estimated, and say so`, async t => {
		const voice = await write(await folderFor(t));
		const {samples, words, spelled} = await render(engineOf(t, [voice]), text, {voiceId: voice.id});
		t.deepEqual(spelled, text.match(/\w+/g));
		t.true(words.every(({estimated}) => estimated === true));
		t.true(words.every(({startSample}, index) => startSample >= (words[index - 1]?.endSample ?? 0)));
		t.true((words.at(-1)?.endSample ?? 0) <= samples.length);
	});
}

test(
	'what is longer than the model takes is spoken in parts, every word on its tone',
	onTheirTones,
	kokoroOf({}),
	`${'a long sentence without an end '.repeat(30)}`,
);

test('Piper: lively or even, the same text gives the same samples', async t => {
	const voice = await writePiper(await folderFor(t));
	const [one, two] = [engineOf(t, [voice]), engineOf(t, [voice])];
	const samplesOf = async (engine: typeof one, noise: number, said = text) =>
		(await render(engine, said, {voiceId: voice.id, noise})).samples;
	const lively = await samplesOf(one, 1);
	await samplesOf(two, 1, 'Something else comes first.');
	t.deepEqual(await samplesOf(two, 1), lively);
	t.deepEqual(await samplesOf(one, 1), lively);
	const even = await samplesOf(one, 0);
	t.is(even.length, lively.length);
	t.notDeepEqual(even, lively);
	t.deepEqual(await samplesOf(two, 0), even);
});

test('Piper: speakers are chosen by number, and there are no others', async t => {
	const voice = await writePiper(await folderFor(t), {speakers: 3});
	const engine = engineOf(t, [voice]);
	const loudness = async (voiceId: string) =>
		level((await render(engine, text, {voiceId, noise: 0})).samples);
	const [first, plain, third] = [
		await loudness(`${voice.id}#0`),
		await loudness(voice.id),
		await loudness(`${voice.id}#2`),
	];
	t.is(first, plain);
	t.true(Math.abs(third - first / 3) < 0.01 * first);
	t.is(engine.voice({voiceId: `${voice.id}#2`})?.id, `${voice.id}#2`);
	t.is(engine.voice({voiceId: `${voice.id}#3`}), undefined);
	t.regex(engine.whyNot?.(`${voice.id}#3`) ?? '', /has the speakers #0 to #2, not #3/);
	t.is(engine.voice({voiceId: 'heart#1'}), undefined);
	t.regex(engine.whyNot?.('heart#1') ?? '', /has one speaker/);
});

test(
	'Piper: a voice whose phonemes are letters',
	onTheirTones,
	piperOf({text: true}),
	'hello there all of you',
);

test.serial('phonemes that a model was not taught are left out, and a warning names them', async t => {
	const voice = await writePiper(await folderFor(t), {without: 'θ'});
	const warnings: Array<Error & {code?: string}> = [];
	const onWarning = (warning: Error) => warnings.push(warning);
	process.on('warning', onWarning);
	t.teardown(() => process.off('warning', onWarning));
	const {spelled} = await render(engineOf(t, [voice]), 'The path, the path!', {voiceId: voice.id});
	await new Promise(setImmediate);
	t.deepEqual(spelled, ['The', 'path', 'the', 'path']);
	const mine = warnings.filter(({code}) => code === 'SPEECHPIPE_PHONEME_UNKNOWN');
	t.deepEqual(
		mine.map(({message}) => message),
		['The voice piper:en_US-small-medium does not know the phoneme θ (U+03B8): it is left out.'],
	);
});

test(
	'Kokoro: French is read by eSpeak NG, each word on its tone',
	onTheirTones,
	(folder: string) => writeKokoro(folder, vocabulary, {language: 'fr-FR'}),
	'Bonjour. Je parle bien, et vous aussi.',
);

test('a voice is brought to the loudness of all by the gain that was measured', async t => {
	const voice = await writeKokoro(await folderFor(t), vocabulary);
	const [plain, quiet] = [voice, {...voice, loudness: -30}].map(record => engineOf(t, [record]));
	if (!plain || !quiet) return t.fail();
	const [a, b] = [
		await render(plain, text, {voiceId: voice.id}),
		await render(quiet, text, {voiceId: voice.id}),
	];
	t.true(Math.abs(20 * Math.log10(level(b.samples) / level(a.samples)) - 6) < 0.01);
});

test('heart by another name of its durations gives the samples that it gives', async t => {
	const folder = await folderFor(t);
	const file = Buffer.from(await readData('heart/model.onnx'));
	const [name, other] = ['/Cast_32_output_0', '/Cast_XX_output_0'].map(text => Buffer.from(text));
	if (!name || !other) return t.fail();
	for (let at = file.indexOf(name); at >= 0; at = file.indexOf(name, at)) other.copy(file, at);
	const model = join(folder, 'bf_emma.int8.onnx');
	await writeFile(model, file);
	const emma: InstalledVoice = {...heart, id: 'emma', model};
	const engine = engineOf(t, [emma]);
	const [a, b] = [await render(engine, text), await render(engine, text, {voiceId: 'emma'})];
	t.deepEqual(b.samples, a.samples);
	t.deepEqual(b.words, a.words);
});

test('on WebAssembly every family speaks too', async t => {
	const folder = await folderFor(t);
	const voices = [
		await writeKokoro(join(folder, 'kokoro'), vocabulary),
		await writePiper(join(folder, 'piper')),
	];
	const [native, wasm] = [engineOf(t, voices), engineOf(t, voices, {runtime: 'wasm'})];
	for (const {id: voiceId} of voices) {
		const [a, b] = await Promise.all([native, wasm].map(engine => render(engine, text, {voiceId, noise: 0})));
		t.deepEqual(b?.words, a?.words);
		t.is(b?.samples.length, a?.samples.length);
	}
});
