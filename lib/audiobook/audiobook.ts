import {mkdir, writeFile} from 'node:fs/promises';
import {basename, extname, join} from 'node:path';
import {SpeechError} from '../errors.js';
import {isPicture} from '../transcode/book-files.js';
import {type Assembled, assemble, type Gap} from './assemble.js';
import type {Book} from './book.js';
import {chapterFilesWriter, singleFileWriter} from './book-writer.js';
import {pruneCache} from './cache-upkeep.js';
import type {BookEvent} from './events.js';
import {isFinished, keepsOnlyOurs, noteFinished} from './finished.js';
import {type Level, levelBetween, unchanged, usualLevel} from './level.js';
import {loudnessMeter} from './loudness-writer.js';
import type {Audiobook, AudiobookOptions} from './options.js';
import {chapterName, openWorkplace, placeFiles, reportName} from './output.js';
import type {PlannedUtterance} from './plan.js';
import {type Preparation, prepare} from './preparation.js';
import {bindReadAlong} from './read-along/bind.js';
import {renderInOrder} from './render.js';
import {reportPage} from './report.js';

/**
 * Makes a book's audiobook. What was rendered is kept, so that a run that was stopped or killed goes on where it was, and the result is
 * the same, byte for byte. Files appear whole or not at all.
 *
 * Throws BOOK_LOCKED where another run makes the same output, BOOK_INCOMPLETE where parts could not be spoken (each was told by a
 * `failed` event), FILE_FAILED, FFMPEG_FAILED, FFMPEG_MISSING, OPTION_INVALID, VOICE_UNKNOWN, and what the synthesizer throws.
 */
export async function makeAudiobook(book: Book, options: AudiobookOptions): Promise<Audiobook> {
	const started = performance.now();
	const {overwrite = false} = options;
	const plan = await prepare(book, options);
	const {output, finishedKey, render} = plan;
	const {cache} = render;
	const workplace = await openWorkplace(output);
	try {
		if (!overwrite) {
			const files = await isFinished(cache, finishedKey, output);
			if (files) return {...nothing, files, wasFinished: true, tookSeconds: secondsSince(started)};
			await keepsOnlyOurs(cache, finishedKey, output);
		}
		return await make(book, {options, plan, folder: workplace.folder, started});
	} finally {
		await workplace.close();
	}
}

interface Making {
	readonly options: AudiobookOptions;
	readonly plan: Preparation;
	/** Where files are made. */
	readonly folder: string;
	/** On `performance.now()`'s clock. */
	readonly started: number;
}

async function make(source: Book, making: Making): Promise<Audiobook> {
	const {options, plan} = making;
	const {cache} = plan.render;
	const release = await cache.lease(new Set(plan.keys));
	try {
		const book = await withUsableCover(source, making);
		const {assembled, names} = await render(book, making);
		// Before they are in their places: a run that is killed in between finds that they are its own.
		if (assembled.gaps.length === 0) await noteFinished(cache, plan.finishedKey, making.folder, names);
		const files = await placeFiles(making.folder, names, plan.output);
		return await report(book, summary(book, assembled, files, making), assembled, making);
	} finally {
		await release();
		await pruneCache(cache.folder, {maxBytes: options.cacheBytes});
	}
}

/** A broken picture would show at the very end only, when everything is rendered. */
async function withUsableCover(book: Book, {folder, options}: Making): Promise<Book> {
	const {cover} = book;
	if (!cover) return book;
	const file = join(folder, `cover.${cover.mediaType.slice(6)}`);
	await writeFile(file, cover.bytes);
	if (await isPicture(file, options.signal)) return book;
	const warning = 'The cover is no picture that ffmpeg can read: the audiobook has none.';
	return {...book, cover: undefined, warnings: [...book.warnings, warning]};
}

/** Makes the files, in a folder of their own. */
async function render(book: Book, making: Making): Promise<{assembled: Assembled; names: string[]}> {
	const {options, plan} = making;
	const {onEvent = () => {}, signal = new AbortController().signal, allowGaps = false, captions} = options;
	const {utterances, output, render} = plan;
	const giveUp = new AbortController();
	const writer = writerFor(book, making, giveUp.signal);
	try {
		onEvent(startOf(book, utterances));
		const level = await levelFor(book, making);
		const assembled = await assemble(renderInOrder(utterances, {...render, signal}), {
			book,
			sampleRate: render.sampleRate,
			level,
			writers: [writer],
			allowGaps,
			captions: captions && {format: captions, perFile: output.isFolder ? 'chapter' : 'book'},
			wantsWords: output.isReadAlong,
			onEvent,
		});
		if (assembled.gaps.length > 0 && !allowGaps) throw incomplete(assembled.gaps);
		onEvent({type: 'finishing'});
		const names = await bound(book, assembled, await writer.finish(), making);
		names.push(...(await writeCaptions(book, assembled, making)));
		signal.throwIfAborted();
		return {assembled, names};
	} catch (error) {
		giveUp.abort();
		await writer.abandon();
		throw error;
	}
}

/** The names of the files that are the output: of a read-along EPUB's chapters one is made. */
async function bound(
	book: Book,
	assembled: Assembled,
	files: string[],
	{options, plan, folder}: Making,
): Promise<string[]> {
	const {path, isReadAlong, format} = plan.output;
	const {readAlong, signal = new AbortController().signal} = options;
	if (!isReadAlong || !readAlong) return files;
	const name = basename(path);
	const audio = {
		files,
		folder,
		format: format === 'm4b' ? 'm4b' : 'mp3',
		sampleRate: plan.render.sampleRate,
	} as const;
	await bindReadAlong(book, assembled, {...audio, source: readAlong, name, signal});
	return [name];
}

function writerFor(book: Book, {options, plan, folder}: Making, signal: AbortSignal) {
	const {output, render} = plan;
	const {format, path, isFolder, isReadAlong} = output;
	const {bitrate} = options;
	// An EPUB has its cover once.
	const told = isReadAlong ? {...book, cover: undefined} : book;
	const settings = {book: told, format, sampleRate: render.sampleRate, bitrate, folder, output: path, signal};
	if (!isFolder && !isReadAlong) return singleFileWriter(settings, basename(path));
	return chapterFilesWriter(
		settings,
		chapterNames(book).map(name => `${name}.${format === 'm4b' ? 'm4a' : format}`),
	);
}

function chapterNames({chapters}: Book): string[] {
	const last = chapters.at(-1)?.number ?? 0;
	return chapters.map(chapter => chapterName(chapter, last));
}

/** Where a loudness is asked for, all is rendered and measured first: it is read from the cache afterwards. Throws BOOK_INCOMPLETE. */
async function levelFor(book: Book, {options, plan}: Making): Promise<Level> {
	const {loudness, allowGaps = false, onEvent = () => {}, signal = new AbortController().signal} = options;
	const {utterances, render} = plan;
	const {sampleRate} = render;
	if (loudness === 'off') return unchanged;
	if (loudness === undefined) return usualLevel(sampleRate);
	const meter = loudnessMeter(sampleRate);
	const {gaps} = await assemble(renderInOrder(utterances, {...render, signal}), {
		book,
		sampleRate,
		level: unchanged,
		writers: [meter],
		// What failed may succeed in the second pass; here it is only not measured.
		allowGaps: true,
		wantsWords: false,
		onEvent,
	});
	if (gaps.length > 0 && !allowGaps) throw incomplete(gaps);
	const measured = meter.integrated;
	onEvent({type: 'measured', lufs: measured});
	return Number.isFinite(measured) ? levelBetween(measured, loudness, sampleRate) : unchanged;
}

function startOf(book: Book, utterances: readonly PlannedUtterance[]): BookEvent {
	const chapters = book.chapters.map(({title}) => ({title, characters: 0}));
	for (const {chapter, text} of utterances) {
		const found = chapters[chapter];
		if (found) found.characters += text.length;
	}
	const characters = chapters.reduce((sum, chapter) => sum + chapter.characters, 0);
	return {type: 'started', utterances: utterances.length, characters, chapters};
}

/** Beside the chapters' files, or for a single file in a folder of its name. */
async function writeCaptions(
	book: Book,
	{chapters}: Assembled,
	{options, plan, folder}: Making,
): Promise<string[]> {
	const {captions: format} = options;
	const names = chapterNames(book);
	const {path, isFolder} = plan.output;
	const within = isFolder ? '.' : `${basename(path, extname(path))} captions`;
	const written: string[] = [];
	for (const {chapter, captions} of chapters) {
		if (captions === undefined) continue;
		const name = join(within, `${names[chapter]}.${format}`);
		await mkdir(join(folder, within), {recursive: true});
		await writeFile(join(folder, name), captions);
		written.push(name);
	}
	return written;
}

const nothing: Omit<Audiobook, 'files' | 'wasFinished' | 'tookSeconds'> = {
	seconds: 0,
	newSeconds: 0,
	chapters: [],
	gaps: [],
	omissions: [],
	warnings: [],
	damaged: 0,
};

function summary(
	book: Book,
	assembled: Assembled,
	files: readonly string[],
	{plan, started}: Making,
): Audiobook {
	const {sampleRate, cache} = plan.render;
	const {chapters, samples, newSamples, gaps, omissions} = assembled;
	return {
		files,
		wasFinished: false,
		seconds: samples / sampleRate,
		newSeconds: newSamples / sampleRate,
		tookSeconds: secondsSince(started),
		chapters: chapters.map(chapter => ({
			title: chapter.title,
			startSeconds: chapter.startSample / sampleRate,
			seconds: chapter.samples / sampleRate,
		})),
		gaps,
		omissions,
		warnings: book.warnings,
		damaged: cache.damaged,
	};
}

/** Writes the report, unless none is wanted. */
async function report(
	book: Book,
	made: Audiobook,
	assembled: Assembled,
	{options, plan, folder}: Making,
): Promise<Audiobook> {
	if (options.report === false) return made;
	const {output, render} = plan;
	const {path, isFolder} = output;
	const name = isFolder ? reportName : `${basename(path, extname(path))}.report.html`;
	await writeFile(join(folder, name), reportPage(book, made, assembled, render.sampleRate));
	const [place = ''] = await placeFiles(folder, [name], output);
	return {...made, files: [...made.files, place], report: place};
}

const gapsTold = 3;

function incomplete(gaps: readonly Gap[]): SpeechError {
	const told = gaps
		.slice(0, gapsTold)
		.map(
			({place, error}) =>
				`“${place.excerpt}” in ${place.title || `chapter ${place.number}`} (${error.message})`,
		);
	const more = gaps.length > gapsTold ? ` and ${gaps.length - gapsTold} more` : '';
	return new SpeechError(
		'BOOK_INCOMPLETE',
		`${gaps.length} of the book's utterances could not be spoken: ${told.join('; ')}${more}. Nothing was written; what was rendered is kept. Run it again, give another voice for that language, or let them be silent with --allow-gaps (the option allowGaps).`,
		{cause: gaps[0]?.error},
	);
}

function secondsSince(started: number): number {
	return (performance.now() - started) / 1000;
}
