import {Readable} from 'node:stream';
import test from 'ava';
import {shortened} from '../../lib/engines/shortened.js';
import type {SpeakablePart} from '../../lib/text/speakable.js';

const long =
	'This goes on, and on, without an end that anybody could foresee or would like to wait for at all. ';

async function texts(parts: readonly SpeakablePart[], most: (isFirst: boolean) => number): Promise<string[]> {
	const given: string[] = [];
	let end = 0;
	for await (const {range} of shortened(Readable.from(parts), most)) {
		if (range.start !== end || range.end !== end + range.text.length) throw new Error('they do not adjoin');
		end = range.end;
		given.push(range.text);
	}
	return given;
}

const part = (start: number, text: string, unspoken?: string): SpeakablePart => ({
	range: {start, end: start + text.length, text, boundary: 'sentence'},
	...(unspoken === undefined ? {} : {unspoken}),
});

test('pieces adjoin and are short; what is not spoken stays as it is, and what is first has a limit of its own', async t => {
	const parts = [part(0, long, 'no'), part(long.length, long), part(2 * long.length, long)];
	const given = await texts(parts, isFirst => (isFirst ? Infinity : 40));
	t.is(given.join(''), long.repeat(3));
	t.deepEqual(given.slice(0, 2), [long, long]);
	t.true(given.length > 4);
	t.true(given.slice(2).every(text => text.length <= 40));
});

test('without a limit nothing is cut', async t => {
	t.deepEqual(await texts([part(0, long), part(long.length, long)], () => Infinity), [long, long]);
});
