import test from 'ava';
import fc from 'fast-check';
import {columns, lineWidth} from '../../lib/captions/lines.js';
import type {TimedWord} from '../../lib/synthesizer.js';
import {caption, parseSrt, read, timedWord} from './words.js';

const prose = `“A gentleman called to see you when you were out last night, sir,” said Mrs. Medley, my landlady, removing the last of the breakfast things.

“Yes?” I said, in my affable way.

“A gentleman,” said Mrs. Medley meditatively, “with a very powerful voice.”

“Caruso?”

My heart sank. Ukridge in bed, sleeping heavily, was bad enough; Ukridge awake and full of energy, which would have been put into some wild new scheme by the afternoon, was infinitely more dangerous to all of us.`;

async function cues(text: string) {
	return parseSrt(await caption('srt', read(text), text));
}

const wordArb = fc.record({
	word: fc.oneof(
		fc.string({minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcdeXYZ')}),
		fc.string({minLength: 1, maxLength: 90, unit: fc.constantFrom(...'abcé')}),
		fc.constantFrom('今日', 'は', '天気'),
	),
	gap: fc.constantFrom(' ', ' ', ' ', '', ', ', '. ', '? ', ' — ', '\n\n', '.” “'),
	silence: fc.oneof(fc.constant(0), fc.double({min: 0, max: 3, noNaN: true})),
	duration: fc.oneof(fc.double({min: 0, max: 1, noNaN: true}), fc.constant(9)),
});

/** Any words at all, with their text. */
const speechArb = fc.array(wordArb, {maxLength: 80}).map(parts => {
	let text = '';
	let now = 0;
	const words: TimedWord[] = [];
	for (const {word, gap, silence, duration} of parts) {
		words.push(timedWord(word, text.length, now, now + duration));
		text += word + gap;
		now += duration + silence;
	}
	return {text, words};
});

test('every word appears once and in order; cues never overlap or go back, and are no longer than words make them', async t => {
	await fc.assert(
		fc.asyncProperty(speechArb, fc.boolean(), async ({text, words}, withText) => {
			const shown = parseSrt(await caption('srt', words, withText ? text : undefined));
			const letters = (line: string) => line.replaceAll(/[^\p{L}]/gu, '');
			t.is(
				shown
					.flatMap(cue => cue.lines)
					.map(letters)
					.join(''),
				words.map(({word}) => word).join(''),
			);
			let end = 0;
			for (const cue of shown) {
				t.true(cue.startMs >= end && cue.endMs > cue.startMs);
				end = cue.endMs;
				t.true(cue.lines.length <= 2);
				const single = words.some(({word}) => letters(cue.lines.join('')) === word);
				t.true(single || cue.lines.every(line => columns(line) <= lineWidth), cue.lines.join('|'));
				t.true(single || cue.endMs - cue.startMs <= 7000);
			}
		}),
		{numRuns: 300},
	);
});

test('LRC holds every word once too', async t => {
	await fc.assert(
		fc.asyncProperty(speechArb, async ({text, words}) => {
			const lrc = await caption('lrc', words, text);
			t.is((lrc.match(/<[\d:.]+>(?=.*<)/g) ?? []).length, words.length);
		}),
		{numRuns: 50},
	);
});

test('prose is cut at paragraphs, sentences and clauses, and laid out in balanced lines', async t => {
	t.deepEqual(
		(await cues(prose)).map(cue => cue.lines.join(' | ')),
		[
			'“A gentleman called to see you | when you were out last night, sir,”',
			'said Mrs. Medley, my landlady, | removing the last of the breakfast things.',
			'“Yes?” I said, in my affable way.',
			'“A gentleman,” | said Mrs. Medley meditatively,',
			'“with a very powerful voice.”',
			'“Caruso?”',
			'My heart sank. Ukridge in bed, | sleeping heavily, was bad enough;',
			'Ukridge awake and full of energy,',
			'which would have been put into some | wild new scheme by the afternoon,',
			'was infinitely more | dangerous to all of us.',
		],
	);
});

test('a word too long for a line stands alone, whole', async t => {
	const long = 'x'.repeat(300);
	t.deepEqual(
		(await cues(`Before ${long} after`)).map(cue => cue.lines),
		[['Before'], [long], ['after']],
	);
});

test('two lines are balanced, the first not the longer by much', async t => {
	for (const {lines} of await cues(prose)) {
		const [upper = '', lower] = lines;
		if (lower !== undefined) t.true(columns(upper) <= columns(lower) + 15, lines.join(' | '));
	}
});

test('a short cue stays for a second where there is room, and leaves before the next', async t => {
	const words = [timedWord('Yes', 0, 0, 0.3), timedWord('No', 5, 5, 5.3), timedWord('So', 9, 6, 6.2)];
	const shown = parseSrt(await caption('srt', words, 'Yes. No. So.'));
	t.deepEqual(
		shown.map(({startMs, endMs}) => [startMs, endMs]),
		[
			[0, 1000],
			[5000, 5917],
			[6000, 7000],
		],
	);
});

test('a sentence does not leave its last word alone on the screen', async t => {
	for (const {lines} of await cues(`${'lorem ipsum '.repeat(7)}dolor.\n\nEnd of it all.`)) {
		t.true(columns(lines.join('')) >= 12, lines.join());
	}
});

test('an abbreviation does not end a cue', async t => {
	const text = 'And so it was that we met Mr. Ukridge of whom the landlady had been telling us.';
	const words = read(text).map((word, n) => ({...word, startSeconds: n * 0.4, endSeconds: n * 0.4 + 0.4}));
	for (const {lines} of parseSrt(await caption('srt', words, text))) t.false(lines.join(' ').endsWith('Mr.'));
});

test('times that an engine gives backwards go forward', async t => {
	const words = [timedWord('one', 0, 5, 6), timedWord('two', 4, 3, 4), timedWord('three', 8, 2, 20)];
	const shown = parseSrt(await caption('srt', words));
	t.true(shown.every((cue, index) => cue.startMs >= (shown[index - 1]?.endMs ?? 0)));
	t.is(shown.flatMap(cue => cue.lines).join(' '), 'one two three');
});
