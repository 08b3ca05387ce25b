import type {Readable} from 'node:stream';
import {SpeechError} from '../index.js';

/** In UTF-16 units: a line that is longer is none of a text. */
const longestLine = 2 ** 20;

/** The lines of a text, each as soon as it is complete. Throws TEXT_INVALID_UTF8, and TEXT_INVALID for a line past all measure. */
export async function* linesOf(source: Readable): AsyncGenerator<string> {
	const decoder = new TextDecoder('utf-8', {fatal: true});
	let rest = '';
	for await (const chunk of source) {
		rest += typeof chunk === 'string' ? chunk : decode(decoder, chunk);
		const lines = rest.split(/\r?\n/);
		rest = lines.pop() ?? '';
		yield* lines;
		if (rest.length > longestLine)
			throw new SpeechError('TEXT_INVALID', `A line is longer than ${longestLine} characters: break it.`);
	}
	rest += decode(decoder);
	if (rest !== '') yield rest;
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
	try {
		return decoder.decode(chunk, {stream: chunk !== undefined});
	} catch (cause) {
		const message =
			'The text is not UTF-8: convert it first (iconv -f ISO-8859-1 -t UTF-8, with the encoding that it has).';
		throw new SpeechError('TEXT_INVALID_UTF8', message, {cause});
	}
}
