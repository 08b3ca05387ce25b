import {execFile} from 'node:child_process';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {ExecutionContext} from 'ava';
import type {Book, Cover} from '../../lib/audiobook/book.js';
import {type AudiobookOptions, makeAudiobook} from '../../lib/audiobook/index.js';
import {ToneSynthesizer} from './tone.js';
import {temporaryFolder} from './transcoding.js';

/** A red JPEG of 8 by 8 pixels, and a PNG of one. */
export const covers = {
	jpeg: {
		mediaType: 'image/jpeg',
		bytes: Buffer.from(
			'/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAgEBAQEBAUFBQUFBQYGBgYGBgYGBgYGBgYHBwcICAgHBwcGBgcHCAgICAkJCQgICAgJCQoKCgwMCwsODg4RERT/xAGiAAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgsBAAMBAQEBAQEBAQEAAAAAAAABAgMEBQYHCAkKCxAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6EQACAQIEBAMEBwUEBAABAncAAQIDEQQFITEGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ04SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2dri4+Tl5ufo6ery8/T19vf4+fr/wAARCAAIAAgDASIAAhEAAxEA/9oADAMBAAIRAxEAPwDi6KKK+UP38//Z',
			'base64',
		),
	},
	png: {
		mediaType: 'image/png',
		bytes: Buffer.from(
			'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
			'base64',
		),
	},
} as const satisfies Record<string, Cover>;

/** A book of chapters with a heading and paragraphs each. */
export function bookOf(
	chapters: ReadonlyArray<readonly [title: string, ...paragraphs: string[]]>,
	more: Partial<Book> = {},
): Book {
	return {
		title: 'The Ledger; or, #7 = “Home”',
		authors: ['M. Oduya', 'T. Pascoe'],
		language: 'en-GB',
		year: '1906',
		description: 'Of fog,\nboats \\ and a horn.',
		cover: covers.jpeg,
		chapters: chapters.map(([title, ...paragraphs], index) => ({
			number: index + 1,
			title,
			blocks: [
				{kind: 'heading', text: title, runs: []},
				...paragraphs.map(text => ({kind: 'paragraph' as const, text, runs: []})),
			],
		})),
		skipped: [],
		sourceCharacters: 0,
		warnings: [],
		...more,
	};
}

export const ledger = bookOf([
	['The Fog', 'Seven boats were out. Only four came back by noon.', 'Nobody asked him to.'],
	['A = B; #2', 'They took turns with the horn. Then a voice answered.'],
	['Home', 'The ledger says seven.'],
]);

/** All that is said of a book, in order, as tones spell it. */
export function saidOf(book: Book): string {
	return book.chapters
		.flatMap(({blocks}) => blocks.map(({text}) => text.replaceAll(/(?<=[.!?]) /g, '')))
		.join('');
}

/** A folder with a cache in it, and what makes audiobooks there with a tone's voice, as it is. */
export async function bindery(t: ExecutionContext) {
	const folder = await temporaryFolder(t);
	const synthesizer = new ToneSynthesizer();
	const cacheFolder = join(folder, 'cache');
	const make = (book: Book, output: string, options: Partial<AudiobookOptions> = {}) =>
		makeAudiobook(book, {
			...{
				output: join(folder, output),
				synthesizer,
				voiceId: 'tone',
				cacheFolder,
				loudness: 'off',
				concurrency: 2,
			},
			...options,
		});
	return {folder, synthesizer, cacheFolder, make, at: (name: string) => join(folder, name)};
}

/** What ffprobe reads of a file. */
export interface Probed {
	readonly format: {readonly duration: string; readonly tags?: Readonly<Record<string, string>>};
	readonly streams: ReadonlyArray<{
		readonly codec_name: string;
		readonly codec_type: string;
		readonly disposition: {readonly attached_pic: number};
		readonly tags?: Readonly<Record<string, string>>;
	}>;
	readonly chapters: ReadonlyArray<{
		readonly start_time: string;
		readonly end_time: string;
		readonly tags: {readonly title: string};
	}>;
}

export async function probe(file: string): Promise<Probed> {
	const show = ['-show_format', '-show_streams', '-show_chapters', '-of', 'json'];
	const {stdout} = await promisify(execFile)('ffprobe', ['-v', 'error', ...show, file]);
	return JSON.parse(stdout);
}

/** A folder on a file system of its own, of so many bytes, read-only if wanted, gone with the test; undefined where none may be mounted. */
export async function smallDisk(t: ExecutionContext, bytes: number): Promise<string | undefined> {
	const folder = join(await temporaryFolder(t), 'disk');
	mkdirSync(folder);
	const run = promisify(execFile);
	try {
		await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
	} catch {
		return undefined;
	}
	t.teardown(() => run('umount', ['-l', folder]));
	return folder;
}
