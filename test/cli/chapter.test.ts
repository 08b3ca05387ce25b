import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {runCli} from '../helpers/cli.js';
import {chapterText, readZipped} from '../helpers/epub.js';
import {goOnIf, shared} from '../helpers/shared.js';
import {decode, temporaryFolder} from '../helpers/transcoding.js';

/** Letters and digits in a row, with the apostrophes and points within them: what is compared, case and punctuation aside. */
function wordsOf(text: string): string[] {
	return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:['’.,][\p{L}\p{N}]+)*/gu) ?? [];
}

function spokenText(vtt: string): string {
	const [head, ...cues] = vtt.trimEnd().split('\n\n');
	if (head !== 'WEBVTT') throw new Error('no WebVTT');
	return cues
		.map(cue => cue.split('\n').slice(1).join(' '))
		.join(' ')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}

test('a chapter becomes an MP3 as long as its PCM, and captions with every word in order', async t => {
	const book = shared('books/love-among-the-chickens.epub');
	if (!goOnIf(t, book, 'the shared books are not here') || book === undefined) return;
	t.timeout(300_000);
	const cwd = await temporaryFolder(t);
	const chapter = chapterText(readZipped(book, 'epub/text/chapter-1.xhtml').toString());
	t.true(chapter.startsWith('I\n\nA Letter with a Postscript\n\n“A gentleman called'));
	writeFileSync(join(cwd, 'chapter.txt'), chapter);

	const args = ['say', '-f', 'chapter.txt', '-o', 'chapter.mp3', '--captions', 'chapter.vtt', '--json'];
	const {code, stdout, stderr} = await runCli(t, args, {cwd});
	t.deepEqual([code, stderr], [0, '']);
	t.deepEqual(readdirSync(cwd).sort(), ['chapter.mp3', 'chapter.txt', 'chapter.vtt']);

	const told = JSON.parse(stdout.toString());
	t.is(told.unspokenCount, 0);
	const samples = Math.round(told.audioSeconds * 24_000);
	t.true(samples > 5 * 60 * 24_000);
	const decoded = (await decode(join(cwd, 'chapter.mp3'), 24_000)).length / 2;
	t.true(Math.abs(decoded - samples) <= 1152, `${decoded} samples in the MP3, ${samples} of PCM`);

	const vtt = readFileSync(join(cwd, 'chapter.vtt'), 'utf8');
	t.deepEqual(wordsOf(spokenText(vtt)), wordsOf(chapter));
});
