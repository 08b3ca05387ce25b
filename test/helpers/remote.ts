import type {ExecutionContext} from 'ava';
import type {RemoteSynthesizerOptions} from '../../lib/client/options.js';
import {RemoteSynthesizer} from '../../lib/client/remote-synthesizer.js';
import type {SpeechServerOptions} from '../../lib/server/options.js';
import type {Flush, SpeakOptions, SpeechEvent, Synthesizer} from '../../lib/synthesizer.js';
import {ToneSynthesizer} from './tone.js';
import {running} from './wire-client.js';

/** A real server that speaks tone, closed after the test. */
export async function toneServer(t: ExecutionContext, options: Partial<SpeechServerOptions> = {}) {
	const {server, url, synthesizer} = await running(t, {voiceId: 'tone', ...options});
	return {server, url, engine: synthesizer.engine};
}

/** A client, closed after the test. */
export function remote(t: ExecutionContext, options: RemoteSynthesizerOptions): RemoteSynthesizer {
	const synthesizer = new RemoteSynthesizer(options);
	t.teardown(() => synthesizer.close());
	return synthesizer;
}

/** A server of tone and a client of it. */
export async function remoteTone(t: ExecutionContext, options: Partial<RemoteSynthesizerOptions> = {}) {
	const served = await toneServer(t);
	return {...served, synthesizer: remote(t, {url: served.url, ...options})};
}

/** Text as it comes: the pieces, one turn of the event loop apart. */
export async function* inPieces(pieces: Iterable<string | Flush>): AsyncGenerator<string | Flush> {
	for (const piece of pieces) {
		await new Promise(resolve => setImmediate(resolve));
		yield piece;
	}
}

/** What a speech gave. */
export interface Spoken {
	readonly events: SpeechEvent[];
	readonly pcm: Buffer;
	readonly words: Array<SpeechEvent & {type: 'word'}>;
	/** Ranges that were spoken whole, and those that were not spoken, in order. */
	readonly ranges: Array<{textStart: number; textEnd: number; spoken: boolean}>;
}

/** Speaks everything, at 16 kHz. */
export async function speakAll(
	synthesizer: Synthesizer,
	text: string | Iterable<string | Flush> | AsyncIterable<string | Flush>,
	options: Partial<SpeakOptions> = {},
): Promise<Spoken> {
	const source =
		typeof text === 'string' ? inPieces([text]) : Symbol.asyncIterator in text ? text : inPieces(text);
	const events: SpeechEvent[] = [];
	for await (const event of synthesizer.speak(source, {sampleRate: 16_000, voiceId: 'tone', ...options}))
		events.push(event);
	return {events, ...summary(events)};
}

/** What a speech gave, of its events. */
export function summary(events: readonly SpeechEvent[]): Omit<Spoken, 'events'> {
	return {
		pcm: Buffer.concat(events.flatMap(event => (event.type === 'audio' ? [event.pcm] : []))),
		words: events.filter(event => event.type === 'word'),
		ranges: events.flatMap(event => {
			if (event.type !== 'unspoken' && !(event.type === 'utterance' && event.endSample !== undefined))
				return [];
			return [{textStart: event.textStart, textEnd: event.textEnd, spoken: event.type === 'utterance'}];
		}),
	};
}

/** What a local run of the same ranges gives, one after the other: audio, and words with where they stand. */
export async function localRun(
	text: string,
	ranges: Spoken['ranges'],
	local: Synthesizer = new ToneSynthesizer(),
	options: Partial<SpeakOptions> = {},
): Promise<{pcm: Buffer; words: Array<[string, number, number]>}> {
	const pieces: Buffer[] = [];
	const words: Array<[string, number, number]> = [];
	let samples = 0;
	for (const {textStart, textEnd, spoken} of ranges) {
		if (!spoken) continue;
		const firstUtterance = textEnd - textStart;
		const part = await speakAll(local, text.slice(textStart, textEnd), {...options, firstUtterance});
		for (const word of part.words)
			words.push([word.word, textStart + word.textStart, samples + word.startSample]);
		pieces.push(part.pcm);
		samples += part.pcm.length / 2;
	}
	return {pcm: Buffer.concat(pieces), words};
}
