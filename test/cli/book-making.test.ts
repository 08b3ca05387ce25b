import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {probe} from '../helpers/books.js';
import {hasTerminal, runCli, runInTerminal, startCli} from '../helpers/cli.js';
import {goOnIf, shared} from '../helpers/shared.js';
import {decode, temporaryFolder} from '../helpers/transcoding.js';

const story = `# The Fog

Seven boats were out. Only four of them had found their way back by noon.

# Home

The ledger says: home, all well.
`;

async function shop(t: ExecutionContext) {
	const cwd = await temporaryFolder(t);
	writeFileSync(join(cwd, 'story.md'), story);
	const env = {SPEECHPIPE_CACHE: join(cwd, 'cache')};
	const book = (...args: string[]) =>
		runCli(t, ['book', 'story.md', '--voice', 'espeak:en-gb', ...args], {cwd, env});
	return {cwd, env, book};
}

test('a book is made in one command, told in lines; the second time there is nothing to do', async t => {
	t.timeout(120_000);
	const {cwd, book} = await shop(t);
	const first = await book('-o', 'story.m4b');
	t.deepEqual([first.code, first.stderr], [0, '']);
	const lines = first.stdout.toString().trimEnd().split('\n');
	t.regex(lines[0] ?? '', /^chapter 1, The Fog \(0%\)$/);
	t.regex(lines[1] ?? '', /^chapter 2, Home \(\d+%.*\)$/);
	t.regex(lines.at(-1) ?? '', /story\.m4b: 0:\d\d of audio in 0:\d\d \(\d+ times real time\), 2 chapters$/);
	t.deepEqual(
		(await probe(join(cwd, 'story.m4b'))).chapters.map(({tags}) => tags.title),
		['The Fog', 'Home'],
	);

	const second = await book('-o', 'story.m4b');
	t.is(second.code, 0);
	t.regex(second.stdout.toString(), /^.*story\.m4b is there already.*nothing to do\.\n$/);

	const other = await book('-o', 'story.m4b', '--speed', '1.5');
	t.is(other.code, 1);
	t.regex(other.stderr, /there already.*--force.*\[FILE_FAILED\]\n$/);

	const cache = await runCli(t, ['cache', '--json', '--cache', join(cwd, 'cache')]);
	t.like(JSON.parse(cache.stdout.toString()), {entries: 6});

	const folder = await book('-o', 'story/');
	const told = folder.stdout.toString().trimEnd().split('\n').at(-1) ?? '';
	t.regex(
		told,
		/[\\/]story: 0:\d\d of audio.*, 2 chapters; /,
		'a folder is told as a whole, not as its first file',
	);
});

test('--json gives an event a line, the result last', async t => {
	t.timeout(120_000);
	const {book} = await shop(t);
	const {code, stdout} = await book(
		'-o',
		'chapters',
		'--format',
		'opus',
		'--captions',
		'vtt',
		'--json',
		'--loudness',
		'-20',
	);
	t.is(code, 0);
	const events = stdout
		.toString()
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	t.like(events[0], {type: 'started', utterances: 5, chapters: [{title: 'The Fog'}, {title: 'Home'}]});
	t.is(events.filter(({type}) => type === 'utterance').length, 10, 'once to measure, once to write');
	t.true(Math.abs(events.find(({type}) => type === 'measured').lufs + 24) < 3);
	t.like(events.at(-1), {type: 'done', wasFinished: false, gaps: 0});
	t.is(events.at(-1).files.length, 5);
});

test('on a terminal bars live: the whole, the chapter, the sentence; and go', async t => {
	if (!goOnIf(t, hasTerminal, 'there is no script to make a terminal')) return;
	t.timeout(120_000);
	const {cwd, env} = await shop(t);
	const {code, stdout} = await runInTerminal(
		t,
		['book', 'story.md', '--voice', 'espeak:en-gb', '-o', 'story.mp3'],
		{cwd, env},
	);
	t.is(code, 0);
	const shown = stdout.toString();
	t.regex(shown, /░{20} 0% · 0:00/);
	t.regex(shown, /█+░* \d+% · 0:\d\d · \d+ times real time · 0:\d\d left/);
	t.regex(shown, /1\/2 The Fog: /);
	t.regex(shown, /\r\x1b\[1A\x1b\[J[^\x1b]*story\.mp3: 0:\d\d of audio/);
	for (const line of shown.split(/[\r\n]|\x1b\[\w+/))
		if (/[█░]/.test(line)) t.true([...line].length <= 80, line);
});

test('SIGINT finishes what is in flight, says how to go on, and exits 130; going on renders the rest alone', async t => {
	t.timeout(180_000);
	const {cwd, env} = await shop(t);
	const lines = Array.from(
		{length: 400},
		(_, index) => `This is line ${index}, and it is as long as most lines of a book are.`,
	);
	writeFileSync(join(cwd, 'story.md'), `# One\n\n${lines.join('\n\n')}\n`);
	const args = ['book', 'story.md', '--voice', 'espeak:en-gb', '-o', 'story.m4b', '--json'];
	const run = startCli(t, args, {cwd, env});
	await run.heard(4000);
	run.child.kill('SIGINT');
	const {code, stderr} = await run.ended;
	t.is(code, 130);
	const [, done = '0'] =
		/^Stopped: at least (\d+) of 401 utterances are rendered and kept\. Run the same command again to go on from there\.\n$/.exec(
			stderr,
		) ?? [];
	t.true(Number(done) > 0, stderr);
	t.deepEqual(readdirSync(cwd).sort(), ['cache', 'story.md']);

	const again = await runCli(t, args, {cwd, env});
	t.is(again.code, 0);
	const events = again.stdout
		.toString()
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line));
	t.true(events.filter(event => event.type === 'utterance' && event.cached).length >= Number(done));
});

test('a second SIGINT ends it at once, and leaves nothing but what was rendered', async t => {
	t.timeout(120_000);
	const {cwd, env} = await shop(t);
	writeFileSync(join(cwd, 'story.md'), `# One\n\n${'It goes on for a while. '.repeat(4000)}\n`);
	const run = startCli(t, ['book', 'story.md', '-o', 'story.m4b', '--json'], {cwd, env});
	await run.heard(4000);
	run.child.kill('SIGINT');
	await sleep(1);
	run.child.kill('SIGINT');
	t.is((await run.ended).code, 130);
	t.deepEqual(readdirSync(cwd).sort(), ['cache', 'story.md']);
});

test('what cannot be spoken is told, and exits 1; --allow-gaps makes it silent', async t => {
	t.timeout(120_000);
	const {cwd, book} = await shop(t);
	writeFileSync(join(cwd, 'story.md'), '# One\n\nHello.\n\nこれは日本語です。\n');
	const refused = await book('-o', 'story.m4b');
	t.is(refused.code, 1);
	t.regex(refused.stdout.toString(), /failed in chapter 1, One: “これは日本語です。”/);
	t.regex(refused.stderr, /1 of the book's utterances could not be spoken.*\[BOOK_INCOMPLETE\]\n$/);
	t.false(existsSync(join(cwd, 'story.m4b')));
	const allowed = await book('-o', 'story.m4b', '--allow-gaps');
	t.is(allowed.code, 0);
	t.regex(
		allowed.stderr,
		/^1 utterance could not be spoken and became silence \(all of them: .*story\.report\.html\)\.\n$/,
	);
});

test('wrong use is told in the command’s words', async t => {
	const {cwd, book} = await shop(t);
	for (const [args, message] of [
		[['-o', 'a.m4b', '--price', '15'], /--price goes with --estimate/],
		[[], /Say where the audiobook goes \(-o book\.m4b\)/],
		[['-o', 'a.m4b', '--pause', 'chapter=99999'], /--pause chapter=99999; it must be ms from 0 to 60000/],
		[['-o', 'a.m4b', '--cache-size', '-1'], /--cache-size takes GB, 0 or more/],
		[['-o', 'a.m4b', '--concurrency', '1e9'], /--concurrency is 1000000000; .* from 1 to 256/],
		[['-o', ''], /has no name/],
		[['-o', 'a.m4b', '--pause', 'chapter'], /--pause is "chapter"; it must be KIND=MS/],
		[['-o', 'a.m4b', '--loudness', 'loud'], /--loudness is "loud"; it must be LUFS/],
		[['-o', 'a.m4b', '--speed', '9'], /speed of the voice|--speed/],
		[['-o', 'a.txt'], /ends in \.txt/],
		[['-o', 'a.m4b', '--api-key', 'x'], /--api-key is for a server/],
	] as const) {
		const {code, stderr} = await book(...args);
		t.is(code, 2, stderr);
		t.regex(stderr, message);
	}
	t.deepEqual(
		readdirSync(cwd).filter(name => name !== 'cache'),
		['story.md'],
	);
});

test('speechpipe cache verifies and prunes', async t => {
	const {cwd, env, book} = await shop(t);
	await book('-o', 'story.wav', '--no-report');
	t.regex((await runCli(t, ['cache'], {env})).stdout.toString(), /cache: 6 entries, \d+\.\d [kM]B\n$/);
	t.regex((await runCli(t, ['cache', 'verify'], {env})).stdout.toString(), /6 entries, .*; none damaged\n$/);
	t.regex(
		(await runCli(t, ['cache', 'prune', '--max-size', '0'], {env})).stdout.toString(),
		/6 entries removed, .*; 0 entries left, 0\.0 kB\n$/,
	);
	t.is((await runCli(t, ['cache', 'melt'], {env})).code, 2);
	t.is((await runCli(t, ['cache', '--max-size', '1'], {env})).code, 2);
	t.deepEqual(readdirSync(cwd).sort(), ['cache', 'story.md', 'story.wav']);
});

for (const [name, chapters, firstTitle] of [
	['love-among-the-chickens', '2', 'I: A Letter with a Postscript'],
	['childrens-literature', '3-4', undefined],
] as const) {
	test.serial(`${name}.epub becomes an M4B and a folder of MP3s`, async t => {
		const epub = shared(`books/${name}.epub`);
		if (!goOnIf(t, epub, 'the shared books are not here') || epub === undefined) return;
		t.timeout(300_000);
		const {cwd, env} = await shop(t);
		const args = ['book', epub, '--chapters', chapters, '--json'];
		const single = await runCli(t, [...args, '-o', 'book.m4b'], {cwd, env});
		t.is(single.code, 0, single.stderr);
		// Of the cover, which is a drawing around a picture.
		t.regex(single.stderr, /^(?:Note: The cover .*\n)?$/);
		const done = JSON.parse(single.stdout.toString().trimEnd().split('\n').at(-1) ?? '');
		const found = await probe(join(cwd, 'book.m4b'));
		t.deepEqual(
			found.chapters.map(({tags}) => tags.title),
			done.chapters.map(({title}: {title: string}) => title),
		);
		if (firstTitle !== undefined) t.is(found.chapters[0]?.tags.title, firstTitle);
		t.true(Math.abs(Number(found.format.duration) - done.seconds) < 0.1);
		t.true(done.seconds > 60);
		t.is(found.streams.filter(stream => stream.disposition.attached_pic).length, 1);

		const folder = await runCli(t, [...args, '-o', 'chapters', '--captions', 'vtt'], {cwd, env});
		t.is(folder.code, 0, folder.stderr);
		const parts = JSON.parse(folder.stdout.toString().trimEnd().split('\n').at(-1) ?? '');
		t.is(parts.newSeconds, 0, 'one cache serves both');
		const files = readdirSync(join(cwd, 'chapters')).filter(file => file.endsWith('.mp3'));
		t.is(files.length, done.chapters.length);
		let samples = 0;
		for (const file of files) samples += (await decode(join(cwd, 'chapters', file), 24_000)).length / 2;
		t.true(Math.abs(samples / 24_000 - done.seconds) < 0.05 * files.length);
		t.regex(
			readFileSync(join(cwd, 'chapters', files[0]?.replace('.mp3', '.vtt') ?? ''), 'utf8'),
			/^WEBVTT\n\n00:00:00\.\d{3} --> /,
		);
	});
}
