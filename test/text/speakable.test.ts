import assert from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import {scriptNames} from '../../lib/text/scripts.js';
import {splitByScript} from '../../lib/text/speakable.js';

const split = (text: string, scripts: readonly string[] = ['Latin']) =>
	splitByScript({start: 10, end: 10 + text.length, text, boundary: 'sentence'}, scripts);
const han = 'the voice does not read Han script';
const nothing = 'there is nothing to say here: no letter, no digit, no symbol that has a name in speech';

/** Pairs of a part's text and why it is not spoken. */
function parts(name: string, text: string, expected: [string, string?][], scripts?: readonly string[]): void {
	test(name, t => {
		t.deepEqual(
			split(text, scripts).map(({range, unspoken}) =>
				unspoken === undefined ? [range.text] : [range.text, unspoken],
			),
			expected,
		);
	});
}

parts('a range that is read stays whole', 'Hello, café №5! ', [['Hello, café №5! ']]);
parts('a range that is not read names its script', '今日、 ', [['今日、 ', han]]);
parts('punctuation and space stay with what stands before them', 'He said “你好。” and left.', [
	['He said “'],
	['你好。” ', han],
	['and left.'],
]);
parts('several scripts that are not read', 'Это 今日は.', [
	['Это 今日は.', 'the voice does not read Cyrillic, Han, and Hiragana script'],
]);
parts('a number goes with the part that is read', '你好, 42 times, 好 42.', [
	['你好, ', han],
	['42 times, '],
	['好 42.', han],
]);
parts('digits and spoken symbols alone are read', '$5 + 3% ', [['$5 + 3% ']]);
parts(
	'a script among several',
	'今日はTokyoへ',
	[['今日はTokyoへ']],
	['Han', 'Hiragana', 'Katakana', 'Latin'],
);
parts('the long vowel mark goes with the kana', 'コーヒー', [['コーヒー']], ['Katakana']);
parts('letters of both widths, with marks', 'Ａe\u0301', [['Ａe\u0301']]);
parts('white space alone is blank', ' \n\u0085\u3000', [[' \n\u0085\u3000', 'blank']]);
parts('punctuation alone', '— … !', [['— … !', nothing]]);
parts('emoji alone have names', '😀👨‍👩‍👧 ', [['😀👨‍👩‍👧 ']]);
parts('signs that are not said alone', '™ ↔', [['™ ↔', nothing]]);
parts('control characters alone', '\u0000\u0007', [['\u0000\u0007', nothing]]);
parts('a lone surrogate alone', '\uD83D', [['\uD83D', nothing]]);
parts('all of these beside letters are no obstacle', 'a\uD83D\u0000😀\uE000 b', [
	['a\uD83D\u0000😀\uE000 b'],
]);
parts('a script that we have no name for', '𐤀', [['𐤀', 'the voice does not read this script']]);

test('the parts adjoin, cover the range, and the last one ends as it does', t => {
	const scraps = ['a', ' ', '5', '你', 'я', '。', '"', '😀', '\uD83D', '\u0301', '\u0000', '%', 'ー'];
	const text = fc
		.array(fc.constantFrom(...scraps), {minLength: 1, maxLength: 30})
		.map(found => found.join(''));
	t.notThrows(() =>
		fc.assert(
			fc.property(text, fc.subarray(['Latin', 'Han', 'Cyrillic'], {minLength: 1}), (source, scripts) => {
				const ranges = split(source, scripts).map(part => part.range);
				assert.equal(ranges.map(range => range.text).join(''), source);
				let offset = 10;
				for (const range of ranges) {
					assert.equal(range.start, offset);
					assert.equal(range.end - range.start, range.text.length);
					offset = range.end;
				}
				assert.equal(offset, 10 + source.length);
				assert.equal(ranges.at(-1)?.boundary, 'sentence');
			}),
			{numRuns: 1000},
		),
	);
});

test('a number that follows what is not read begins with its sign', t => {
	t.deepEqual(
		split('你好 $5 each').map(({range}) => [range.start, range.end, range.text, range.boundary]),
		[
			[10, 13, '你好 ', 'cut'],
			[13, 20, '$5 each', 'sentence'],
		],
	);
});

test('every script has the name that Unicode gives it', t => {
	for (const [code, name] of Object.entries(scriptNames)) {
		t.notThrows(() => new RegExp(`\\p{Script=${name}}`, 'u'), name);
		t.is(new RegExp(`\\p{Script=${code}}`, 'u').test(sample(name)), true, name);
	}
});

/** The first character of a script in the order of Unicode. */
function sample(name: string): string {
	const pattern = new RegExp(`\\p{Script=${name}}`, 'u');
	for (let point = 0; point < 0x20000; point++) {
		const character = String.fromCodePoint(point);
		if (pattern.test(character)) return character;
	}
	return '';
}
