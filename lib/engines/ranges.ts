import type {Reading} from '../phonemes/reading.js';
import {type Flush, flush} from '../synthesizer.js';
import type {Segmenter, TextRange} from '../text/segmenter.js';
import {type SpeakablePart, splitByScript} from '../text/speakable.js';
import {late, leave, waitFor} from '../waiting.js';

/** A long text is segmented piece by piece, so that its ranges are made as they are taken and not all at once. */
const sliceLength = 4096;

export interface RangesOptions {
	readonly segmenter: Segmenter;
	/** ms without new text after which a complete sentence waits no longer. */
	readonly deadline: number;
	readonly scripts: readonly string[];
	/** What of a text is said otherwise than it is written: it is read in any script. */
	readonly readings: (text: string) => readonly Reading[];
	readonly signal: AbortSignal;
}

/** The ranges of a text as it comes, each told whether the voice can read it. Reads no more text than is asked for. */
export async function* ranges(
	text: AsyncIterable<string | Flush>,
	{segmenter, deadline, scripts, readings, signal}: RangesOptions,
): AsyncGenerator<SpeakablePart, void> {
	const source = text[Symbol.asyncIterator]();
	const split = (range: TextRange) => splitByScript(range, scripts, readings(range.text));
	try {
		let next = source.next();
		for (;;) {
			const result = await waitFor(next, signal, segmenter.endsSentence ? deadline : Infinity);
			if (result === late) {
				for (const range of segmenter.complete()) yield* split(range);
				continue;
			}
			if (result.done) break;
			if (result.value === flush) {
				for (const range of segmenter.flush()) yield* split(range);
			} else {
				for (let at = 0; at < result.value.length; at += sliceLength) {
					signal.throwIfAborted();
					for (const range of segmenter.push(result.value.slice(at, at + sliceLength))) yield* split(range);
				}
			}
			next = source.next();
		}
		for (const range of segmenter.flush()) yield* split(range);
	} finally {
		leave(source);
	}
}
