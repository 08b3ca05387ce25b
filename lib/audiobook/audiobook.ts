import {writeFile} from 'node:fs/promises';
import {basename, extname, join} from 'node:path';
import {SpeechError} from '../errors.js';
import {fileFailed, isSystemError} from '../sinks/file-errors.js';
import {isPicture} from '../transcode/book-files.js';
import type {Assembled} from './assemble.js';
import type {Book} from './book.js';
import {pruneCache} from './cache-upkeep.js';
import {isFinished, keepsOnlyOurs, noteFinished} from './finished.js';
import {type Making, makeFiles} from './making.js';
import type {Audiobook, AudiobookOptions} from './options.js';
import {openWorkplace, placeFiles, reportName} from './output.js';
import {prepare} from './preparation.js';
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
	const {overwrite = false, signal = new AbortController().signal, onEvent = () => {}} = options;
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
		return await make(book, {options, plan, folder: workplace.folder, started, signal, onEvent});
	} catch (error) {
		throw isSystemError(error) ? fileFailed(output.path, error) : error;
	} finally {
		await workplace.close();
	}
}

async function make(source: Book, making: Making): Promise<Audiobook> {
	const {options, plan} = making;
	const {cache} = plan.render;
	const release = await cache.lease(new Set(plan.keys));
	try {
		const book = await withUsableCover(source, making);
		const {assembled, names} = await makeFiles(book, making);
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
async function withUsableCover(book: Book, {folder, signal}: Making): Promise<Book> {
	const {cover} = book;
	if (!cover) return book;
	const file = join(folder, `cover.${cover.mediaType.slice(6)}`);
	await writeFile(file, cover.bytes);
	if (await isPicture(file, signal)) return book;
	const warning = 'The cover is no picture that ffmpeg can read: the audiobook has none.';
	return {...book, cover: undefined, warnings: [...book.warnings, warning]};
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
	try {
		await writeFile(join(folder, name), reportPage(book, made, assembled, render.sampleRate));
		const [place = ''] = await placeFiles(folder, [name], output);
		return {...made, files: [...made.files, place], report: place};
	} catch (error) {
		// The audiobook is there: what is missing is the report alone.
		const cause = error instanceof SpeechError ? error.cause : error;
		const {message} = fileFailed(path, cause, `The report ${name}`);
		throw new SpeechError('FILE_FAILED', `${message} The audiobook itself is made.`, {cause: error});
	}
}

function secondsSince(started: number): number {
	return (performance.now() - started) / 1000;
}
