import {copyFile, readFile, rm, truncate, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {heart} from '../../lib/voices/catalogue.js';
import type {InstalledVoice} from '../../lib/voices/installed.js';
import {smallKokoro, smallPiper, writeKokoro, writePiper} from '../helpers/small-models.js';
import {render} from './rendering.js';
import {engineOf, folderFor, vocabulary} from './voices.js';

type Break = (voice: InstalledVoice) => Promise<unknown>;

/** A voice whose files are broken fails with this error, the second time without a worker's being started for it. */
const refused = test.macro(async (t, breakIt: Break, code: string, message: RegExp) => {
	const voice = await writeKokoro(await folderFor(t), vocabulary);
	await breakIt(voice);
	const engine = engineOf(t, [voice]);
	await t.throwsAsync(render(engine, 'Hello.', {voiceId: voice.id}), {code, message});
	const again = render(engine, 'Hello.', {voiceId: voice.id});
	t.is(engine.load?.().workers, 0);
	await t.throwsAsync(again, {code, message});
	t.is(engine.load?.().workers, 0);
});

const flip = (place: (bytes: Buffer) => number) => async (voice: InstalledVoice) => {
	const bytes = await readFile(voice.model);
	const at = place(bytes);
	bytes.writeUInt8(bytes.readUInt8(at) ^ 0x55, at);
	await writeFile(voice.model, bytes);
};

test(
	'a missing model',
	refused,
	(voice: InstalledVoice) => rm(voice.model),
	'MODEL_MISSING',
	/model\.onnx is not there/,
);
test(
	'an empty model',
	refused,
	(voice: InstalledVoice) => writeFile(voice.model, ''),
	'MODEL_INVALID',
	/model\.onnx is empty/,
);
test(
	'a truncated model',
	refused,
	(voice: InstalledVoice) => truncate(voice.model, 4000),
	'MODEL_INVALID',
	/cut off/,
);
test(
	'a model with a flipped length',
	refused,
	flip(() => 3),
	'MODEL_INVALID',
	/cannot be used/,
);
test(
	'a model with a flipped operator',
	refused,
	flip(bytes => bytes.indexOf('ReduceMean')),
	'MODEL_INVALID',
	/cannot be used/,
);
test(
	'a page in place of a model',
	refused,
	(voice: InstalledVoice) => writeFile(voice.model, '<!doctype html><title>404</title>'),
	'MODEL_INVALID',
	/cannot be used/,
);
test(
	'a model of another family',
	refused,
	(voice: InstalledVoice) => writeFile(voice.model, smallPiper()),
	'MODEL_INVALID',
	/it is no model of the family kokoro, which has input_ids or tokens: it has input, input_lengths, scales/,
);
test(
	'a model of operators to come',
	refused,
	(voice: InstalledVoice) => writeFile(voice.model, smallKokoro(vocabulary, {opset: 99})),
	'MODEL_INVALID',
	/[Oo]pset/,
);
test('a model that fails when it runs does not take its worker with it', async t => {
	const voice = await writeKokoro(await folderFor(t), vocabulary);
	const bytes = await readFile(voice.model);
	// The axis along which the frames are summed up is none.
	const at = bytes.indexOf('axis1') + 'axis1'.length + 2;
	bytes.writeUInt8(99, at);
	await writeFile(voice.model, bytes);
	const engine = engineOf(t, [voice]);
	for (let times = 0; times < 2; times++) {
		const failing = render(engine, 'Hello.', {voiceId: voice.id});
		await t.throwsAsync(failing, {
			code: 'ENGINE_FAILED',
			message: /model\.onnx failed on an utterance: .*axis 99/,
		});
		t.is(engine.load?.().workers, 1);
	}
});

for (const [name, breakIt, code, message] of [
	['are none', (path: string) => writeFile(path, 'x'), 'MODEL_INVALID', /have 522240 bytes, it has 1/],
	['are missing', (path: string) => rm(path), 'MODEL_MISSING', /af_other\.bin cannot be read \(ENOENT\)/],
] as const) {
	test(`style vectors that ${name} fail their voice alone, not the others of the model`, async t => {
		const voice = await writeKokoro(await folderFor(t), vocabulary);
		const companion = (voice.companion ?? '').replace('af_small', 'af_other');
		await copyFile(voice.companion ?? '', companion);
		await breakIt(companion);
		const engine = engineOf(t, [voice, {...voice, id: 'kokoro:af_other', companion}]);
		await t.throwsAsync(render(engine, 'Hello.', {voiceId: 'kokoro:af_other'}), {code, message});
		t.true((await render(engine, 'Hello.', {voiceId: voice.id})).samples.length > 0);
		t.is(engine.load?.().workers, 1);
	});
}

for (const [name, json, why] of [
	['no JSON', '{', /no JSON/],
	['other JSON', '{"audio": {"sample_rate": "x"}}', /not as Piper's/],
] as const) {
	test(`beside a model of Piper lies ${name}`, async t => {
		const voice = await writePiper(await folderFor(t));
		await writeFile(voice.companion ?? '', json);
		await t.throwsAsync(render(engineOf(t, [voice]), 'Hello.', {voiceId: voice.id}), {
			code: 'MODEL_INVALID',
			message: why,
		});
	});
}

test('a file that was no model harms no other voice, and is tried again once it is another', async t => {
	const voice = await writeKokoro(await folderFor(t), vocabulary);
	const good = await readFile(voice.model);
	await writeFile(voice.model, good.subarray(0, 3000));
	const engine = engineOf(t, [voice]);
	await t.throwsAsync(render(engine, 'Hello.', {voiceId: voice.id}), {code: 'MODEL_INVALID'});
	t.true((await render(engine, 'Hello.')).samples.length > 0);
	await writeFile(voice.model, good);
	await utimes(voice.model, new Date(), new Date(Date.now() + 5000));
	t.true((await render(engine, 'Hello.', {voiceId: voice.id})).samples.length > 0);
});

test('a model that needs more than all models may take is refused before it is read', async t => {
	const voice = await writeKokoro(await folderFor(t), vocabulary);
	await truncate(voice.model, 3 * 2 ** 30);
	const engine = engineOf(t, [voice], {maxModelMemory: 500});
	await t.throwsAsync(render(engine, 'Hello.', {voiceId: voice.id}), {
		code: 'MODEL_TOO_LARGE',
		message: /takes about \d+ MiB, and all models may take 500: raise maxModelMemory \(--max-model-memory\)/,
	});
	t.is(engine.load?.().workers, 0);
});

test('within a bound of memory models take turns, and all that was asked for is spoken', async t => {
	const folder = await folderFor(t);
	const kokoro = await writeKokoro(join(folder, 'kokoro'), vocabulary);
	const other = {...(await writeKokoro(join(folder, 'other'), vocabulary)), id: 'kokoro:af_other'};
	// heart takes 56 MiB, each of the others 40: one at a time.
	const engine = engineOf(t, [kokoro, other], {maxModelMemory: 70});
	const ids = [kokoro.id, other.id, heart.id, kokoro.id, heart.id];
	const all = await Promise.all(ids.map(voiceId => render(engine, 'Hello.', {voiceId})));
	t.true(all.every(({samples}) => samples.length > 0));
	t.deepEqual(all[3]?.samples, all[0]?.samples);
	t.true((engine.load?.().workers ?? Number.NaN) <= 1);
	t.is(engine.load?.().waiting, 0);
});

test('the model that was used least recently goes', async t => {
	const folder = await folderFor(t);
	const voices = [];
	for (const name of ['a', 'b', 'c'])
		voices.push({...(await writeKokoro(join(folder, name), vocabulary)), id: `kokoro:${name}`});
	const engine = engineOf(t, voices, {maxModelMemory: 90});
	const timed = async (voiceId: string) => {
		await render(engine, 'Hello.', {voiceId});
		return engine.load?.().workers;
	};
	t.is(await timed('kokoro:a'), 1);
	t.is(await timed('kokoro:b'), 2);
	t.is(await timed('kokoro:a'), 2);
	t.is(await timed('kokoro:c'), 2);
});

test('who waits for room for a model can give up, and is told when the engine closes', async t => {
	const folder = await folderFor(t);
	const [one, two] = [
		await writeKokoro(join(folder, 'one'), vocabulary),
		{...(await writeKokoro(join(folder, 'two'), vocabulary)), id: 'kokoro:two'},
	];
	const engine = engineOf(t, [one, two], {maxModelMemory: 50});
	const controller = new AbortController();
	const first = render(engine, 'Hello.', {voiceId: one.id});
	const second = render(engine, 'Hello.', {voiceId: two.id, signal: controller.signal});
	controller.abort(new Error('enough'));
	await t.throwsAsync(second, {message: 'enough'});
	const third = render(engine, 'Hello.', {voiceId: two.id});
	t.true((await first).samples.length > 0);
	await engine.close();
	await t.throwsAsync(third, {code: 'CLOSED'});
});
