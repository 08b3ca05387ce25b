import assert from 'node:assert/strict';
import test from 'ava';
import fc from 'fast-check';
import {Utf8Decoder} from '../../lib/text/decode.js';

test('chunks split anywhere give the text, each character as soon as it is complete', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.string({unit: 'binary', maxLength: 40}), fc.array(fc.nat(160)), (text, cuts) => {
				const decoder = new Utf8Decoder();
				// A mark at the start would be dropped.
				const bytes = Buffer.from(`.${text}`);
				const places = [0, ...cuts.filter(cut => cut < bytes.length).sort((a, b) => a - b), bytes.length];
				let decoded = '';
				for (const [index, place] of places.entries()) {
					decoded += decoder.push(bytes.subarray(places[index - 1] ?? 0, place));
					assert.ok(place - Buffer.byteLength(decoded) <= 3);
				}
				assert.equal(decoded + decoder.end(), `.${text}`);
			}),
			{numRuns: 1000},
		),
	);
});

test('a byte order mark is dropped at the start only, even split', t => {
	const decoder = new Utf8Decoder();
	const given = [...Buffer.from('\uFEFFa\uFEFFb')].map(byte => decoder.push(Uint8Array.of(byte)));
	t.is(given.join('') + decoder.end(), 'a\uFEFFb');
});

test('a replacement character in the text is a character like others', t => {
	t.is(new Utf8Decoder().push(Buffer.from('a\uFFFDb')), 'a\uFFFDb');
});

for (const [name, bytes, offset] of [
	['Latin-1', Buffer.from('caf\xe9 au lait', 'latin1'), 3],
	['a byte that never occurs', Buffer.from([0x61, 0xff]), 1],
	['a lone continuation byte', Buffer.from([0x61, 0x62, 0x80, 0x63]), 2],
	['an overlong form', Buffer.from([0x61, 0xc0, 0xaf, 0x62]), 1],
	['a surrogate', Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x62]), 1],
	['a code point out of range', Buffer.from([0xf4, 0x90, 0x80, 0x80, 0x62]), 0],
	['behind characters of several bytes', Buffer.from('\u00e9\uFFFD😀\xe9x', 'utf8').fill(0xff, 9, 10), 9],
] as const) {
	test(`not UTF-8: ${name}, whole and byte by byte`, t => {
		const expected = {code: 'TEXT_INVALID_UTF8', message: new RegExp(`byte ${offset} .*iconv`)};
		t.throws(() => new Utf8Decoder().push(bytes), expected);
		const decoder = new Utf8Decoder();
		t.throws(() => {
			for (const byte of bytes) decoder.push(Uint8Array.of(byte));
		}, expected);
	});
}

test('an end within a character is an error that names its first byte', t => {
	const decoder = new Utf8Decoder();
	t.is(decoder.push(Buffer.from('ab😀').subarray(0, 5)), 'ab');
	t.throws(() => decoder.end(), {code: 'TEXT_INVALID_UTF8', message: /byte 2 /});
});
