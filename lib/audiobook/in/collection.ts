import {basename, join, resolve} from 'node:path';
import {SpeechError} from '../../errors.js';
import type {Chapter, Cover} from '../book.js';
import {openArchive} from './archive.js';
import {Audit} from './audit.js';
import {coverFrom} from './cover.js';
import {readDocument} from './document.js';
import {readEpub} from './epub.js';
import type {BookFiles} from './files.js';
import {kindByName} from './kinds.js';
import type {Reading} from './options.js';
import type {ReadSource} from './source.js';

/** A folder of texts as one book: its files in order, each with its chapters; `cover.jpg` or `cover.png` is the cover. */
export async function collection(
	files: BookFiles,
	folder: string,
	reading: Reading,
	audit: Audit,
): Promise<ReadSource> {
	const sources: ReadSource[] = [];
	for (const file of files.paths) {
		reading.signal?.throwIfAborted();
		const source = await sourceIn(files, folder, file, reading, audit);
		if (source) sources.push(source);
		else if (!isCover(file)) audit.miss('not a text', file, file);
	}
	if (sources.length === 0)
		throw new SpeechError('BOOK_INVALID', `${folder} holds no EPUB, Markdown, HTML or plain text.`);
	const language = reading.language ?? sources[0]?.language ?? 'en';
	const authors = sources.flatMap(({metadata}) => metadata.authors);
	return {
		metadata: {
			title: basename(resolve(folder)),
			authors: authors.filter((author, index) => authors.indexOf(author) === index),
		},
		language,
		cover: (await coverIn(files, audit)) ?? sources.find(({cover}) => cover)?.cover,
		chapters: sources
			.flatMap(source => inLanguage(source, language))
			.map((chapter, index) => ({...chapter, number: index + 1})),
	};
}

async function sourceIn(
	files: BookFiles,
	folder: string,
	file: string,
	reading: Reading,
	audit: Audit,
): Promise<ReadSource | undefined> {
	const kind = kindByName(file);
	if (kind === undefined) return undefined;
	if (kind !== 'epub') return readDocument(await files.read(file), {kind, file, among: true}, reading, audit);
	const archive = await openArchive(join(folder, file));
	try {
		const own = new Audit();
		const source = await readEpub(archive, join(folder, file), reading, own);
		audit.absorb(own, file);
		return {...source, chapters: source.chapters.map(chapter => below(file, chapter))};
	} finally {
		await archive.close();
	}
}

/** A chapter of an archive, its files named as within the folder. */
function below(archive: string, chapter: Chapter): Chapter {
	const blocks = chapter.blocks.map(block => ({
		...block,
		runs: block.runs.map(run => ({...run, file: `${archive}/${run.file}`})),
	}));
	return {...chapter, blocks};
}

/** Chapters of a source that is in another language than the first one tell theirs. */
function inLanguage({chapters, language}: ReadSource, whole: string): readonly Chapter[] {
	if (language === whole) return chapters;
	return chapters.map(chapter => ({
		...chapter,
		blocks: chapter.blocks.map(block => ({...block, language: block.language ?? language})),
	}));
}

function isCover(file: string): boolean {
	return /^(?:cover|folder)\.(?:jpe?g|png)$/i.test(file);
}

async function coverIn(files: BookFiles, audit: Audit): Promise<Cover | undefined> {
	const file = [...files.paths].find(isCover);
	return file === undefined ? undefined : coverFrom(await files.read(file), file, audit);
}
