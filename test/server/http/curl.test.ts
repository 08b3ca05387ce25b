import {execFile} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {LocalSynthesizer} from '../../../lib/engines/local-synthesizer.js';
import {ffmpeg} from '../../helpers/ffmpeg.js';
import {httpServer} from '../../helpers/http.js';
import {goOnIf} from '../../helpers/shared.js';

const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(
	() => true,
	() => false,
);

/** The commands with curl in a page, as a reader copies them. */
function commandsOf(page: string): string {
	const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
	const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
	return blocks.filter(block => block.startsWith('curl ')).join('');
}

/** How ffmpeg is to read what does not say so itself. */
const headerless: Readonly<Record<string, readonly string[]>> = {
	pcm: ['-f', 's16le', '-ar', '24000'],
	ul: ['-f', 'mulaw', '-ar', '8000'],
};

for (const [page, files] of [
	[
		'README.md',
		['hello.aac', 'hello.flac', 'hello.mp3', 'hello.ogg', 'hello.pcm', 'hello.ul', 'hello.wav', 'openai.mp3'],
	],
	['docs/server.md', ['dialogue.ogg', 'hello.mp3', 'hello.wav']],
] as const) {
	test(`the curl lines of ${page} give files that play`, async t => {
		if (!goOnIf(t, hasCurl, 'no curl (Debian: curl)')) return;
		const synthesizer = new LocalSynthesizer();
		t.teardown(() => synthesizer.close());
		const {base} = await httpServer(t, {synthesizer, voiceId: 'heart'});
		const cwd = mkdtempSync(join(tmpdir(), 'curl-'));
		t.teardown(() => rmSync(cwd, {recursive: true}));
		const commands = commandsOf(page).replaceAll('localhost:8080', base.replace('http://', ''));
		await run('bash', ['-ec', commands], {cwd});
		t.deepEqual(readdirSync(cwd).toSorted(), [...files]);
		for (const file of files) {
			const options = headerless[file.split('.').at(-1) ?? ''] ?? [];
			const path = join(cwd, file);
			const {stdout} = await ffmpeg([...options, '-i', path, '-f', 's16le', '-ac', '1', '-ar', '8000', '-']);
			const seconds = stdout.length / 2 / 8000;
			t.true(seconds > 1 && seconds < 6, `${file}: ${seconds} s`);
		}
		// Here are workers, whose part of the metrics others cannot show.
		const metrics = await (await fetch(`${base}/metrics`)).text();
		t.regex(metrics, /^speechpipe_queue_wait_seconds_count\{transport="http"\} [1-9]/m);
		t.regex(metrics, /^speechpipe_workers\{state="idle"\} [1-9]/m);
	});
}
