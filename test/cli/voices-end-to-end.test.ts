import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {parseWavHeader} from '../../lib/audio/wav-parser.js';
import {runCli} from '../helpers/cli.js';
import {serveFiles} from '../helpers/file-server.js';
import {goOnIf, shared} from '../helpers/shared.js';
import {temporaryFolder} from '../helpers/transcoding.js';

interface Word {
	readonly word: string;
	readonly startSeconds: number;
	readonly endSeconds: number;
	readonly timing: string;
}

/** dBFS of a stretch of 16-bit samples. */
function level(samples: Int16Array, from: number, to: number): number {
	const stretch = samples.subarray(Math.round(from), Math.round(to));
	const square = stretch.reduce((sum, sample) => sum + sample ** 2, 0) / stretch.length;
	return 10 * Math.log10(square / 32_768 ** 2);
}

/** Says two sentences; each word must lie on sound, and the pause between the sentences on silence. */
async function speaks(t: ExecutionContext, voice: string, env: NodeJS.ProcessEnv): Promise<void> {
	const cwd = await temporaryFolder(t);
	const args = ['say', 'Hello there. Good day.', '--voice', voice, '-o', 'a.wav', '--captions', 'a.json'];
	const {code, stderr} = await runCli(t, args, {cwd, env});
	t.is(code, 0, stderr);
	const wav = readFileSync(join(cwd, 'a.wav'));
	const header = parseWavHeader(wav);
	const offset = header?.dataOffset ?? 44;
	const rate = header?.sampleRate ?? Number.NaN;
	const samples = new Int16Array(Uint8Array.from(wav.subarray(offset)).buffer);
	const {words} = JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')) as {words: Word[]};
	t.deepEqual(
		words.map(({word, timing}) => [word, timing]),
		['Hello', 'there', 'Good', 'day'].map(word => [word, 'exact']),
	);
	for (const {word, startSeconds, endSeconds} of words)
		t.true(level(samples, startSeconds * rate, endSeconds * rate) > -40, `${voice}: ${word} is heard`);
	const [, there, good] = words;
	const [pauseStart, pauseEnd] = [(there?.endSeconds ?? 0) + 0.05, (good?.startSeconds ?? 0) - 0.05];
	t.true(pauseEnd - pauseStart > 0.1);
	t.true(level(samples, pauseStart * rate, pauseEnd * rate) < -55, `${voice}: the pause is silent`);
}

test.serial('voices are added from a mirror, and speak with exact word times', async t => {
	const folder = shared('voices');
	if (!goOnIf(t, folder && shared('voices/kokoro'), 'the stock voices are not here')) return;
	const server = await serveFiles(t, {'/': `${folder}`});
	const home = await temporaryFolder(t);
	const env = {SPEECHPIPE_HOME: home};
	const names = ['kokoro:af_heart', 'piper:en_US-joe-medium'];
	const added = await runCli(t, ['voices', 'add', ...names, '--from', server.url, '--yes'], {env});
	t.deepEqual([added.code, added.stdout.toString()], [0, `${names.join('\n')}\n`], added.stderr);
	t.regex(
		added.stderr,
		/^kokoro:af_heart: licence Apache-2\.0, 92\.9 MB\npiper:en_US-joe-medium: licence CC0, /,
	);
	for (const name of names) await speaks(t, name, env);
});
