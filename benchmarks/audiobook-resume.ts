import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {makeAudiobook} from '../lib/audiobook/index.js';
import {LocalSynthesizer} from '../lib/index.js';
import {novel, timed, withFolder} from './book/novel.js';
import {interleave, type Rounds, seconds, spread, table} from './measure.js';

/** What it costs to run a book again that is done, or of which all is rendered. */
export default async function audiobookResume(
	rounds: Rounds = {warmUp: 0, rounds: 3},
	chapters = '2-4',
): Promise<string> {
	const book = await novel(chapters);
	const synthesizer = new LocalSynthesizer({workers: 'max'});
	await synthesizer.warm({voiceId: 'heart'});
	let of: (name: string) => readonly number[];
	try {
		of = await interleave<string>(
			[
				() =>
					withFolder(async folder => {
						const output = join(folder, 'book.m4b');
						const make = () =>
							timed(() =>
								makeAudiobook(book, {
									synthesizer,
									voiceId: 'heart',
									output,
									cacheFolder: join(folder, 'cache'),
								}),
							);
						const {wall: first} = await make();
						const {wall: finished} = await make();
						await rm(output);
						const {wall: encoded} = await make();
						return {first, finished, encoded};
					}),
			],
			rounds,
		);
	} finally {
		await synthesizer.close();
	}
	const p50 = (name: string) => spread(of(name)).p50;
	const row = (what: string, name: string, aim = '') => [
		what,
		seconds(p50(name)),
		`${((100 * p50(name)) / p50('first')).toFixed(2)}%`,
		aim,
	];
	const head = ['The same command', 'time', 'of the first', 'aim'];
	const rows = [
		row('the first time: rendered', 'first'),
		row('again, the book being done: its files are checked', 'finished', 'below 2%'),
		row('again, the file being gone: read from the cache, encoded anew', 'encoded'),
	];
	return `Chapters ${chapters} of the novel in heart’s voice to M4B; medians of ${rounds.rounds} rounds.\n\n${table(head, rows)}`;
}
