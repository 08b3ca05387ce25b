import type {Timeline, TTSTransform} from '../index.js';
import {plain} from './plain.js';

/** ms between two pictures. */
const frame = 50;
/** Columns for the gap before the words, and for the `^C` that a terminal echoes: a line that wraps could not be cleared. */
const reserved = 5;
/** Characters of what was said last that are kept: more than a line of any terminal. */
const kept = 1000;

export interface LiveLine {
	/** Shows the last state and leaves it there. */
	end(): void;
	/** Takes the line away. */
	clear(): void;
}

/**
 * Shows on a terminal what is being said, how much audio there is and how fast it is made. `typing`: text is typed on the same
 * terminal, so nothing is drawn over it before the end.
 */
export function showLive(speech: TTSTransform, terminal: NodeJS.WriteStream, typing: boolean): LiveLine {
	const clock = stopwatch(speech);
	let [spoken, drawn] = ['', 0];

	const draw = () => {
		drawn = performance.now();
		const facts = clock();
		const room = (terminal.columns || 80) - facts.length - reserved;
		terminal.write(`\r\x1b[K${facts}  ${lastColumns(spoken, room)}`);
	};
	speech.on('word', ({word}) => {
		spoken = `${spoken} ${plain(word)}`.slice(-kept);
		if (!typing && performance.now() - drawn > frame) draw();
	});
	return {
		end() {
			draw();
			terminal.write('\n');
		},
		clear() {
			if (drawn > 0) terminal.write('\r\x1b[K');
		},
	};
}

/** Gives the facts as they stand: seconds of audio, ms to the first chunk, time taken over time made. */
function stopwatch(speech: TTSTransform): () => string {
	let started = performance.now();
	let first: number | undefined;
	let seconds = 0;
	let whole: Timeline | undefined;
	// Text may come late: the time runs from its first piece on.
	speech.once('pipe', source => source.once('data', () => (started = performance.now())));
	speech.on('word', ({endSeconds}) => {
		first ??= performance.now() - started;
		seconds = endSeconds;
	});
	speech.on('timeline', timeline => {
		whole = timeline;
	});
	return () => {
		const factor = whole?.realTimeFactor ?? (performance.now() - started) / 1000 / seconds;
		const parts = [`${(whole?.audioSeconds ?? seconds).toFixed(1)} s`];
		if (first !== undefined) parts.push(`first chunk ${(whole?.firstChunkMs ?? first).toFixed(0)} ms`);
		if (Number.isFinite(factor)) parts.push(`real-time factor ${factor.toFixed(3)}`);
		return parts.join(' · ');
	};
}

/** As much of the end of a text as fits. Letters from Hangul on count as two columns, as most of them have. */
function lastColumns(text: string, columns: number): string {
	let left = columns;
	const shown: string[] = [];
	for (const {segment} of [...new Intl.Segmenter().segment(text)].reverse()) {
		left -= segment >= '\u1100' ? 2 : 1;
		if (left < 0) break;
		shown.unshift(segment);
	}
	return shown.join('');
}
