import {monitorEventLoopDelay} from 'node:perf_hooks';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {setTimeout as wait} from 'node:timers/promises';
import {workerCount} from '../lib/engines/worker-count.js';
import {LocalSynthesizer, TTSTransform} from '../lib/index.js';
import {BareHeart} from './bare/heart.js';
import type {Ids} from './bare/heart-thread.js';
import {interleave, ms, type Rounds, ratio, spread, table} from './measure.js';
import {prose} from './prose.js';

const sampleRate = 24_000;
/** ms between two looks at the event loop; the histogram counts it in. */
const resolution = 2;

/** How much speech a second gives, with all workers at work. */
export default async function throughput(
	rounds: Rounds = {warmUp: 1, rounds: 5},
	length = 20_000,
): Promise<string> {
	const text = prose(length);
	const synthesizer = new LocalSynthesizer();
	const threads = workerCount(undefined);
	const bare = await Promise.all(Array.from({length: threads}, () => BareHeart.start()));
	await synthesizer.warm({voiceId: 'heart'});
	const utterances = await utterancesOf(text, synthesizer);
	const [preparer] = bare;
	const prepared: Ids[] = [];
	for (const utterance of utterances) if (preparer) prepared.push(await preparer.prepare(utterance));

	let of: (name: string) => readonly number[];
	try {
		of = await interleave<string>(
			[
				async () => ({idle: await loopDelay(() => wait(500))}),
				() => speakStream(text, synthesizer),
				() => speakBare(prepared, bare),
			],
			rounds,
		);
	} finally {
		await Promise.all([synthesizer.close(), ...bare.map(thread => thread.close())]);
	}

	const p50 = (name: string) => spread(of(name)).p50;
	const speed = (name: string) => [
		ms(p50(`${name} wall`)),
		`${p50(`${name} audio`).toFixed(0)} s`,
		`${((p50(`${name} audio`) * 1000) / p50(`${name} wall`)).toFixed(0)} times real time`,
	];
	const rates = table(
		['Whole stream', 'time', 'audio', 'speed', 'throughput to bare', 'aim'],
		[
			[`${threads} bare sessions`, ...speed('bare'), ratio(1, 1), ''],
			[
				`TTSTransform, ${threads} workers`,
				...speed('stream'),
				ratio(p50('bare wall'), p50('stream wall')),
				'0.85x, 170 times',
			],
		],
	);
	const delays = table(
		['Event-loop delay', 'p99', 'aim'],
		[
			['while nothing happens', ms(p50('idle')), ''],
			['while the stream is made and read', ms(p50('stream delay')), '10 ms'],
		],
	);
	const what = `${text.length} characters, ${prepared.length} utterances; medians of ${rounds.rounds} rounds, interleaved.`;
	return [what, rates, delays].join('\n\n');
}

async function speakStream(text: string, synthesizer: LocalSynthesizer): Promise<Record<string, number>> {
	const stream = new TTSTransform({synthesizer, voiceId: 'heart', sampleRate});
	let bytes = 0;
	const started = performance.now();
	const delay = await loopDelay(() =>
		pipeline(pieces(text), stream, async source => {
			for await (const chunk of source) bytes += chunk.length;
		}),
	);
	const wall = performance.now() - started;
	return {'stream wall': wall, 'stream audio': bytes / 2 / sampleRate, 'stream delay': delay};
}

/** Each thread takes the next utterance when it has made one. */
async function speakBare(
	prepared: readonly Ids[],
	threads: readonly BareHeart[],
): Promise<Record<string, number>> {
	const queue = prepared.values();
	let samples = 0;
	const started = performance.now();
	await Promise.all(
		threads.map(async thread => {
			for (const ids of queue) {
				const {audio} = await thread.speak(ids);
				for (const stretch of audio) samples += stretch.length;
			}
		}),
	);
	return {'bare wall': performance.now() - started, 'bare audio': samples / sampleRate};
}

/** The pieces that the stream speaks a text in. */
async function utterancesOf(text: string, synthesizer: LocalSynthesizer): Promise<string[]> {
	const stream = new TTSTransform({synthesizer, voiceId: 'heart', sampleRate});
	const utterances: string[] = [];
	stream.on('utterance', ({textStart, textEnd, endSample}) => {
		if (endSample === undefined) utterances.push(text.slice(textStart, textEnd));
	});
	await pipeline(pieces(text), stream, async source => {
		for await (const _ of source);
	});
	return utterances;
}

function pieces(text: string): Readable {
	const count = Math.ceil(text.length / 1024);
	return Readable.from(
		Array.from({length: count}, (_, index) => text.slice(index * 1024, (index + 1) * 1024)),
	);
}

/** By how many ms a timer came late meanwhile, at p99. */
async function loopDelay(work: () => Promise<unknown>): Promise<number> {
	const histogram = monitorEventLoopDelay({resolution});
	histogram.enable();
	await work();
	histogram.disable();
	return Math.max(0, histogram.percentile(99) / 1e6 - resolution);
}
