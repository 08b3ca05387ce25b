import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {runCli} from '../helpers/cli.js';
import {readZipped} from '../helpers/epub.js';
import {epubcheck, hasEpubcheck} from '../helpers/epubcheck.js';
import {goOnIf, shared} from '../helpers/shared.js';

function folderOf(t: ExecutionContext): string {
	const folder = mkdtempSync(join(tmpdir(), 'speechpipe-read-along-'));
	t.teardown(() => rmSync(folder, {recursive: true, force: true}));
	return folder;
}

/** Seconds of audio, as ffprobe counts them. */
function durationOf(file: string): number {
	const args = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file];
	return Number(execFileSync('ffprobe', args, {encoding: 'utf8'}));
}

for (const [name, chapter, path, extension, audiobook] of [
	['love-among-the-chickens', '1', 'epub', 'm4a', 'book.m4b'],
	['childrens-literature', '3', 'EPUB', 'mp3', undefined],
] as const)
	test(`${name} becomes a read-along EPUB, whose audio is as long as its clips`, async t => {
		const input = shared(`books/${name}.epub`);
		if (!goOnIf(t, input !== undefined && hasEpubcheck, 'the book or epubcheck is missing')) return;
		const folder = folderOf(t);
		const epub = join(folder, 'spoken.epub');
		const beside = audiobook === undefined ? [] : ['-o', join(folder, audiobook)];
		const args = [
			'book',
			input ?? '',
			...beside,
			'--read-along',
			epub,
			'--chapters',
			chapter,
			'--cache',
			join(folder, 'cache'),
		];
		const made = await runCli(t, args);
		t.is(made.code, 0, made.stderr);
		const smil = readZipped(epub, `${path}/read-along/overlay-1.smil`).toString();
		const end = Number(/.*clipEnd="([\d.]+)s"/s.exec(smil)?.[1]);
		const audio = join(folder, `audio.${extension}`);
		writeFileSync(audio, readZipped(epub, `${path}/read-along/chapter-1.${extension}`));
		t.true(Math.abs(durationOf(audio) - end) < 0.2, `${durationOf(audio)} and ${end}`);
		t.deepEqual(await epubcheck(epub), await epubcheck(input ?? ''));
		if (audiobook === undefined) return;
		t.true(Math.abs(durationOf(join(folder, audiobook)) - end) < 0.2);
		const told = made.stdout.toString();
		for (const output of [audiobook, 'spoken.epub'])
			t.true(told.includes(`${output}:\nchapter `), 'whose chapters they are');
	});

test('a book of Markdown, alone: made, there already, and the same again when it is made anew', async t => {
	const folder = folderOf(t);
	writeFileSync(join(folder, 'book.md'), '# One\n\nA first sentence. A second one.\n');
	const args = [
		'book',
		join(folder, 'book.md'),
		'--read-along',
		join(folder, 'book.epub'),
		'--highlight',
		'sentence',
		'--cache',
		join(folder, 'cache'),
	];
	t.is((await runCli(t, args)).code, 0);
	const first = readFileSync(join(folder, 'book.epub'));
	t.regex(
		readZipped(join(folder, 'book.epub'), 'EPUB/chapter-1.xhtml').toString(),
		/<span id="ra-2">A first sentence\.<\/span>/,
	);
	const again = await runCli(t, args);
	t.is(again.code, 0);
	t.regex(again.stdout.toString(), /nothing to do/);
	t.is((await runCli(t, [...args, '--force'])).code, 0);
	t.true(readFileSync(join(folder, 'book.epub')).equals(first));
});

for (const [what, args, said] of [
	['another extension', ['--read-along', 'x.mp3'], /must end in \.epub/],
	['one file for both', ['-o', 'x.epub', '--read-along', 'x.epub'], /name the same file/],
	[
		'captions without audio',
		['--read-along', 'x.epub', '--captions', 'srt'],
		/--captions go with an audiobook/,
	],
	['audio that no EPUB holds', ['-o', 'x.epub', '--format', 'flac'], /the audio in an EPUB is mp3 or m4b/],
] as const)
	test(`wrong use: ${what}`, async t => {
		const folder = folderOf(t);
		writeFileSync(join(folder, 'book.md'), '# One\n\nA sentence.\n');
		const {code, stderr} = await runCli(t, ['book', 'book.md', ...args], {cwd: folder});
		t.is(code, 2);
		t.regex(stderr, said);
	});
