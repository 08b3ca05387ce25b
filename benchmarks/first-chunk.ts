import {findFfmpeg, LocalSynthesizer} from '../lib/index.js';
import {loadBareEspeak} from './bare/espeak.js';
import {BareHeart} from './bare/heart.js';
import {interleave, ms, type Rounds, type Run, ratio, spread, table} from './measure.js';
import {firstClause, firstEncoded, firstSound, type Speaker} from './speech.js';

const hello = 'Hello there.';
const reply = {clause: 'Thank you for calling us today, ', rest: 'how may I help you?'};

/** How soon the first sound comes, with warm workers. */
export default async function firstChunk(rounds: Rounds = {warmUp: 10, rounds: 60}): Promise<string> {
	const synthesizer = new LocalSynthesizer();
	const heart = {synthesizer, voiceId: 'heart'};
	const espeak = {synthesizer, voiceId: 'espeak:en-us'};
	const [bareHeart, bareEspeak] = await Promise.all([BareHeart.start(), loadBareEspeak()]);
	await Promise.all([synthesizer.warm(heart), synthesizer.warm(espeak)]);
	const ids = {hello: await bareHeart.prepare(hello), clause: await bareHeart.prepare(reply.clause)};

	const bare = async (name: keyof typeof ids) => {
		const started = performance.now();
		const spoken = await bareHeart.speak(ids[name]);
		return {[`bare ${name}`]: performance.now() - started, [`session ${name}`]: spoken.ms};
	};
	const sound = async (name: string, speaker: Speaker) => {
		const {chunk, audibleAfter, audibleAt} = await firstSound(speaker, hello);
		return {[name]: chunk, [`${name} after`]: audibleAfter, [`${name} at`]: audibleAt};
	};
	const tokens = async (name: string, every: number) => {
		const {fromMark, fromNext} = await firstClause(heart, reply, every);
		return {[`${name} mark`]: fromMark, [`${name} next`]: fromNext};
	};
	const cases: Array<Run<string>> = [
		() => bare('hello'),
		() => sound('heart', heart),
		async () => ({'bare espeak': bareEspeak(hello)}),
		() => sound('espeak', espeak),
		async () => ({mp3: await firstEncoded(heart, hello)}),
		() => bare('clause'),
		() => tokens('tick', 0),
		() => tokens('paced', 20),
	];
	let of: (name: string) => readonly number[];
	try {
		of = await interleave(cases, rounds);
	} finally {
		await Promise.all([bareHeart.close(), synthesizer.close()]);
	}

	const row = (what: string, name: string, base?: string, aim = '') => {
		const {p50, p95} = spread(of(name));
		return [what, ms(p50), ms(p95), base === undefined ? '' : ratio(p50, spread(of(base)).p50), aim];
	};
	const heading = (what: string) => [what, 'p50', 'p95', 'to bare (p50)', 'aim (p50)'];
	const first = table(heading(`First chunk of "${hello}"`), [
		row('bare session of heart, in its thread', 'session hello'),
		row('bare session of heart, from message to message', 'bare hello', 'bare hello'),
		row('heart, from the first write', 'heart', 'bare hello', '20 ms, 1.3x'),
		row("heart through `transcode('mp3')`", 'mp3', 'bare hello'),
		row('eSpeak NG called directly', 'bare espeak', 'bare espeak'),
		row('eSpeak NG, from the first write', 'espeak', 'bare espeak', '12 ms'),
	]);
	const audible = table(
		['First audible sample', 'p50', 'p95', 'aim'],
		[
			row('heart: ms after the first chunk', 'heart after').toSpliced(3, 2, '20 ms'),
			row('heart: its place in the audio', 'heart at').toSpliced(3, 2, '20 ms'),
			row('eSpeak NG: ms after the first chunk', 'espeak after').toSpliced(3, 2, '20 ms'),
			row('eSpeak NG: its place in the audio', 'espeak at').toSpliced(3, 2, '20 ms'),
		],
	);
	const fromTokens = table(heading(`First chunk of "${reply.clause}…" in tokens of 4 characters`), [
		row('bare session of heart, the clause at once', 'bare clause', 'bare clause'),
		row('a token a tick: from the one with the comma', 'tick mark', 'bare clause'),
		row('50 tokens a second: from the one with the comma', 'paced mark', 'bare clause'),
		row(
			'50 tokens a second: from the next, which shows that the clause is over',
			'paced next',
			'bare clause',
		),
	]);
	const {path, source} = findFfmpeg();
	const which = `${rounds.rounds} rounds, interleaved, after ${rounds.warmUp} to warm up. ffmpeg is ${source === 'PATH' ? path : source}.`;
	return [which, first, audible, fromTokens].join('\n\n');
}
