import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {integratedLoudness} from '../../lib/audio/loudness.js';
import {fromPcm} from '../../lib/audio/samples.js';
import type {BookEvent} from '../../lib/audiobook/index.js';
import {LocalSynthesizer} from '../../lib/index.js';
import {bindery, bookOf, covers, ledger, probe, saidOf} from '../helpers/books.js';
import {goOnIf} from '../helpers/shared.js';
import {spelled} from '../helpers/tone.js';
import {decode, ffmpegChildren, ffmpegs} from '../helpers/transcoding.js';

const codecs = {m4b: 'aac', mp3: 'mp3', opus: 'opus', flac: 'flac', wav: 'pcm_s16le'};
const titles = ['The Fog', 'A = B; #2', 'Home'];

for (const [which, ffmpeg] of Object.entries(ffmpegs)) {
	// Which ffmpeg runs is said by the environment: one test at a time.
	for (const format of ['m4b', 'mp3', 'opus', 'flac', 'wav'] as const) {
		test.serial(
			`${format} by ${which}: chapters, titles, cover, tags and duration are read back`,
			async t => {
				if (!goOnIf(t, ffmpeg, `there is no ${which} ffmpeg`) || ffmpeg === undefined) return;
				process.env['FFMPEG_PATH'] = ffmpeg;
				t.teardown(() => delete process.env['FFMPEG_PATH']);
				const {make, at} = await bindery(t);
				const file = `book.${format}`;
				const made = await make(ledger, file, {report: false});
				t.deepEqual(made.files, [at(file)]);
				t.is(statSync(at(file)).isFile(), true);

				const {format: container, streams, chapters} = await probe(at(file));
				const [audio] = streams;
				t.is(audio?.codec_name, codecs[format]);
				const tags = Object.fromEntries(
					Object.entries({...container.tags, ...audio?.tags}).map(([name, value]) => [
						name.toLowerCase(),
						value,
					]),
				);
				t.is(tags['title'], ledger.title);
				t.is(tags['artist'], 'M. Oduya, T. Pascoe');
				t.is(tags['date'], '1906');
				t.is(tags['comment'], ledger.description);
				if (format !== 'wav') t.is(tags['language'], 'eng');
				t.true(
					Math.abs(Number(container.duration) - made.seconds) < 0.15,
					`${container.duration} ${made.seconds}`,
				);
				t.is(
					streams.filter(stream => stream.disposition.attached_pic === 1).length,
					format === 'wav' ? 0 : 1,
				);
				if (format !== 'wav') {
					t.deepEqual(
						chapters.map(chapter => chapter.tags.title),
						titles,
					);
					const starts = made.chapters.map(({startSeconds}) => startSeconds);
					for (const [index, {start_time: start}] of chapters.entries())
						t.true(Math.abs(Number(start) - (starts[index] ?? 0)) < 0.002, start);
				}

				const pcm = await decode(at(file), 16_000);
				t.true(Math.abs(pcm.length / 2 - made.seconds * 16_000) <= 1200, `${pcm.length / 2} samples`);
				if (format === 'flac' || format === 'wav') t.is(spelled(pcm), saidOf(ledger));
				t.deepEqual(ffmpegChildren(), []);
			},
		);
	}
}

test.serial('what ends in a backslash ends there, whichever ffmpeg reads it', async t => {
	for (const [which, ffmpeg] of Object.entries(ffmpegs)) {
		if (!goOnIf(t, ffmpeg, `there is no ${which} ffmpeg`) || ffmpeg === undefined) return;
		process.env['FFMPEG_PATH'] = ffmpeg;
		t.teardown(() => delete process.env['FFMPEG_PATH']);
		const {make, at} = await bindery(t);
		const odd = bookOf(
			[
				['C:\\Fog\\', 'One.'],
				['=;#\\\\', 'Two.'],
			],
			{
				title: 'A\\',
				description: 'Two \\\nlines; \\',
			},
		);
		await make(odd, 'book.m4b');
		const {format, chapters} = await probe(at('book.m4b'));
		const told = {...format.tags, chapters: chapters.map(({tags}) => tags.title.trimEnd())};
		t.like(told, {
			album: 'A\\ ',
			comment: 'Two \\\nlines; \\ ',
			genre: 'Audiobook',
			chapters: ['C:\\Fog\\', '=;#\\\\'],
		});
	}
});

test('an M4B plays from its front, says that it is an audiobook, and names its language', async t => {
	const {make, at} = await bindery(t);
	await make({...ledger, cover: covers.png}, 'book.m4b');
	const bytes = readFileSync(at('book.m4b'));
	t.true(bytes.indexOf('moov') < bytes.indexOf('mdat'));
	const {format, streams} = await probe(at('book.m4b'));
	t.is(format.tags?.['media_type'], '2');
	t.is(streams[0]?.tags?.['language'], 'eng');
	t.is(streams.find(stream => stream.disposition.attached_pic)?.codec_name, 'png');
	// No time of creation, nor of anything else: bytes depend on the book alone.
	t.is(format.tags?.['creation_time'], undefined);
});

test('the same book gives the same bytes, in every format', async t => {
	const {make, at} = await bindery(t);
	for (const format of Object.keys(codecs)) {
		await make(ledger, `one.${format}`);
		await make(ledger, `two.${format}`);
		t.true(readFileSync(at(`one.${format}`)).equals(readFileSync(at(`two.${format}`))), format);
	}
});

test('a folder of chapters: a file each with track, title, cover and a chapter; captions and a report beside them', async t => {
	const {make, at} = await bindery(t);
	const made = await make(ledger, 'chapters', {captions: 'srt'});
	t.deepEqual(readdirSync(at('chapters')).sort(), [
		'01 The Fog.mp3',
		'01 The Fog.srt',
		'02 A = B; #2.mp3',
		'02 A = B; #2.srt',
		'03 Home.mp3',
		'03 Home.srt',
		'report.html',
	]);
	t.is(made.files.length, 7);
	const {format, streams, chapters} = await probe(at('chapters/02 A = B; #2.mp3'));
	t.like(format.tags, {
		title: 'A = B; #2',
		album: ledger.title,
		track: '2/3',
		artist: 'M. Oduya, T. Pascoe',
		date: '1906',
	});
	t.is(streams.filter(stream => stream.disposition.attached_pic === 1).length, 1);
	t.deepEqual(
		chapters.map(chapter => chapter.tags.title),
		['A = B; #2'],
	);
	t.true(Math.abs(Number(format.duration) - (made.chapters[1]?.seconds ?? 0)) < 0.1);
	const srt = readFileSync(at('chapters/02 A = B; #2.srt'), 'utf8');
	t.regex(srt, /^1\n00:00:00,000 --> /);
	t.regex(srt, /They took turns with the horn\./);
});

test('captions for a single file count from its start, and are as exact as the words', async t => {
	const {make, at} = await bindery(t);
	const {chapters} = await make(ledger, 'book.m4b', {captions: 'lrc'});
	const folder = at('book captions');
	t.deepEqual(readdirSync(folder).sort(), ['01 The Fog.lrc', '02 A = B; #2.lrc', '03 Home.lrc']);
	const start = chapters[2]?.startSeconds ?? 0;
	// `Home` is the first word of the third chapter; its tone begins at the chapter's first sample.
	const clock = `00:${(Math.floor(Math.round(start * 1000) / 10) / 100).toFixed(2).padStart(5, '0')}`;
	t.is(
		readFileSync(join(folder, '03 Home.lrc'), 'utf8')
			.split('\n')[0]
			?.startsWith(`[${clock}] <${clock}> Home`),
		true,
		clock,
	);
});

test('pauses are as long as they are asked to be', async t => {
	const {make} = await bindery(t);
	const samples = 100 * saidOf(ledger).length;
	const none = {clause: 0, sentence: 0, paragraph: 0, heading: 0, section: 0, chapter: 0};
	t.is((await make(ledger, 'a.flac', {pauses: none})).seconds * 16_000, samples);
	const some = await make(ledger, 'b.flac', {
		pauses: {...none, chapter: 1000, heading: 500, sentence: 250, paragraph: 125},
	});
	t.is(some.seconds * 16_000, samples + 16 * (3 * 1000 + 3 * 500 + 2 * 250 + 1 * 125));
});

test('a chapter of which nothing is heard is left out, and the others keep their numbers', async t => {
	const {make, at} = await bindery(t);
	const book = bookOf([['One', 'Hello.'], ['Two'], ['Three', 'Bye.']]);
	const empty = {
		...book,
		chapters: book.chapters.map(chapter => (chapter.title === 'Two' ? {...chapter, blocks: []} : chapter)),
	};
	const made = await make(empty, 'book.m4b');
	t.deepEqual(
		(await probe(at('book.m4b'))).chapters.map(chapter => chapter.tags.title),
		['One', 'Three'],
	);
	t.deepEqual(
		made.chapters.map(({title}) => title),
		['One', 'Three'],
	);
	await make(empty, 'folder');
	t.deepEqual(readdirSync(at('folder')).sort(), ['01 One.mp3', '03 Three.mp3', 'report.html']);
});

test('more than 255 chapters keep their titles', async t => {
	const {make, at} = await bindery(t);
	const many = bookOf(Array.from({length: 300}, (_, index) => [`Part ${index + 1}`] as const));
	await make(many, 'book.m4b');
	const {chapters} = await probe(at('book.m4b'));
	t.is(chapters.length, 300);
	t.is(chapters[299]?.tags.title, 'Part 300');
});

test('the report tells chapters, lengths, waveforms and what was skipped, and needs no other file', async t => {
	const {make} = await bindery(t);
	const book = {
		...ledger,
		title: '<script>"A" & B</script>',
		skipped: [{file: 'a.xhtml', excerpt: '<b>Table</b> of tides', characters: 15, reason: 'table'}],
		sourceCharacters: 200,
		warnings: ['a.xhtml was no XML & mended'],
	};
	const {report = ''} = await make(book, 'book.m4b');
	t.true(existsSync(report));
	const html = readFileSync(report, 'utf8');
	for (const part of [
		'<h1><bdi lang="en-GB">&lt;script&gt;&quot;A&quot; &amp; B&lt;/script&gt;</bdi></h1>',
		'The Fog',
		'A = B; #2',
		'&lt;b>Table&lt;/b> of tides'.replaceAll('>', '&gt;'),
		'185 of the source',
		'no XML &amp; mended',
		'real-time factor',
	])
		t.true(html.includes(part), part);
	t.is(html.match(/<svg/g)?.length, 3);
	t.false(/<(?:script|link|img)|https?:/.test(html));
});

test('a voice comes at -18 LUFS by its known gain, or at what is measured and asked for; off leaves it as it is', async t => {
	t.timeout(120_000);
	const {make, at} = await bindery(t);
	const synthesizer = new LocalSynthesizer({workers: 1});
	t.teardown(() => synthesizer.close());
	const text =
		'Every morning, at a quarter past six, he wrote down the height of the tide. Nobody had asked him to.';
	const book = bookOf([['One', text, text.toUpperCase()]], {cover: undefined});
	const events: BookEvent[] = [];
	const loudnessOf = async (name: string, loudness: number | 'off' | undefined) => {
		const onEvent = (event: BookEvent) => void events.push(event);
		await make(book, name, {synthesizer, voiceId: 'espeak:en-gb', loudness, onEvent, report: false});
		return integratedLoudness(fromPcm(await decode(at(name), 22_050)), 22_050);
	};
	const off = await loudnessOf('off.wav', 'off');
	const usual = await loudnessOf('usual.wav', undefined);
	const asked = await loudnessOf('asked.wav', -20);
	t.true(Math.abs(off + 24) < 2, `${off} LUFS as it is`);
	t.true(Math.abs(usual - off - 6) < 0.4, `${usual} LUFS by default`);
	t.true(Math.abs(asked + 20) < 0.3, `${asked} LUFS`);
	const [measured] = events.filter(event => event.type === 'measured');
	t.true(measured?.type === 'measured' && Math.abs(measured.lufs - off) < 0.01);
});
