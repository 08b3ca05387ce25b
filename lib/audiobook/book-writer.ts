import {writeFile} from 'node:fs/promises';
import {extname, join} from 'node:path';
import {SpeechError} from '../errors.js';
import {fileFailed} from '../sinks/file-errors.js';
import {
	type BookEncoder,
	type BookEncoderOptions,
	type BookFormat,
	finishBookFile,
	packetSeconds,
	startBookEncoder,
} from '../transcode/book-files.js';
import type {Book} from './book.js';
import {languageCode} from './language-code.js';
import {type Mark, metadataFile} from './metadata.js';

/** Where the audio goes as it is made: PCM in, files out. */
export interface BookWriter {
	/** What follows is of this chapter, the first or a later one of `book.chapters`. */
	begin(chapter: number): Promise<void>;
	/** Settles when there is room for more. */
	write(pcm: Buffer): Promise<void>;
	/** Settles when all files are whole; gives their names within the folder. */
	finish(): Promise<string[]>;
	/** Gives up; settles when no process is left. */
	abandon(): Promise<void>;
}

export interface WriterOptions {
	readonly book: Book;
	readonly format: BookFormat;
	/** Hz. */
	readonly sampleRate: number;
	readonly bitrate?: number | undefined;
	/** Where the files are made. */
	readonly folder: string;
	/** What they are for, in messages. */
	readonly output: string;
	readonly signal: AbortSignal;
}

/** A file on its way: what was written, and where chapters begin in it. */
interface OpenFile {
	readonly name: string;
	readonly encoder: BookEncoder;
	readonly encoded: string;
	samples: number;
	readonly starts: Array<{readonly chapter: number; readonly startSample: number}>;
}

/** All chapters in one file. */
export function singleFileWriter(options: WriterOptions, name: string): BookWriter {
	let file: OpenFile | undefined;
	return {
		async begin(chapter) {
			file ??= await openFile(name, options);
			file.starts.push({chapter, startSample: file.samples});
		},
		write: pcm => writeTo(file, pcm, options),
		async finish() {
			if (!file) return [];
			await finishFile(file, options);
			return [name];
		},
		abandon: async () => file?.encoder.kill(),
	};
}

/** At most so many files are finished while the next is encoded. */
const finishing = 2;

/** A file for each chapter; `names` in the order of `book.chapters`. */
export function chapterFilesWriter(options: WriterOptions, names: readonly string[]): BookWriter {
	let file: OpenFile | undefined;
	const done: string[] = [];
	let running: Array<Promise<void>> = [];
	const close = async () => {
		if (!file) return;
		const closed = file;
		file = undefined;
		done.push(closed.name);
		const work = finishFile(closed, options, closed.starts[0]?.chapter);
		work.catch(() => {});
		running.push(work);
		if (running.length >= finishing) await running.shift();
	};
	return {
		async begin(chapter) {
			await close();
			file = await openFile(names[chapter] ?? '', options);
			file.starts.push({chapter, startSample: 0});
		},
		write: pcm => writeTo(file, pcm, options),
		async finish() {
			await close();
			await Promise.all(running);
			running = [];
			return done;
		},
		async abandon() {
			await file?.encoder.kill();
			await Promise.allSettled(running);
		},
	};
}

async function openFile(
	name: string,
	{format, sampleRate, bitrate, folder, signal}: WriterOptions,
): Promise<OpenFile> {
	const encoded = join(folder, `encoded ${name}`);
	const settings: BookEncoderOptions = {format, sampleRate, bitrate, file: encoded, signal};
	return {name, encoder: await startBookEncoder(settings), encoded, samples: 0, starts: []};
}

async function writeTo(file: OpenFile | undefined, pcm: Buffer, options: WriterOptions): Promise<void> {
	if (!file || pcm.length === 0) return;
	file.samples += pcm.length / 2;
	await file.encoder.write(pcm).catch(error => {
		throw inWords(error, options);
	});
}

/** `chapter`: the one that it holds, where it holds one of several. */
async function finishFile(file: OpenFile, options: WriterOptions, chapter?: number): Promise<void> {
	const {book, format, sampleRate, folder, signal} = options;
	const {name, encoder, encoded, samples} = file;
	const output = join(folder, name);
	const beside = (extension: string) => join(folder, `${name}.${extension}`);
	const {cover} = book;
	// WAV has no place for pictures; in Ogg they are tags.
	const picture =
		cover && format !== 'wav' && format !== 'opus' ? beside(cover.mediaType.slice(6)) : undefined;
	try {
		await encoder.end();
		const metadata = metadataFile({
			book,
			format,
			sampleRate,
			marks: marksOf(file, book),
			part: chapter === undefined ? undefined : partOf(book, chapter),
		});
		await writeFile(beside('txt'), metadata);
		if (cover && picture !== undefined) await writeFile(picture, cover.bytes);
		const language = languageCode(book.language);
		await finishBookFile({
			format,
			audio: encoded,
			metadata: beside('txt'),
			cover: picture,
			language,
			output,
			signal,
		});
		await checkDuration(output, samples / sampleRate, signal);
	} catch (error) {
		throw inWords(error, options);
	}
}

function partOf({chapters}: Book, chapter: number) {
	const {number = chapter + 1, title = ''} = chapters[chapter] ?? {};
	return {number, count: chapters.at(-1)?.number ?? number, title};
}

function marksOf({samples, starts}: OpenFile, book: Book): Mark[] {
	return starts.map(({chapter, startSample}, index) => ({
		title: book.chapters[chapter]?.title ?? '',
		startSample,
		endSample: starts[index + 1]?.startSample ?? samples,
	}));
}

/** Seconds by which packets may end later than the samples: two frames of the coarsest codec at 8 kHz. */
const frames = 0.3;

/** ffmpeg can end well and have dropped audio. */
async function checkDuration(file: string, wanted: number, signal: AbortSignal): Promise<void> {
	const seconds = await packetSeconds(file, signal);
	if (Math.abs(seconds - wanted) <= frames) return;
	throw new SpeechError(
		'FFMPEG_FAILED',
		`ffmpeg wrote ${seconds.toFixed(3)} s of ${wanted.toFixed(3)} s into a ${extname(file)} file, and told of no error.`,
	);
}

/** A full disk shows in what ffmpeg says. */
function inWords(error: unknown, {output}: WriterOptions): unknown {
	const isFull = error instanceof SpeechError && /No space left on device/.test(error.message);
	if (!isFull) return error;
	return fileFailed(output, Object.assign(new Error(error.message, {cause: error}), {code: 'ENOSPC'}));
}
