import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {findFfmpeg} from '../lib/index.js';
import {bookEncoderArgs} from '../lib/transcode/book-files.js';
import {novel, novelPath, run, timed, withFolder} from './book/novel.js';
import {build} from './built.js';
import {interleave, type Rounds, ratio, seconds, spread, table} from './measure.js';

const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** A book in eSpeak NG's voice, against the plain way of the shell. Needs `espeak-ng` (apt install espeak-ng). */
export default async function audiobookEspeak(
	rounds: Rounds = {warmUp: 0, rounds: 3},
	chapters = '2-5',
): Promise<string> {
	await build();
	const book = await novel(chapters);
	const text = book.chapters.flatMap(({blocks}) => blocks.map(block => block.text)).join('\n\n');
	const args = bookEncoderArgs({format: 'm4b', sampleRate: 22_050, file: 'shell.m4b'});
	const ourOptions = args
		.slice(args.indexOf('pipe:0') + 1)
		.map(arg => `'${arg}'`)
		.join(' ');
	// The same bitrate, and else what ffmpeg does by itself.
	const plainOptions = '-b:a 64000 -f ipod shell.m4b';
	// What espeak-ng writes is a WAV: ffmpeg reads it as such.
	const speak = 'espeak-ng -v en-gb --stdout -f book.txt';
	const encode = `'${findFfmpeg().path}' -loglevel error -y -i pipe:0`;
	const shell = (line: string) => (folder: string) => run('bash', ['-c', `set -o pipefail; ${line}`], folder);
	const ours = [
		...['book', novelPath, '--chapters', chapters, '--voice', 'espeak:en-gb'],
		...['-o', 'ours.m4b', '--cache', 'cache', '--no-report'],
	];
	const ways = {
		plain: shell(`${speak} | ${encode} ${plainOptions}`),
		shell: shell(`${speak} | ${encode} ${ourOptions}`),
		encoder: shell(`${encode} ${ourOptions} < speech.wav`),
		ours: (folder: string) => run(process.execPath, [cli, ...ours], folder),
	};
	const of = await interleave<string>(
		Object.entries(ways).map(([name, way]) => async () => {
			const {wall, cores} = await withFolder(async folder => {
				await writeFile(join(folder, 'book.txt'), text);
				if (name === 'encoder') await shell(`${speak} > speech.wav`)(folder);
				return timed(() => way(folder));
			});
			return {[`${name} wall`]: wall, [`${name} cores`]: cores};
		}),
		rounds,
	);
	const p50 = (name: string) => spread(of(name)).p50;
	const row = (what: string, name: string, aim = '') => [
		what,
		seconds(p50(`${name} wall`)),
		p50(`${name} cores`).toFixed(2),
		ratio(p50('plain wall'), p50(`${name} wall`)),
		ratio(p50('shell wall'), p50(`${name} wall`)),
		aim,
	];
	const head = [
		'The same text in eSpeak NG’s voice to M4B',
		'time',
		'cores in use',
		'times as fast as the first',
		'as the second',
		'aim',
	];
	const rows = [
		row('`espeak-ng --stdout` into `ffmpeg`, which encodes as it does by itself', 'plain'),
		row('the same, with our options of the encoder', 'shell'),
		row('that encoder alone: what encodes a file once takes no less', 'encoder'),
		row('`speechpipe book`, start included, nothing in the cache', 'ours', '1.6x'),
	];
	return `Chapters ${chapters} of the novel, ${text.length} characters; medians of ${rounds.rounds} rounds, interleaved.\n\n${table(head, rows)}`;
}
