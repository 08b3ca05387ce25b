import {captions} from '../../lib/captions/captions.js';
import type {CaptionFormat} from '../../lib/captions/formats.js';
import type {Source} from '../../lib/captions/punctuation.js';
import type {TimedWord} from '../../lib/synthesizer.js';

const rate = 24_000;

export function timedWord(
	word: string,
	textStart: number,
	startSeconds: number,
	endSeconds: number,
): TimedWord {
	return {
		type: 'word',
		word,
		textStart,
		textEnd: textStart + word.length,
		startSample: Math.round(startSeconds * rate),
		endSample: Math.round(endSeconds * rate),
		startSeconds,
		endSeconds,
		timing: 'exact',
	};
}

/** Reads a text aloud, on paper: the pace, and the pauses after clauses, sentences and paragraphs, of ordinary speech. */
export function read(text: string, language = 'en'): TimedWord[] {
	const words: TimedWord[] = [];
	let now = 0;
	for (const {segment, index, isWordLike} of new Intl.Segmenter(language, {granularity: 'word'}).segment(
		text,
	)) {
		if (!isWordLike) continue;
		if (words.at(-1)?.word !== 'Mrs') now += pause(text.slice(words.at(-1)?.textEnd ?? index, index));
		const end = now + 0.08 + 0.055 * segment.length;
		words.push(timedWord(segment, index, now, end));
		now = end;
	}
	return words;
}

function pause(gap: string): number {
	if (/\n\n/.test(gap)) return 0.73;
	if (/[.!?。]/.test(gap)) return 0.33;
	return /[,;:—、]/.test(gap) ? 0.13 : 0;
}

export async function caption(
	format: CaptionFormat,
	words: Iterable<unknown>,
	text?: string | Source,
): Promise<string> {
	const stream = captions(format, {text});
	const pieces: Buffer[] = [];
	stream.on('data', (piece: Buffer) => pieces.push(piece));
	const ended = new Promise<void>((resolve, reject) => {
		stream.on('end', resolve);
		stream.on('error', reject);
	});
	for (const word of words) stream.write(word);
	stream.end();
	await ended;
	return Buffer.concat(pieces).toString();
}

export interface ParsedCue {
	readonly startMs: number;
	readonly endMs: number;
	readonly lines: readonly string[];
}

/** Reads SubRip as players do, and throws where a cue is not one. */
export function parseSrt(srt: string): ParsedCue[] {
	return srt
		.split('\n\n')
		.slice(0, -1)
		.map((block, index) => {
			const [number, times = '', ...lines] = block.split('\n');
			const match = /^(\d{2,}):(\d\d):(\d\d),(\d{3}) --> (\d{2,}):(\d\d):(\d\d),(\d{3})$/.exec(times);
			if (number !== String(index + 1) || !match || lines.length === 0) throw new Error(`no cue: ${block}`);
			const [h1 = 0, m1 = 0, s1 = 0, ms1 = 0, h2 = 0, m2 = 0, s2 = 0, ms2 = 0] = match.slice(1).map(Number);
			return {
				startMs: ((h1 * 60 + m1) * 60 + s1) * 1000 + ms1,
				endMs: ((h2 * 60 + m2) * 60 + s2) * 1000 + ms2,
				lines,
			};
		});
}
