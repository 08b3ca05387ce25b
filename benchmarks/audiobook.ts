import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {makeAudiobook} from '../lib/audiobook/index.js';
import {planBook} from '../lib/audiobook/plan.js';
import {findFfmpeg, LocalSynthesizer} from '../lib/index.js';
import {bookEncoderArgs} from '../lib/transcode/book-files.js';
import {BareHeart} from './bare/heart.js';
import type {Ids} from './bare/heart-thread.js';
import {novel, run, timed, withFolder} from './book/novel.js';
import {interleave, type Rounds, ratio, seconds, spread, table} from './measure.js';

const sampleRate = 24_000;

/** How much of a novel an hour gives in heart's voice, against the sessions and the encoder alone. */
export default async function audiobook(
	rounds: Rounds = {warmUp: 0, rounds: 3},
	chapters = '2-4',
): Promise<string> {
	const book = await novel(chapters);
	const synthesizer = new LocalSynthesizer({workers: 'max'});
	const threads = availableParallelism();
	const bare = await Promise.all(Array.from({length: threads}, () => BareHeart.start()));
	await synthesizer.warm({voiceId: 'heart'});
	const prepared: Ids[] = [];
	for (const {text} of planBook(book, {voiceFor: () => 'heart'})) {
		const ids = await bare[0]?.prepare(text);
		if (ids && ids.length > 0) prepared.push(ids);
	}
	let audioSeconds = 0;
	const make = async (folder: string, name: string) => {
		const [output, cacheFolder] = [join(folder, name), join(folder, 'cache')];
		audioSeconds = (await makeAudiobook(book, {synthesizer, voiceId: 'heart', output, cacheFolder})).seconds;
		return output;
	};

	let of: (name: string) => readonly number[];
	try {
		of = await withFolder(async folder => {
			const pcm = await samplesOf(await make(folder, 'book.wav'), folder);
			return interleave<string>(
				[
					async () => {
						const {wall, cores} = await withFolder(at => timed(() => make(at, 'book.m4b')));
						return {'book wall': wall, 'book cores': cores};
					},
					async () => {
						const {wall, cores} = await timed(() =>
							Promise.all([speakAll(prepared, bare), encode(pcm, folder)]),
						);
						return {'floor wall': wall, 'floor cores': cores};
					},
					async () => {
						const {wall, cores} = await timed(() => speakAll(prepared, bare));
						return {'sessions wall': wall, 'sessions cores': cores};
					},
					async () => {
						const {wall, cores} = await timed(() => encode(pcm, folder));
						return {'encoder wall': wall, 'encoder cores': cores};
					},
				],
				rounds,
			);
		});
	} finally {
		await Promise.all([synthesizer.close(), ...bare.map(thread => thread.close())]);
	}

	const p50 = (name: string) => spread(of(name)).p50;
	const row = (what: string, name: string, aim = '') => [
		what,
		seconds(p50(`${name} wall`)),
		((audioSeconds * 1000) / p50(`${name} wall`)).toFixed(0),
		p50(`${name} cores`).toFixed(2),
		ratio(p50('floor wall'), p50(`${name} wall`)),
		aim,
	];
	const rows = [
		row(`floor: ${threads} bare sessions and the bare encoder at the same time`, 'floor'),
		row('the audiobook, nothing in the cache', 'book', '0.85x, 120'),
		row('the sessions alone', 'sessions'),
		row('the encoder alone', 'encoder'),
	];
	const head = [
		'A novel in heart’s voice to M4B',
		'time',
		'hours of audio in an hour',
		'cores in use',
		'to the floor',
		'aim',
	];
	const what = `Chapters ${chapters} of the novel, ${(audioSeconds / 60).toFixed(1)} minutes of audio, ${prepared.length} utterances; medians of ${rounds.rounds} rounds, interleaved.`;
	return `${what}\n\n${table(head, rows)}`;
}

/** The book's own samples, pauses and all, as a file without a header. */
async function samplesOf(wav: string, folder: string): Promise<string> {
	const pcm = join(folder, 'book.pcm');
	await run(findFfmpeg().path, ['-loglevel', 'error', '-i', wav, '-f', 's16le', pcm], folder);
	return pcm;
}

/** Each thread takes the next utterance when it has made one. */
async function speakAll(prepared: readonly Ids[], threads: readonly BareHeart[]): Promise<void> {
	const queue = prepared.values();
	await Promise.all(
		threads.map(async thread => {
			for (const ids of queue) await thread.speak(ids);
		}),
	);
}

/** The encoder with the book's own options, from a file. */
async function encode(pcm: string, folder: string): Promise<void> {
	const args = bookEncoderArgs({format: 'm4b', sampleRate, file: join(folder, 'floor.m4a')});
	const child = spawn('sh', ['-c', 'exec "$0" "$@" < "$PCM"', findFfmpeg().path, ...args], {
		env: {...process.env, PCM: pcm},
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	const [code] = await once(child, 'exit');
	if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}
