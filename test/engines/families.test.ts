import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {createNeural, type NeuralEngine} from '../../lib/engines/neural/neural.js';
import {readData} from '../../lib/voices/data.js';
import type {InstalledVoice} from '../../lib/voices/installed.js';
import {type KokoroOptions, type PiperOptions, writeKokoro, writePiper} from '../helpers/small-models.js';
import {level, render} from './rendering.js';

const vocabulary: Record<string, number> = JSON.parse(
	Buffer.from(await readData('heart/vocab.json')).toString(),
);

async function folderFor(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'speechpipe-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	return folder;
}

function engineOf(t: ExecutionContext, ...voices: readonly InstalledVoice[]): NeuralEngine {
	const find = (id: string) => voices.find(voice => voice.id === id);
	const engine = createNeural({workers: 1, installed: {list: () => voices, find}});
	t.teardown(() => engine.close());
	return engine;
}

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
		const engine = engineOf(t, voice);
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
		for (const [index, mark] of [
			[1, '.'],
			[4, ','],
		] as const) {
			if (!inText.includes(mark)) continue;
			const pause = samples.subarray(words[index]?.endSample, words[index + 1]?.startSample);
			t.true(pause.length > 0.03 * voice.nativeRate && level(pause) < 0.002, `the pause at ${mark}`);
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
