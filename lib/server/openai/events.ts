import {finished, Readable} from '../../streams.js';
import type {BegunSpeech} from '../http/speeches.js';

/** As OpenAI counts the audio that its models make: a token is 50 ms. */
const tokensPerSecond = 20;
/** OpenAI's rule of thumb for English. Its tokenizer is a model's own; there is none here. */
const charactersPerToken = 4;

/**
 * Speech as server-sent events (WHATWG HTML, 9.2): `speech.audio.delta` with audio in base64 and, when all was spoken,
 * `speech.audio.done`. A failure destroys it.
 */
export function eventStream({stream, meter}: BegunSpeech): Readable {
	const events = async function* () {
		for await (const chunk of stream) {
			// A stream of bytes gives Buffers.
			const audio = (chunk as Buffer).toString('base64');
			yield event({type: 'speech.audio.delta', audio});
		}
		const {characters, audioSeconds} = meter.report('finished');
		const input = Math.ceil(characters / charactersPerToken);
		const output = Math.ceil(audioSeconds * tokensPerSecond);
		const usage = {input_tokens: input, output_tokens: output, total_tokens: input + output};
		yield event({type: 'speech.audio.done', usage});
	};
	const out = Readable.from(events(), {objectMode: false, highWaterMark: 64 * 1024});
	// A generator that waits for audio hears of nothing.
	finished(out, () => stream.destroy());
	return out;
}

function event(data: object): string {
	return `data: ${JSON.stringify(data)}\n\n`;
}
