import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import test from 'ava';
import {captions} from '../../lib/captions/captions.js';
import {ffmpeg, ffmpegPath} from '../helpers/ffmpeg.js';
import {goOnIf} from '../helpers/shared.js';
import {caption, parseSrt, read, timedWord} from './words.js';

const text = '“Tea & <milk>,” she said. Is that -- well -- all?\n\nYes: 1 > 0.';

test('SubRip', async t => {
	const words = [timedWord('Hello', 0, 0.25, 0.75), timedWord('world', 7, 0.9, 1.5)];
	t.is(await caption('srt', words, 'Hello, world!'), '1\n00:00:00,250 --> 00:00:01,500\nHello, world!\n\n');
});

test('WebVTT escapes what its syntax needs', async t => {
	const words = [timedWord('Tea', 0, 0, 1), timedWord('milk', 7, 1, 1.5), timedWord('1', 14, 1.5, 2)];
	t.is(
		await caption('vtt', words, 'Tea & <milk>, 1>'),
		'WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nTea &amp; &lt;milk&gt;, 1&gt;\n\n',
	);
});

test('enhanced LRC has a time for each word, on one line a cue', async t => {
	const words = [
		timedWord('Hello', 0, 59.999, 60.5),
		timedWord('world', 7, 6000, 6000.5),
		timedWord('again', 13, 6000.5, 6001),
	];
	t.is(
		await caption('lrc', words, 'Hello, world again.'),
		'[00:59.99] <00:59.99> Hello, <01:00.99>\n[100:00.00] <100:00.00> world <100:00.50> again. <100:01.00>\n',
	);
});

test('JSON is one document with every word as it came', async t => {
	const words = read(text);
	t.deepEqual(JSON.parse(await caption('json', words, text)), {
		words: words.map(({type: _, ...word}) => word),
	});
});

test('no words make an empty file of the format', async t => {
	t.is(await caption('srt', []), '');
	t.is(await caption('vtt', []), 'WEBVTT\n\n');
	t.is(await caption('lrc', []), '');
	t.deepEqual(JSON.parse(await caption('json', [])), {words: []});
});

test('hours go past 99', async t => {
	const start = 123 * 3600 + 5;
	t.regex(
		await caption('srt', [timedWord('late', 0, start, start + 2)]),
		/^123:00:05,000 --> 123:00:07,000$/m,
	);
});

test('an unknown format is refused with the list', t => {
	const format: string = 'ass';
	// A caller without types may pass any string.
	t.throws(() => captions(format as 'srt'), {code: 'OPTION_INVALID', message: /"ass".*srt, vtt, lrc, json/});
});

test('what is no word fails', async t => {
	await t.throwsAsync(caption('srt', ['Hello']), {code: 'OPTION_INVALID'});
});

test('a cue comes out once the next word is known, not at the end', async t => {
	const stream = captions('srt', {text: 'One two three. Then'});
	let out = '';
	stream.on('data', piece => {
		out += piece;
	});
	for (const word of [timedWord('One', 0, 0, 1), timedWord('two', 4, 1, 2), timedWord('three', 8, 2, 3)])
		stream.write(word);
	stream.write(timedWord('Then', 15, 3.3, 4));
	stream.write(timedWord('more', 20, 4, 5));
	await new Promise(resolve => setImmediate(resolve));
	t.deepEqual(
		parseSrt(out).map(cue => cue.lines),
		[['One two three.']],
	);
	stream.destroy();
});

test('it takes an async iterable of words in a pipeline', async t => {
	let out = '';
	await pipeline(
		Readable.from(read(text)),
		captions('srt', {text}),
		async (pieces: AsyncIterable<Buffer>) => {
			for await (const piece of pieces) out += piece;
		},
	);
	t.is(out, await caption('srt', read(text), text));
});

test('ffmpeg reads our WebVTT as our SubRip has it', async t => {
	if (!goOnIf(t, ffmpegPath, 'no ffmpeg')) return;
	const vtt = await caption('vtt', read(text), text);
	const {stdout, stderr} = await ffmpeg(
		['-f', 'webvtt', '-i', 'pipe:0', '-f', 'srt', 'pipe:1'],
		Buffer.from(vtt),
	);
	t.is(
		stdout.toString().replaceAll('\r', '').trimEnd(),
		(await caption('srt', read(text), text)).trimEnd(),
		stderr,
	);
});
