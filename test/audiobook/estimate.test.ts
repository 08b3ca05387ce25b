import test from 'ava';
import {estimate, speechFiguresOf} from '../../lib/audiobook/index.js';
import {readSourceOf} from '../helpers/made-book.js';
import {goOnIf, shared} from '../helpers/shared.js';

const figures = {charactersPerSecond: 10, realTimeFactor: 0.1};

test('an estimate tells characters, words, duration, rendering time and cost', async t => {
	const book = await readSourceOf(t, 'a.md', '# One\n\nTwo words.\n\n# Three\n\nIt’s 3.5 more.');
	const {chapters, ...whole} = estimate(book, {figures, speed: 2, parallel: 4, price: 1_000_000});
	t.deepEqual(chapters, [
		{number: 1, title: 'One', characters: 13, words: 3, seconds: 0.65},
		{number: 2, title: 'Three', characters: 19, words: 4, seconds: 0.95},
	]);
	t.is(whole.characters, 32);
	t.is(whole.words, 7);
	t.is(whole.cost, 32);
	t.true(Math.abs(whole.seconds - 1.6) < 1e-9);
	// Work goes by the length of the audio.
	t.true(Math.abs((whole.renderingSeconds ?? 0) - (1.6 * 0.1) / 4) < 1e-9);
});

test('Chinese takes longer a character, and has words without spaces', async t => {
	const {words, seconds, characters} = estimate(
		await readSourceOf(t, 'a.txt', '今天天气很好。', {language: 'zh'}),
		{figures},
	);
	t.is(characters, 7);
	t.true(words >= 3);
	t.true(seconds > 1.5);
});

test('what nobody knows is not told', async t => {
	const book = await readSourceOf(t, 'a.txt', 'Text.');
	const {renderingSeconds, cost} = estimate(book, {figures: {charactersPerSecond: 10}});
	t.is(renderingSeconds, undefined);
	t.is(cost, undefined);
});

test('every voice has figures', t => {
	for (const id of [undefined, 'heart', 'espeak:de', 'piper:nobody', './nowhere'])
		t.true(speechFiguresOf(id).charactersPerSecond > 10);
	t.deepEqual(speechFiguresOf('nobody'), speechFiguresOf('heart'));
});

test('a voice’s figures are those that were measured when it was installed', t => {
	const folder = shared('voices/piper/en_US-joe-medium');
	if (!goOnIf(t, folder, 'the shared voices are not here') || folder === undefined) return;
	// A folder that was named was not measured: its family's factor is taken.
	t.true((speechFiguresOf(folder).realTimeFactor ?? 0) > 5 * (speechFiguresOf('heart').realTimeFactor ?? 0));
});

for (const [name, options] of [
	['speed', {speed: 0}],
	['parallel', {parallel: Number.NaN}],
	['price', {price: -1}],
] as const) {
	test(`an option that is out of range is named: ${name}`, async t => {
		const book = await readSourceOf(t, 'a.txt', 'Text.');
		t.throws(() => estimate(book, options), {code: 'OPTION_INVALID', message: new RegExp(`^${name} is `)});
	});
}
