import test from 'ava';
import type {Source} from '../../lib/captions/punctuation.js';
import {caption, parseSrt, read, timedWord} from './words.js';

async function shown(
	text: string,
	source: string | Source | undefined = text,
	language = 'en',
): Promise<string> {
	return parseSrt(await caption('srt', read(text, language), source))
		.flatMap(cue => cue.lines)
		.join(' ');
}

for (const text of [
	'“Yes?” I said; in my (affable) way…',
	'Well-known — or not? ¿Qué pasa?',
	'Don’t!! 3.14, and/or 50%.',
	'Hello 😀 world.',
	'«Bonjour», dit-elle.',
]) {
	test(`as in the source: ${text}`, async t => {
		t.is(await shown(text), text);
	});
}

test('Japanese has no spaces, with the source or without', async t => {
	const text = '「今日は、いい天気ですね。」';
	t.is(await shown(text, text, 'ja'), text);
	const [first = timedWord('', 0, 0, 0), second = first] = [
		timedWord('今日', 0, 0, 1),
		timedWord('は', 2, 1, 2),
	];
	t.is(parseSrt(await caption('srt', [first, second]))[0]?.lines[0], '今日は');
});

test('without the source, words that do not touch have a space between them', async t => {
	t.is(await shown('Well, hello there.', () => undefined), 'Well hello there');
});

test('a source that knows only some of the text is used where it knows', async t => {
	const text = 'One, two, three, four.';
	t.is(
		await shown(text, (start, end) =>
			start >= 9 && end <= text.length ? text.slice(start, end) : undefined,
		),
		'One two three, four.',
	);
});

test('what was not spoken is not shown, however long', async t => {
	const text = `Hello, ${'не сказано '.repeat(1000)}(world).`;
	const words = [timedWord('Hello', 0, 0, 1), timedWord('world', text.indexOf('world'), 1, 2)];
	t.deepEqual(
		parseSrt(await caption('srt', words, text)).flatMap(cue => cue.lines),
		['Hello,', '(world).'],
	);
});

test('rulers and long runs of dots are cut', async t => {
	t.is(await shown(`Wait${'.'.repeat(500)} what?`), 'Wait........ what?');
	t.is(await shown(`One\n\n${'-'.repeat(30)}\n\nTwo`), 'One Two');
});

test('line breaks in the source do not break lines or cues', async t => {
	t.is(await shown('One\ntwo,\r\nthree.'), 'One two, three.');
});

test('white space within a word does not end its cue', async t => {
	t.deepEqual(parseSrt(await caption('srt', [timedWord('New\n\nYork', 0, 0, 2)]))[0]?.lines, ['New York']);
});
