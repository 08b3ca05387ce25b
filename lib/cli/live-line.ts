import {stripVTControlCharacters} from 'node:util';
import type {TTSTransform} from '../index.js';

/** Shows on a terminal what is being said, how much audio there is and how fast it is made. Gives how to end it. */
export function showLive(speech: TTSTransform, terminal: NodeJS.WriteStream): () => void {
	const started = performance.now();
	let [spoken, seconds, firstChunk] = ['', 0, NaN];
	let drawn = 0;

	const draw = () => {
		drawn = performance.now();
		const factor = seconds > 0 ? ` · ${((drawn - started) / 1000 / seconds).toFixed(3)}x` : '';
		const first = Number.isNaN(firstChunk) ? '' : ` · first chunk ${firstChunk.toFixed(0)} ms`;
		const facts = `${seconds.toFixed(1)} s${first}${factor}`;
		const room = Math.max(0, (terminal.columns || 80) - facts.length - 4);
		terminal.write(`\r\x1b[K${facts}  ${room > 0 ? spoken.slice(-room) : ''}`);
	};
	const onWord = (word: {word: string; endSeconds: number}) => {
		if (Number.isNaN(firstChunk)) firstChunk = performance.now() - started;
		spoken = `${spoken} ${stripVTControlCharacters(word.word)}`.slice(-1000);
		seconds = word.endSeconds;
		if (performance.now() - drawn > 50) draw();
	};
	speech.on('word', onWord);
	speech.on('timeline', timeline => {
		seconds = timeline.audioSeconds;
		firstChunk = timeline.firstChunkMs ?? NaN;
	});
	return () => {
		draw();
		terminal.write('\n');
	};
}
