import {mkdir, writeFile} from 'node:fs/promises';
import {basename, extname, join} from 'node:path';
import {follow} from '../waiting.js';
import {type Assembled, assemble} from './assemble.js';
import type {Book} from './book.js';
import {chapterFilesWriter, singleFileWriter} from './book-writer.js';
import type {BookEvent} from './events.js';
import {incomplete} from './gaps.js';
import {type Level, levelBetween, unchanged, usualLevel} from './level.js';
import {loudnessMeter} from './loudness-writer.js';
import type {AudiobookOptions} from './options.js';
import {chapterName} from './output.js';
import type {Preparation} from './preparation.js';
import {bindReadAlong} from './read-along/bind.js';
import {renderInOrder} from './render.js';

/** An audiobook that is being made. */
export interface Making {
	readonly options: AudiobookOptions;
	readonly plan: Preparation;
	/** Where files are made. */
	readonly folder: string;
	/** On `performance.now()`'s clock. */
	readonly started: number;
	/** The options', or what does nothing. */
	readonly signal: AbortSignal;
	readonly onEvent: (event: BookEvent) => void;
}

/** Makes the files, in a folder of their own. Throws BOOK_INCOMPLETE where parts could not be spoken. */
export async function makeFiles(
	book: Book,
	making: Making,
): Promise<{assembled: Assembled; names: string[]}> {
	const {options, plan, signal, onEvent} = making;
	const {allowGaps = false, captions} = options;
	const {utterances, output, render} = plan;
	const giveUp = new AbortController();
	// An encoder that stands still would hold whoever writes to it.
	const forget = follow(giveUp, signal);
	const writer = writerFor(book, making, giveUp.signal);
	try {
		onEvent(startOf(book, plan));
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
		signal.throwIfAborted();
		throw error;
	} finally {
		forget();
	}
}

/** The names of the files that are the output: of a read-along EPUB's chapters one is made. */
async function bound(
	book: Book,
	assembled: Assembled,
	files: string[],
	{options: {readAlong}, plan, folder, signal}: Making,
): Promise<string[]> {
	const {path, isReadAlong, format} = plan.output;
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
async function levelFor(book: Book, {options, plan, signal, onEvent}: Making): Promise<Level> {
	const {loudness, allowGaps = false} = options;
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

function startOf(book: Book, {utterances, output}: Preparation): BookEvent {
	const chapters = book.chapters.map(({title}) => ({title, characters: 0}));
	for (const {chapter, text} of utterances) {
		const found = chapters[chapter];
		if (found) found.characters += text.length;
	}
	const characters = chapters.reduce((sum, chapter) => sum + chapter.characters, 0);
	return {type: 'started', output: output.path, utterances: utterances.length, characters, chapters};
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
