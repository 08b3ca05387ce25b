import {mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {chmod} from 'node:fs/promises';
import {join} from 'node:path';
import {crc32} from 'node:zlib';
import test from 'ava';
import {findFfmpeg} from '../../lib/transcode/ffmpeg.js';
import {bindery, bookOf, covers, ledger, probe, saidOf, smallDisk} from '../helpers/books.js';
import {goOnIf} from '../helpers/shared.js';
import {spelled} from '../helpers/tone.js';
import {decode} from '../helpers/transcoding.js';

test('a name that leaves no room for what stands beside the output is refused at once; one that does is taken', async t => {
	const {make, synthesizer, at} = await bindery(t);
	for (const name of ['n'.repeat(233), 'é'.repeat(117)])
		await t.throwsAsync(make(ledger, `${name}.m4b`), {
			code: 'OPTION_INVALID',
			message: /name has \d+ bytes: give one of 236 at most/,
		});
	await t.throwsAsync(make(ledger, '', {output: ''}), {code: 'OPTION_INVALID', message: /no name/});
	t.is(synthesizer.engine.rendered.length, 0);
	const longest = `${'n'.repeat(232)}.m4b`;
	const {files} = await make(ledger, longest, {captions: 'srt'});
	t.is(files[0], at(longest));
});

test('chapters whose titles are long, in letters of any size, have files', async t => {
	const {make, at} = await bindery(t);
	const titles = ['字'.repeat(120), '🌊'.repeat(120), 'e\u0301'.repeat(120)];
	const book = bookOf(titles.map(title => [title, 'Text.']));
	const numbered = {
		...book,
		chapters: book.chapters.map(chapter => ({...chapter, number: chapter.number + 998})),
	};
	await make(numbered, 'out', {captions: 'vtt', voiceId: 'tone', allowGaps: true});
	const names = readdirSync(at('out'));
	t.is(names.length, 7);
	t.true(names.every(name => Buffer.byteLength(name) <= 215 && !name.includes('\uFFFD')));
});

test('of a link, what it names is the output', async t => {
	const {make, at, folder} = await bindery(t);
	mkdirSync(at('shelf'));
	writeFileSync(at('shelf/old.m4b'), 'old');
	symlinkSync(at('shelf/old.m4b'), at('book.m4b'));
	await t.throwsAsync(make(ledger, 'book.m4b'), {code: 'FILE_FAILED', message: /old\.m4b is there already/});
	await make(ledger, 'book.m4b', {overwrite: true, report: false});
	t.true(statSync(at('shelf/old.m4b')).size > 1000);
	t.deepEqual(readdirSync(folder).sort(), ['book.m4b', 'cache', 'shelf']);
	t.deepEqual(readdirSync(at('shelf')), ['old.m4b']);
});

test('a folder that is a disk of its own takes chapters', async t => {
	const disk = await smallDisk(t, 4 * 1024 * 1024);
	if (!goOnIf(t, disk, 'no file system may be mounted here') || disk === undefined) return;
	const {make, at} = await bindery(t);
	symlinkSync(disk, at('link'));
	await make(ledger, 'link', {report: false});
	t.deepEqual(readdirSync(disk), ['01 The Fog.mp3', '02 A = B; #2.mp3', '03 Home.mp3']);
});

test('an animated PNG shows its first picture', async t => {
	const {make, at} = await bindery(t);
	// What makes it one stands before its pixels: 1 frame, played for ever (PNG, third edition, 11.3.6.1).
	const {bytes} = covers.png;
	const control = Buffer.from('\0\0\0\x08acTL\0\0\0\x01\0\0\0\0....', 'latin1');
	control.writeUInt32BE(crc32(control.subarray(4, 16)), 16);
	const animated = Buffer.concat([bytes.subarray(0, 33), control, bytes.subarray(33)]);
	for (const format of ['m4b', 'mp3', 'flac']) {
		const {warnings} = await make(
			{...ledger, cover: {mediaType: 'image/png', bytes: animated}},
			`book.${format}`,
		);
		t.deepEqual(warnings, []);
		const {streams} = await probe(at(`book.${format}`));
		t.is(streams.find(({disposition}) => disposition.attached_pic === 1)?.codec_name, 'png');
	}
});

test.serial('a WAV has room for the sizes of RF64, and is one where ffmpeg says so', async t => {
	const {make, at, folder} = await bindery(t);
	await make(ledger, 'book.wav');
	const small = readFileSync(at('book.wav'));
	t.is(small.toString('latin1', 0, 4), 'RIFF');
	t.is(small.toString('latin1', 12, 16), 'JUNK', 'of the size of a chunk ds64 (EBU Tech 3306)');
	t.is(small.readUInt32LE(16), 28);
	// As it would past 4 GiB.
	const always = join(folder, 'ffmpeg');
	writeFileSync(always, `#!/bin/bash\nexec '${findFfmpeg().path}' "\${@/#auto/always}"\n`);
	await chmod(always, 0o755);
	process.env['FFMPEG_PATH'] = always;
	t.teardown(() => delete process.env['FFMPEG_PATH']);
	await make(ledger, 'large.wav');
	t.is(readFileSync(at('large.wav')).toString('latin1', 0, 4), 'RF64');
	t.is(spelled(await decode(at('large.wav'), 16_000)), saidOf(ledger));
});
