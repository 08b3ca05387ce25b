import type {TimedWord} from '../synthesizer.js';
import {type Cue, CueBuilder} from './cues.js';
import {Punctuator, type Source} from './punctuation.js';

/** Turns words into the text of a file, piece by piece: `header`, what `word` gives for each, then `end`. */
export interface CaptionWriter {
	readonly header: string;
	word(word: TimedWord): string;
	end(): string;
}

interface CueFormat {
	readonly header: string;
	readonly lines: 1 | 2;
	/** `number` counts from 1. */
	cue(cue: Cue, number: number): string;
}

/** SubRip: there is no standard, players agree on this. */
const srt: CueFormat = {
	header: '',
	lines: 2,
	cue: ({startMs, endMs, lines}, number) =>
		`${number}\n${clock(startMs, ',')} --> ${clock(endMs, ',')}\n${lines.join('\n')}\n\n`,
};

/** WebVTT, https://www.w3.org/TR/webvtt1/. */
const vtt: CueFormat = {
	header: 'WEBVTT\n\n',
	lines: 2,
	cue: ({startMs, endMs, lines}) =>
		`${clock(startMs, '.')} --> ${clock(endMs, '.')}\n${lines.map(escapeVtt).join('\n')}\n\n`,
};

/** Enhanced LRC: a line's time, then each word's, then where the line ends; minutes go past 99, since it knows no hours. */
const lrc: CueFormat = {
	header: '',
	lines: 1,
	cue({startMs, endMs, words}) {
		let line = `[${minutes(startMs)}] `;
		let space = ' ';
		for (const word of words) {
			line += `<${minutes(Math.max(startMs, word.startMs))}>${space}${word.text}${word.separator}`;
			space = word.separator;
		}
		return `${line.trimEnd()} <${minutes(endMs)}>\n`;
	},
};

const cueFormats = {srt, vtt, lrc};

/** Every format there is: a file of cues, or `json` with each word as it came. */
export type CaptionFormat = keyof typeof cueFormats | 'json';
export const captionFormats: readonly string[] = [...Object.keys(cueFormats), 'json'];

/** Gives the writer of a format; undefined for an unknown one. */
export function writerFor(format: string, source: Source): CaptionWriter | undefined {
	if (format === 'json') return jsonWriter();
	const cueFormat = new Map<string, CueFormat>(Object.entries(cueFormats)).get(format);
	return cueFormat && cueWriter(cueFormat, source);
}

function cueWriter(format: CueFormat, source: Source): CaptionWriter {
	const punctuator = new Punctuator(source);
	const builder = new CueBuilder(format.lines);
	let number = 0;
	const write = (cues: readonly Cue[]) => cues.map(cue => format.cue(cue, ++number)).join('');
	return {
		header: format.header,
		word(word) {
			const shown = punctuator.next(word);
			return shown ? write(builder.add(shown)) : '';
		},
		end() {
			const last = punctuator.end();
			return (last ? write(builder.add(last)) : '') + write(builder.end());
		},
	};
}

/** One document, `{"words": [...]}`, a word a line. */
function jsonWriter(): CaptionWriter {
	let before = '\n';
	return {
		header: '{"words": [',
		word({word, textStart, textEnd, startSample, endSample, startSeconds, endSeconds, timing}) {
			const fields = {word, textStart, textEnd, startSample, endSample, startSeconds, endSeconds, timing};
			const text = before + JSON.stringify(fields);
			before = ',\n';
			return text;
		},
		end: () => '\n]}\n',
	};
}

/** `HH:MM:SS,mmm`, with as many digits of hours as it takes. */
function clock(ms: number, point: '.' | ','): string {
	const seconds = Math.floor(ms / 1000);
	const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two);
	return `${parts.join(':')}${point}${String(ms % 1000).padStart(3, '0')}`;
}

/** `MM:SS.hh`. */
function minutes(ms: number): string {
	const hundredths = Math.floor(ms / 10);
	return `${two(Math.floor(hundredths / 6000))}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

function two(number: number): string {
	return String(number).padStart(2, '0');
}

function escapeVtt(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
