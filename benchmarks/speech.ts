import {finished} from 'node:stream/promises';
import {setImmediate as nextTick, setTimeout as wait} from 'node:timers/promises';
import {AudibleDetector} from '../lib/audio/audible.js';
import {type LocalSynthesizer, TTSTransform, transcode} from '../lib/index.js';

/** Which voice, on which warm workers. */
export interface Speaker {
	readonly synthesizer: LocalSynthesizer;
	readonly voiceId: string;
}

export interface FirstSound {
	/** ms from the first write to the first chunk. */
	readonly chunk: number;
	/** ms from the first chunk to the one with which the first audible sample, and 50 ms after it, were there. */
	readonly audibleAfter: number;
	/** Where the first audible sample stands in the audio, in ms. */
	readonly audibleAt: number;
}

/** Says one text; when it settles all was read, and the workers are idle again. */
export async function firstSound(speaker: Speaker, text: string): Promise<FirstSound> {
	const stream = new TTSTransform(speaker);
	const detector = new AudibleDetector(stream.sampleRate);
	let [chunk, audible, position] = [Number.NaN, Number.NaN, Number.NaN];
	stream.on('data', (pcm: Buffer) => {
		const now = performance.now();
		if (Number.isNaN(chunk)) chunk = now;
		const found = detector.push(pcm);
		if (found === undefined || !Number.isNaN(position)) return;
		audible = now;
		position = (found * 1000) / stream.sampleRate;
	});
	const started = performance.now();
	stream.write(text);
	stream.flush();
	stream.end();
	await finished(stream);
	return {chunk: chunk - started, audibleAfter: audible - chunk, audibleAt: position};
}

export interface FirstClause {
	/** ms from the token that holds the clause's last mark to the first chunk. */
	readonly fromMark: number;
	/** ms from the token that shows the clause to be over, since it holds what follows, to the first chunk. */
	readonly fromNext: number;
}

/** Writes a text in tokens of 4 characters, as a language model gives them: `every` ms, or 0 for one in each turn of the event loop. */
export async function firstClause(
	speaker: Speaker,
	{clause, rest}: {readonly clause: string; readonly rest: string},
	every: number,
): Promise<FirstClause> {
	const stream = new TTSTransform(speaker);
	let chunk = Number.NaN;
	stream.once('data', () => {
		chunk = performance.now();
	});
	const ended = finished(stream);
	let [mark, next] = [Number.NaN, Number.NaN];
	const text = clause + rest;
	for (let start = 0; start < text.length; start += 4) {
		const holds = (at: number) => at >= start && at < start + 4;
		if (holds(clause.trimEnd().length - 1)) mark = performance.now();
		if (holds(clause.length)) next = performance.now();
		stream.write(text.slice(start, start + 4));
		await (every === 0 ? nextTick() : wait(every));
	}
	stream.end();
	await ended;
	return {fromMark: chunk - mark, fromNext: chunk - next};
}

/** Longer than any ffmpeg takes to start, in ms. */
const ffmpegStart = 400;

/** ms from the first write to the first encoded bytes; ffmpeg has been started by then, as the stream does once it is read. */
export async function firstEncoded(speaker: Speaker, text: string): Promise<number> {
	const stream = new TTSTransform(speaker);
	const encoded = stream.pipe(transcode('mp3'));
	let first = Number.NaN;
	encoded.on('data', () => {
		if (!Number.isNaN(first)) return;
		first = performance.now();
		// Not before: at its end ffmpeg would give what it holds.
		stream.end();
	});
	const ended = finished(encoded);
	await wait(ffmpegStart);
	const started = performance.now();
	stream.write(text);
	stream.flush();
	await ended;
	return first - started;
}
