import {cutPoint} from '../text/cut.js';
import type {TextRange} from '../text/segmenter.js';
import type {SpeakablePart} from '../text/speakable.js';

/**
 * Cuts what is spoken into pieces of at most `most()` UTF-16 units, asked anew for each piece, which is told whether nothing
 * was spoken before it: while others wait nobody has a worker for long, and a slow voice has to be ready in time. The pieces adjoin;
 * nothing is edited.
 */
export async function* shortened(
	parts: AsyncIterable<SpeakablePart>,
	most: (isFirst: boolean) => number,
): AsyncGenerator<SpeakablePart, void> {
	let first = true;
	const next = () => {
		const isFirst = first;
		first = false;
		return most(isFirst);
	};
	for await (const part of parts) {
		if (part.unspoken !== undefined) yield part;
		else for (const range of pieces(part.range, next)) yield {range};
	}
}

function* pieces(range: TextRange, most: () => number): Generator<TextRange, void> {
	let rest = range;
	for (let limit = most(); rest.text.length > limit; limit = most()) {
		const at = cutPoint(rest.text, limit);
		yield {start: rest.start, end: rest.start + at, text: rest.text.slice(0, at), boundary: 'cut'};
		rest = {...rest, start: rest.start + at, text: rest.text.slice(at)};
	}
	yield rest;
}
