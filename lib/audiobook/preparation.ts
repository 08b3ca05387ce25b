import {createHash} from 'node:crypto';
import {stat} from 'node:fs/promises';
import {basename} from 'node:path';
import {SpeechError} from '../errors.js';
import {hashFiles} from '../file-hash.js';
import {bookEncoderArgs} from '../transcode/book-files.js';
import {findFfmpeg} from '../transcode/ffmpeg.js';
import type {Book} from './book.js';
import {defaultCacheFolder, UtteranceCache} from './cache.js';
import {finishedKey} from './finished.js';
import {type AudiobookOptions, checkOptionNames} from './options.js';
import {type OutputPlan, planOutput} from './output.js';
import {type PlannedUtterance, planBook} from './plan.js';
import {keyOf, type RenderOptions} from './render.js';
import {synthesizerRenderer} from './synthesizer-renderer.js';
import {resolveVoices} from './voices.js';

/** All that is known of an audiobook before anything is rendered. */
export interface Preparation {
	readonly output: OutputPlan;
	readonly utterances: readonly PlannedUtterance[];
	/** The utterances' names in the cache. */
	readonly keys: readonly string[];
	readonly render: Omit<RenderOptions, 'signal'>;
	/** What a finished book is noted under: it names all that decides the files. */
	readonly finishedKey: string;
}

/** Throws OPTION_INVALID, VOICE_UNKNOWN, FFMPEG_MISSING, FILE_FAILED for a cache that can't be written, TEXT_NOT_SPEAKABLE for a book of nothing. */
export async function prepare(book: Book, options: AudiobookOptions): Promise<Preparation> {
	const {synthesizer, concurrency, speed = 1, retries = 3, pauses, bitrate, loudness, captions} = options;
	checkOptionNames(options);
	checkNumbers(options);
	const output = await planOutput(options.output, options.format);
	const readAlong = output.isReadAlong ? await describeReadAlong(options) : undefined;
	const {main, voiceFor, ids} = await resolveVoices(synthesizer, book.language, options);
	const sampleRate = main.nativeRate;
	const encoder = bookEncoderArgs({format: output.format, sampleRate, bitrate, file: ''});
	const ffmpeg = await describeFfmpeg();
	const utterances = planBook(book, {voiceFor, pauses});
	if (utterances.length === 0)
		throw new SpeechError('TEXT_NOT_SPEAKABLE', 'There is nothing to read in this book.');
	const renderer = options.renderer ?? synthesizerRenderer(synthesizer, {concurrency});
	const prints = await Promise.all(ids.map(async id => [id, await renderer.fingerprint(id)] as const));
	const cache = await UtteranceCache.open(options.cacheFolder ?? defaultCacheFolder());
	const render = {renderer, cache, fingerprints: new Map(prints), sampleRate, speed, retries};
	const keys = utterances.map(utterance => keyOf(utterance, render));
	const silences = utterances.map(({chapter, pauseMs}) => [chapter, pauseMs]);
	const decides = [
		basename(output.path),
		encoder,
		ffmpeg,
		loudness,
		captions,
		readAlong,
		described(book),
		keys,
		silences,
	];
	return {output, utterances, keys, render, finishedKey: finishedKey(decides)};
}

function checkNumbers({
	speed,
	concurrency,
	retries,
	loudness,
	cacheBytes,
	pauses = {},
}: AudiobookOptions): void {
	check('speed', speed, value => value > 0, 'a number above 0');
	const isWhole = Number.isInteger;
	check(
		'concurrency',
		concurrency,
		value => isWhole(value) && value >= 1 && value <= 256,
		'a whole number from 1 to 256',
	);
	check('retries', retries, value => isWhole(value) && value >= 0, 'a whole number from 0');
	check('cacheBytes', cacheBytes, value => value >= 0, 'a number of bytes from 0');
	if (loudness !== 'off')
		check('loudness', loudness, value => value >= -70 && value <= -5, 'LUFS from -70 to -5, or off');
	for (const [kind, ms] of Object.entries(pauses))
		check(`pauses.${kind}`, ms, value => value >= 0 && value <= 60_000, 'ms from 0 to 60000');
}

function check(name: string, value: unknown, isValid: (value: number) => boolean, what: string): void {
	if (value === undefined || (typeof value === 'number' && isValid(value))) return;
	throw new SpeechError('OPTION_INVALID', `${name} is ${JSON.stringify(value)}; it must be ${what}.`);
}

/** An EPUB holds what the book was read from. Throws OPTION_INVALID. */
async function describeReadAlong({readAlong}: AudiobookOptions): Promise<unknown> {
	if (!readAlong)
		throw new SpeechError(
			'OPTION_INVALID',
			'A read-along EPUB needs what the book was read from: readAlong.',
		);
	const {input, by = 'word'} = readAlong;
	if (by !== 'word' && by !== 'sentence')
		throw new SpeechError(
			'OPTION_INVALID',
			`readAlong.by is ${JSON.stringify(by)}; it must be word or sentence.`,
		);
	const isFile = (await stat(input).catch(() => undefined))?.isFile() ?? false;
	return [by, isFile ? await hashFiles([input]) : 'a folder'];
}

/** Another ffmpeg may encode otherwise. */
async function describeFfmpeg(): Promise<unknown> {
	const {path} = findFfmpeg();
	const {size, mtimeMs} = await stat(path);
	return [path, size, mtimeMs];
}

/** What of a book is seen in its files, beside what is heard. */
function described({title, authors, language, year, publisher, description, cover, chapters}: Book): unknown {
	const picture = cover && createHash('sha256').update(cover.bytes).digest('hex');
	const titles = chapters.map(chapter => chapter.title);
	return [title, authors, language, year, publisher, description, picture, titles];
}
