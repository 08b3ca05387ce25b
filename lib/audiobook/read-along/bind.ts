import {join} from 'node:path';
import type {Assembled} from '../assemble.js';
import type {Book} from '../book.js';
import type {ReadAlongSource} from '../options.js';

export interface Binding {
	readonly source: ReadAlongSource;
	/** Where the chapters' files are, and the EPUB goes. */
	readonly folder: string;
	/** Names of the files of the chapters of `assembled`, in order. */
	readonly files: readonly string[];
	readonly format: 'm4b' | 'mp3';
	/** Hz. */
	readonly sampleRate: number;
	/** What the EPUB is called. */
	readonly name: string;
	readonly signal: AbortSignal;
}

/** Makes a read-along EPUB of chapters that are rendered and encoded. */
export async function bindReadAlong(book: Book, {chapters}: Assembled, binding: Binding): Promise<void> {
	const {source, folder, files, format, sampleRate, name, signal} = binding;
	// What writes archives is loaded by those who write one.
	const {writeReadAlong} = await import('./read-along.js');
	await writeReadAlong({
		...source,
		book,
		chapters: chapters.map(({chapter, samples, words = []}, index) => ({
			chapter,
			audio: join(folder, files[index] ?? ''),
			mediaType: format === 'm4b' ? 'audio/mp4' : 'audio/mpeg',
			sampleRate,
			samples,
			words,
		})),
		output: join(folder, name),
		signal,
	});
}
