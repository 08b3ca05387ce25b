import {existsSync} from 'node:fs';
import {finished} from 'node:stream/promises';
import {fileURLToPath} from 'node:url';
import {LocalSynthesizer, type RuntimeChoice, type Timeline, TTSTransform} from '../lib/index.js';
import {VoiceStore} from '../lib/voices/store.js';
import {ms, seconds, spread, table} from './measure.js';
import {firstSound} from './speech.js';

const hello = 'Hello there.';
const prose =
	'The sun had not yet risen. The sea was indistinguishable from the sky, except that the sea was slightly creased as if a cloth had wrinkles in it. ' +
	'Gradually, as the sky whitened, a dark line lay on the horizon, dividing the sea from the sky, and the grey cloth became barred with thick strokes.';

/** Rounds of the first chunk; slow voices get fewer, lest it take all day. */
const rounds = {quick: 30, slow: 5};

/** heart, the voices installed, and those beside the checkout. */
function voicesHere(): string[] {
	const beside = ['kokoro', 'piper/en_US-joe-medium'].map(name =>
		fileURLToPath(new URL(`../../shared/voices/${name}`, import.meta.url)),
	);
	const installed = new VoiceStore().list().map(({id}) => id);
	return ['heart', ...installed, ...beside.filter(existsSync)];
}

async function read(synthesizer: LocalSynthesizer, voiceId: string): Promise<Timeline> {
	const stream = new TTSTransform({synthesizer, voiceId});
	let timeline: Timeline | undefined;
	stream.once('timeline', told => {
		timeline = told;
	});
	stream.end(prose);
	await finished(stream.resume());
	if (!timeline) throw new Error('there was no timeline');
	return timeline;
}

async function measure(voiceId: string, runtime: RuntimeChoice): Promise<string[]> {
	const [one, all] = [new LocalSynthesizer({runtime, workers: 1}), new LocalSynthesizer({runtime})];
	try {
		await one.warm({voiceId});
		const alone = await read(one, voiceId);
		await one.close();
		await all.warm({voiceId});
		const slow = (alone.realTimeFactor ?? 0) > 0.3;
		const first: number[] = [];
		for (let round = slow ? rounds.slow : rounds.quick; round > 0; round--)
			first.push((await firstSound({synthesizer: all, voiceId}, hello)).chunk);
		const together = await read(all, voiceId);
		const factor = ({realTimeFactor}: Timeline) => realTimeFactor?.toFixed(3) ?? '';
		return [
			voiceId.includes('/') ? `${voiceId.split('/').slice(-1)[0]} (beside the checkout)` : voiceId,
			runtime,
			ms(spread(first).p50),
			ms(spread(first).p95),
			factor(alone),
			factor(together),
			ms(together.firstChunkMs ?? Number.NaN),
			together.gaps === 0 ? 'none' : `${together.gaps}, ${seconds(together.gapMs)} in all`,
		];
	} finally {
		await Promise.all([one.close(), all.close()]);
	}
}

/** How soon, how fast and how smoothly each voice at hand speaks, on both runtimes; warm workers. */
export default async function voices(): Promise<string> {
	const rows: string[][] = [];
	for (const runtime of ['native', 'wasm'] as const) {
		for (const voiceId of voicesHere()) rows.push(await measure(voiceId, runtime));
	}
	const head = [
		'voice',
		'runtime',
		`first chunk of "${hello}", p50`,
		'p95',
		'real-time factor, one worker',
		'all workers',
		'first chunk of a paragraph',
		'gaps in it, heard as it comes',
	];
	return table(head, rows);
}
