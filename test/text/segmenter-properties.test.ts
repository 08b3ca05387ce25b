import assert from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import {Segmenter, type SegmenterOptions, type TextRange} from '../../lib/text/segmenter.js';

const languages = ['en', 'de', 'fr', 'es', 'ja', 'zh', 'th', 'ar', 'hi', 'el', 'ru'];
/** What sentences are made of, and what makes their ends hard to tell. */
const scraps = [
	...'.|!|?|…|...|,|;|:|-|--|—|–| - |"|“|”|«|»|» |(|)|[1]|[|*|_|\'|’| |  |\n|\r|\r\n|\n\n|\r\n\r\n|\t|\u0085|\u00A0|\u2028|\u2029'.split(
		'|',
	),
	...'Mr|Dr|St|e.g|z. B|U.S|a.m|p|No|etc|J|I|B|3|14|1,000|2.|1. |a) |- |# |* |The|He|she|said|Tolkien|www.example.com/a.b'.split(
		'|',
	),
	...'。|！|？|、|，|「|」|と|ところ|今日は|晴れ|好|他说|．|３|।|है|؟|،|نعم|สวัสดี|ครับ|Τι|;|да|Он|т. е'.split(
		'|',
	),
	...'😀|👨‍👩‍👧|🇩🇪|\u0301|\u200D|\uFE0F|\uD83D|\uDE00|\u0000|\u{11047}|\u{20000}|\u200B|é'.split('|'),
];
const text = fc.oneof(
	fc.array(fc.constantFrom(...scraps), {maxLength: 60}).map(parts => parts.join('')),
	fc
		.array(
			fc.oneof(
				{weight: 8, arbitrary: fc.constantFrom(...scraps)},
				{weight: 1, arbitrary: fc.nat(200).map(n => ' '.repeat(n))},
			),
			{maxLength: 40},
		)
		.map(parts => parts.join('')),
	fc
		.array(fc.tuple(fc.constantFrom(...scraps), fc.integer({min: 1, max: 100})), {maxLength: 12})
		.map(parts => parts.map(([scrap, n]) => scrap.repeat(n)).join('')),
	fc.string({unit: 'binary', maxLength: 100}),
);
const options = fc.record({
	language: fc.constantFrom(...languages),
	maxLength: fc.oneof(fc.integer({min: 2, max: 30}), fc.integer({min: 31, max: 500})),
	firstUtterance: fc.option(fc.integer({min: 1, max: 80}), {nil: undefined}),
	firstClause: fc.constantFrom(0, 5, 20, Infinity),
});

/** `cuts` are where the text is split; the ranges of all pieces together. */
function segment(source: string, cuts: readonly number[], given: SegmenterOptions): TextRange[] {
	const segmenter = new Segmenter(given);
	const places = [0, ...[...cuts].sort((a, b) => a - b), source.length];
	const pieces = places.map((place, index) => source.slice(places[index - 1] ?? 0, place));
	return [...pieces.flatMap(piece => segmenter.push(piece)), ...segmenter.flush()];
}

const cutsOf = (source: string) => fc.array(fc.nat(source.length), {maxLength: 8});
const textAndCuts = text.chain(source => fc.tuple(fc.constant(source), cutsOf(source)));

test('the ranges do not depend on how the text was split', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(textAndCuts, options, ([source, cuts], given) => {
				const whole = segment(source, [], given);
				assert.deepEqual(segment(source, cuts, given), whole);
				assert.deepEqual(segment(source, [...Array(source.length).keys()], given), whole);
			}),
			// Found by longer runs of this test.
			{
				examples: [
					[
						[`${'\u{11047}'.repeat(4)}${'.'.repeat(61)}${'\u{11047}'.repeat(34)}`, []],
						{language: 'en', maxLength: 127, firstUtterance: undefined, firstClause: 0},
					],
					[['.،[1]\t.', []], {language: 'en', maxLength: 31, firstUtterance: undefined, firstClause: 0}],
					[['।she—;', []], {language: 'el', maxLength: 31, firstUtterance: undefined, firstClause: 0}],
					[
						['．．．．．．．「Mr', []],
						{language: 'en', maxLength: 2, firstUtterance: undefined, firstClause: 0},
					],
				],
				numRuns: 1500,
			},
		),
	);
});

test('the ranges adjoin, cover the text, keep it, and none is too long', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(textAndCuts, options, ([source, cuts], given) => {
				let offset = 0;
				for (const range of segment(source, cuts, given)) {
					assert.equal(range.start, offset);
					assert.equal(range.text, source.slice(range.start, range.end));
					assert.ok(range.end > range.start && range.end - range.start <= given.maxLength);
					offset = range.end;
				}
				assert.equal(offset, source.length);
			}),
			{numRuns: 1000},
		),
	);
});

test('no surrogate pair is split, but where the first length says so', t => {
	const splits = (source: string, place: number) =>
		place > 0 && (source.codePointAt(place - 1) ?? 0) > 0xffff;
	t.notThrows(() =>
		fc.assert(
			fc.property(textAndCuts, options, ([source, cuts], given) => {
				const ranges = segment(source, cuts, given);
				for (const range of given.firstUtterance === undefined ? ranges : ranges.slice(1)) {
					assert.ok(!splits(source, range.end), JSON.stringify(range.text));
				}
			}),
			{numRuns: 1000},
		),
	);
});

test('what was given goes on in the same ranges from any of their starts', t => {
	// A wire client resumes with the first utterance that it has not got, of which it knows the length.
	t.notThrows(() =>
		fc.assert(
			fc.property(text, options, fc.nat(), (source, given, choice) => {
				const ranges = segment(source, [], {...given, firstUtterance: undefined});
				const from = ranges[choice % Math.max(1, ranges.length)];
				if (from === undefined) return;
				const resumed = segment(source.slice(from.start), [], {...given, firstUtterance: from.text.length});
				assert.deepEqual(
					resumed.map(range => range.text),
					ranges.slice(ranges.indexOf(from)).map(range => range.text),
				);
			}),
			{numRuns: 500},
		),
	);
});

test('complete and flush at any time lose nothing and keep the order', t => {
	const calls = fc.array(fc.constantFrom('push', 'complete', 'flush'), {minLength: 1, maxLength: 60});
	t.notThrows(() =>
		fc.assert(
			fc.property(text, calls, options, (source, steps, given) => {
				const segmenter = new Segmenter(given);
				const ranges: TextRange[] = [];
				const size = Math.ceil(source.length / steps.length);
				for (const [index, step] of steps.entries()) {
					ranges.push(...segmenter.push(source.slice(index * size, (index + 1) * size)));
					const promised = segmenter.endsSentence;
					const given =
						step === 'complete' ? segmenter.complete() : step === 'flush' ? segmenter.flush() : [];
					if (step === 'complete') assert.equal(given.length > 0, promised);
					if (step === 'flush') assert.equal(segmenter.waiting, 0);
					ranges.push(...given);
				}
				ranges.push(...segmenter.flush());
				assert.equal(ranges.map(range => range.text).join(''), source);
				assert.ok(ranges.every((range, index) => range.start === (ranges[index - 1]?.end ?? 0)));
			}),
			{numRuns: 500},
		),
	);
});
