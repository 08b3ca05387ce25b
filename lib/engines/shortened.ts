import {cutPoint} from '../text/cut.js';
import type {TextRange} from '../text/segmenter.js';
import type {SpeakablePart} from '../text/speakable.js';

/**
 * Cuts what is spoken after the first part into pieces of at most `most()` UTF-16 units, asked anew for each piece: while
 * others wait nobody has a worker for long. The pieces adjoin; nothing is edited.
 */
export async function* shortened(
	parts: AsyncIterable<SpeakablePart>,
	most: () => number,
): AsyncGenerator<SpeakablePart, void> {
	let first = true;
	for await (const part of parts) {
		if (part.unspoken !== undefined || first) yield part;
		else for (const range of pieces(part.range, most)) yield {range};
		first &&= part.unspoken !== undefined;
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
