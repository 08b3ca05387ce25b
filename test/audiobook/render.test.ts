import {setTimeout as wait} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {UtteranceCache} from '../../lib/audiobook/cache.js';
import type {PlannedUtterance} from '../../lib/audiobook/plan.js';
import {type RenderOptions, renderInOrder} from '../../lib/audiobook/render.js';
import type {Renderer} from '../../lib/audiobook/rendered.js';
import {SpeechError} from '../../lib/errors.js';
import {temporaryFolder} from '../helpers/transcoding.js';

const utterances = (count: number): PlannedUtterance[] =>
	Array.from({length: count}, (_, index) => ({
		...{chapter: 0, block: index, textStart: 0, voiceId: 'v', pauseMs: 0},
		text: `Line ${index}.`,
	}));

interface Work {
	/** Requests that were begun, and how many are under way. */
	begun: number;
	running: number;
	most: number;
}

function rendererOf(work: Work, take: (index: number) => Promise<unknown>): Renderer {
	return {
		parallel: 2,
		fingerprint: async () => 'print',
		async render({text}) {
			work.begun++;
			work.most = Math.max(work.most, ++work.running);
			await take(Number(text.match(/\d+/)?.[0]));
			work.running--;
			return {pcm: Buffer.from(`${text.padEnd(16)}`), words: [], unspoken: []};
		},
		async close() {},
	};
}

async function optionsFor(
	t: ExecutionContext,
	renderer: Renderer,
	more: Partial<RenderOptions> = {},
): Promise<RenderOptions> {
	return {
		...{renderer, fingerprints: new Map([['v', 'print']]), sampleRate: 16_000, speed: 1, retries: 0},
		cache: await UtteranceCache.open(await temporaryFolder(t)),
		signal: new AbortController().signal,
		...more,
	};
}

test('utterances come in order, however long each takes, and few are rendered side by side', async t => {
	const work = {begun: 0, running: 0, most: 0};
	const renderer = rendererOf(work, index => wait((index * 7) % 11));
	const order: number[] = [];
	for await (const {utterance} of renderInOrder(utterances(60), await optionsFor(t, renderer)))
		order.push(utterance.block);
	t.deepEqual(
		order,
		Array.from({length: 60}, (_, index) => index),
	);
	t.true(work.most <= 4, `${work.most} at once`);
});

test('a plan that fails on the way is the reader’s error', async t => {
	const renderer = rendererOf({begun: 0, running: 0, most: 0}, async () => {});
	const plan = function* () {
		yield* utterances(2);
		throw new Error('no more');
	};
	const read = async () => {
		for await (const _ of renderInOrder(plan(), await optionsFor(t, renderer)));
	};
	await t.throwsAsync(read(), {message: 'no more'});
});

test('a reader that stands still stops the work, after a window of utterances', async t => {
	const work = {begun: 0, running: 0, most: 0};
	const reader = renderInOrder(
		utterances(1000),
		await optionsFor(
			t,
			rendererOf(work, async () => {}),
		),
	);
	await reader.next();
	await wait(300);
	t.true(work.begun < 40, `${work.begun} were begun`);
	for (let read = 0; read < 100; read++) await reader.next();
	await reader.return();
	t.true(work.begun < 140);
});

test('a stop waits for what is in flight, which is kept', async t => {
	const work = {begun: 0, running: 0, most: 0};
	const controller = new AbortController();
	let open = () => {};
	const held = new Promise<void>(resolve => (open = resolve));
	const options = await optionsFor(
		t,
		rendererOf(work, index => (index < 5 ? Promise.resolve() : held)),
		{signal: controller.signal},
	);
	const reason = new Error('stop');
	const read = async () => {
		for await (const {utterance} of renderInOrder(utterances(100), options)) {
			if (utterance.block < 4) continue;
			setTimeout(() => controller.abort(reason), 50);
			setTimeout(open, 150);
		}
	};
	t.is(await t.throwsAsync(read()), reason);
	t.is(work.running, 0);
	const begun = work.begun;
	t.true(begun < 12);

	const again = {...options, signal: new AbortController().signal};
	let cached = 0;
	for await (const {outcome} of renderInOrder(utterances(100), again))
		if ('cached' in outcome && outcome.cached) cached++;
	t.is(cached, begun, 'all that was begun was kept');
});

test('an error that nothing can mend is thrown, and nothing new is begun', async t => {
	const work = {begun: 0, running: 0, most: 0};
	const failure = new SpeechError('REMOTE_REFUSED', 'Go away.');
	const renderer = rendererOf(work, async index => {
		if (index === 3) throw failure;
	});
	const options = await optionsFor(t, renderer, {retries: 5});
	const read = async () => {
		for await (const _ of renderInOrder(utterances(500), options));
	};
	t.is(await t.throwsAsync(read()), failure);
	const {begun} = work;
	await wait(50);
	t.is(work.begun, begun);
});

test('retries wait longer each time, and end when the work is stopped', async t => {
	const work = {begun: 0, running: 0, most: 0};
	const times: number[] = [];
	const renderer = rendererOf(work, async () => {
		times.push(performance.now());
		throw new SpeechError('ENGINE_FAILED', 'No.');
	});
	const options = await optionsFor(t, renderer, {retries: 2});
	for await (const {outcome} of renderInOrder(utterances(1), options)) t.true('failure' in outcome);
	const [first = 0, second = 0, third = 0] = times;
	t.true(second - first >= 240 && third - second >= 950);

	const controller = new AbortController();
	const stopped = renderInOrder(utterances(1), {...options, retries: 10, signal: controller.signal});
	setTimeout(() => controller.abort(new Error('stop')), 100);
	await t.throwsAsync(stopped.next(), {message: 'stop'});
});
