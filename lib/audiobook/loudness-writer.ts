import {LoudnessMeter} from '../audio/loudness.js';
import {fromPcm} from '../audio/samples.js';
import type {BookWriter} from './book-writer.js';

/** Measures a book's audio by EBU R 128, and writes nothing. */
export function loudnessMeter(sampleRate: number): BookWriter & {readonly integrated: number} {
	const meter = new LoudnessMeter(sampleRate);
	return {
		async begin() {},
		async write(pcm) {
			meter.push(fromPcm(pcm));
		},
		async finish() {
			return [];
		},
		async abandon() {},
		/** LUFS so far; -Infinity for silence. */
		get integrated() {
			return meter.integrated;
		},
	};
}
