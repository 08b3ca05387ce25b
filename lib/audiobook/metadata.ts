import type {BookFormat} from '../transcode/book-files.js';
import type {Book, Cover} from './book.js';
import {languageCode} from './language-code.js';

/** A chapter within a file; positions in samples. */
export interface Mark {
	readonly title: string;
	readonly startSample: number;
	readonly endSample: number;
}

export interface FileMetadata {
	readonly book: Book;
	readonly format: BookFormat;
	/** Hz. */
	readonly sampleRate: number;
	readonly marks: readonly Mark[];
	/** Of a file that holds one chapter of several: its number, from 1, how many there are, and its title. */
	readonly part?: {readonly number: number; readonly count: number; readonly title: string} | undefined;
}

/** Vorbis comments, in which pictures and chapters are tags. */
const vorbis: ReadonlySet<BookFormat> = new Set(['opus', 'flac']);

/** A file of ffmpeg's metadata format (ffmpeg-formats, "Metadata"): tags and chapters. */
export function metadataFile({book, format, sampleRate, marks, part}: FileMetadata): string {
	const tags = {
		...bookTags(book, format, part),
		...(vorbis.has(format) ? chapterTags(marks, sampleRate) : {}),
		// Ogg takes no stream of pictures; FLAC does.
		...(format === 'opus' && book.cover ? {METADATA_BLOCK_PICTURE: pictureBlock(book.cover)} : {}),
	};
	const chapters = marks.map(({title, startSample, endSample}) =>
		lines([
			'[CHAPTER]',
			`TIMEBASE=1/${sampleRate}`,
			`START=${startSample}`,
			`END=${endSample}`,
			`title=${escaped(title)}`,
		]),
	);
	return lines([
		';FFMETADATA1',
		...Object.entries(tags).map(([name, value]) => `${name}=${escaped(value)}`),
		...chapters,
	]);
}

function bookTags(book: Book, format: BookFormat, part: FileMetadata['part']): Record<string, string> {
	const authors = book.authors.join(', ');
	const language = languageCode(book.language);
	const tags: Record<string, string | undefined> = {
		title: part?.title ?? book.title,
		artist: authors,
		album: book.title,
		album_artist: authors,
		date: book.year,
		publisher: book.publisher,
		genre: 'Audiobook',
		comment: book.description,
		// MP4 has a place of its own for it, and for what an audiobook is (`stik` 2).
		description: format === 'm4b' ? book.description : undefined,
		media_type: format === 'm4b' ? '2' : undefined,
		language,
		track: part && `${part.number}/${part.count}`,
	};
	// An empty tag says nothing.
	return Object.fromEntries(Object.entries(tags).filter(([, value]) => value)) as Record<string, string>;
}

/** The chapters of Ogg and FLAC: wiki.xiph.org/Chapter_Extension. */
function chapterTags(marks: readonly Mark[], sampleRate: number): Record<string, string> {
	return Object.fromEntries(
		marks.flatMap(({title, startSample}, index) => {
			const name = `CHAPTER${String(index + 1).padStart(3, '0')}`;
			return [
				[name, clock(startSample / sampleRate)],
				[`${name}NAME`, title],
			];
		}),
	);
}

/** A picture as Vorbis comments have it: FLAC's picture block (RFC 9639, section 8.8) in base64; 0 stands for sizes not told. */
function pictureBlock({mediaType, bytes}: Cover): string {
	const type = Buffer.from(mediaType, 'latin1');
	const frontCover = 3;
	const numbers = (...values: number[]) => {
		const buffer = Buffer.alloc(values.length * 4);
		for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, index * 4);
		return buffer;
	};
	const parts = [numbers(frontCover, type.length), type, numbers(0, 0, 0, 0, 0, bytes.length), bytes];
	return Buffer.concat(parts).toString('base64');
}

/** `HH:MM:SS.mmm`. */
function clock(seconds: number): string {
	const ms = Math.round(seconds * 1000);
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}

/** A backslash at the end is kept from the line's end by a space: ffmpeg 5 takes even an escaped one for the line's continuation. */
function escaped(value: string): string {
	return value
		.replaceAll('\0', '')
		.replaceAll(/[=;#\\\n]/g, '\\$&')
		.replace(/\\$/, '\\ ');
}

function lines(all: readonly string[]): string {
	return all.join('\n').replace(/\n?$/, '\n');
}
