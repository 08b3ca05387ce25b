import type {Book} from '../../../lib/audiobook/index.js';
import type {ReadAlongChapter, ReadAlongWord} from '../../../lib/audiobook/read-along/read-along.js';

/** Samples of each word, and of the pause behind it. */
export const wordSamples = 6000;
export const pauseSamples = 1200;
export const sampleRate = 24_000;

/** Words as a voice would give them, each as long as the other. */
export function spokenChapters(book: Book, audio: string): ReadAlongChapter[] {
	return book.chapters.map(({blocks}, chapter) => {
		const words: ReadAlongWord[] = [];
		for (const [block, {text}] of blocks.entries())
			for (const {0: word, index} of text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)) {
				const startSample = words.length * (wordSamples + pauseSamples);
				const endSample = startSample + wordSamples;
				words.push({block, textStart: index, textEnd: index + word.length, startSample, endSample});
			}
		const samples = words.length * (wordSamples + pauseSamples) + sampleRate;
		return {chapter, audio, mediaType: 'audio/mpeg', sampleRate, samples, words};
	});
}
