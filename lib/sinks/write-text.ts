import {once} from 'node:events';
import {finished} from '../streams.js';
import {type Flush, flush} from '../synthesizer.js';
import type {TTSTransform} from '../transform/tts-transform.js';
import {leave, waitFor} from '../waiting.js';

/**
 * Writes a text and its end, with backpressure. What the text throws destroys the speech; a speech that is over before its
 * text leaves the text: an LLM's stream stops then.
 */
export function writeText(speech: TTSTransform, text: string | AsyncIterable<string | Flush>): void {
	if (typeof text === 'string') speech.end(text);
	else feed(speech, text).catch(error => speech.destroy(error));
}

async function feed(speech: TTSTransform, text: AsyncIterable<string | Flush>): Promise<void> {
	const over = new AbortController();
	finished(speech, () => over.abort());
	const {signal} = over;
	const pieces = text[Symbol.asyncIterator]();
	try {
		for (;;) {
			const {done, value} = await waitFor(pieces.next(), signal);
			if (done) break;
			if (value === flush) speech.flush();
			else if (!speech.write(value)) await once(speech, 'drain', {signal});
		}
		speech.end();
	} finally {
		leave(pieces);
	}
}
