import {resolve} from 'node:path';
import {
	type Audiobook,
	type BookEvent,
	type BookPauses,
	defaultBookPauses,
	makeAudiobook,
	type Renderer,
} from '../audiobook/index.js';
import {LocalSynthesizer, SpeechError, type Synthesizer} from '../index.js';
import type {BookOptions} from './book.js';
import {bookBars} from './book-bars.js';
import {checkClusterOptions, clusterFor} from './book-cluster.js';
import {type BookShown, bookJson, bookLines, clock} from './book-lines.js';
import {outputsOf} from './book-outputs.js';
import {BookProgress} from './book-progress.js';
import {bookFrom, voicesOf} from './book-source.js';
import {abortOnSignals, Interrupted, UsageError} from './exit.js';
import {readLexicons} from './lexicon-option.js';
import {bytesOf} from './number-of.js';
import {remoteFor} from './remote.js';
import {print} from './standard-output.js';

/** Renders a book, and tells how it goes: bars on a terminal, else lines. */
export async function makeBook(input: string, options: BookOptions): Promise<void> {
	checkClusterOptions(options);
	const outputs = outputsOf(options);
	const common = optionsFor(input, options);
	const controller = new AbortController();
	const {signal} = controller;
	const forget = abortOnSignals(controller);
	let progress = new BookProgress();
	let shown = shownOf(progress, options);
	let synthesizer: Synthesizer | undefined;
	let renderer: Renderer | undefined;
	try {
		const book = await bookFrom(input, options);
		synthesizer = (await remoteFor(options)) ?? (await localFor(options));
		const notice = (message: string) => shown.note(message);
		renderer = await clusterFor(options, synthesizer, {signal, notice});
		for (const output of outputs) {
			progress = new BookProgress();
			shown = shownOf(progress, options);
			if (outputs.length > 1 && !options.json) shown.note(`${output.output}:`);
			const onEvent = (event: BookEvent) => {
				progress.take(event);
				shown.take(event);
			};
			const made = await makeAudiobook(book, {...common, ...output, synthesizer, renderer, signal, onEvent});
			shown.end();
			await tell(made, output.output, progress, options);
		}
	} catch (error) {
		shown.end();
		if (error instanceof Interrupted) await print(process.stderr, `${stopped(progress)}\n`);
		throw inTheCommandsWords(error);
	} finally {
		forget();
		await renderer?.close();
		await synthesizer?.close();
	}
}

/** What all outputs have in common. Throws UsageError. */
function optionsFor(input: string, options: BookOptions) {
	const {voiceId, byLanguage} = voicesOf(options.voice);
	const {bitrate, allowGaps, retries, concurrency, speed, force, cache, cacheSize, highlight} = options;
	return {
		...{bitrate, speed, concurrency, retries, allowGaps, voiceId, voices: Object.fromEntries(byLanguage)},
		pauses: pausesOf(options.pause),
		loudness: loudnessOf(options.loudness),
		readAlong: {input, by: highlight},
		overwrite: force,
		cacheFolder: cache,
		cacheBytes: bytesOf('--cache-size', cacheSize),
	};
}

function shownOf(progress: BookProgress, {json}: BookOptions): BookShown {
	const {stderr, stdout} = process;
	if (json) return bookJson(stdout);
	return stderr.isTTY ? bookBars(stderr, progress) : bookLines(stdout, progress);
}

async function tell(
	made: Audiobook,
	output: string,
	progress: BookProgress,
	{json}: BookOptions,
): Promise<void> {
	const line = json ? JSON.stringify({type: 'done', ...told(made)}) : summary(made, output, progress);
	await print(process.stdout, `${line}\n`);
	for (const note of notes(made)) await print(process.stderr, `${note}\n`);
}

async function localFor({lexicon}: BookOptions): Promise<Synthesizer> {
	return new LocalSynthesizer({workers: 'max', lexicon: lexicon && (await readLexicons(lexicon))});
}

/** Throws UsageError. */
function pausesOf(given: readonly string[] = []): BookPauses {
	const kinds = Object.keys(defaultBookPauses);
	return Object.fromEntries(
		given.map(pause => {
			const [, kind = '', ms = ''] = /^([a-z]+)=(\d+)$/.exec(pause) ?? [];
			if (!kinds.includes(kind))
				throw new UsageError(
					`--pause is ${JSON.stringify(pause)}; it must be KIND=MS, KIND one of ${kinds.join(', ')}.`,
				);
			return [kind, Number(ms)];
		}),
	);
}

/** Throws UsageError. */
function loudnessOf(given: string | undefined): number | 'off' | undefined {
	if (given === undefined || given === 'off') return given;
	const lufs = Number(given);
	if (given.trim() !== '' && Number.isFinite(lufs)) return lufs;
	throw new UsageError(`--loudness is ${JSON.stringify(given)}; it must be LUFS, such as -18, or off.`);
}

/** What `--json` says of the whole; what failed was told when it did. */
function told({gaps, omissions, ...made}: Audiobook): object {
	return {...made, gaps: gaps.length, omissions};
}

function summary(made: Audiobook, output: string, progress: BookProgress): string {
	const place = resolve(output);
	if (made.wasFinished)
		return `${place} is there already, made of the same book with the same options: nothing to do.`;
	const {seconds, tookSeconds, chapters} = made;
	const speed = `${clock(seconds)} of audio in ${clock(tookSeconds)} (${(seconds / tookSeconds).toFixed(0)} times real time)`;
	const parts = [`${place}: ${speed}, ${count(chapters.length, 'chapter')}`];
	if (progress.cached > 0)
		parts.push(`${progress.cached} of ${count(progress.utterances, 'utterance')} were rendered before`);
	return parts.join('; ');
}

/** The report has them all. */
const warningsShown = 5;

function notes({gaps, omissions, damaged, report, warnings}: Audiobook): string[] {
	const words = omissions.filter(({text}) => /[\p{L}\p{N}]/u.test(text));
	const [first] = words;
	const where = report === undefined ? '' : ` (all of them: ${report})`;
	return [
		...warnings.slice(0, warningsShown).map(warning => `Note: ${warning}`),
		...(warnings.length > warningsShown
			? [`Note: and ${warnings.length - warningsShown} more of the kind${where}.`]
			: []),
		...(gaps.length > 0
			? [`${count(gaps.length, 'utterance')} could not be spoken and became silence${where}.`]
			: []),
		...(first
			? [
					`${count(words.length, 'piece')} of text could not be spoken, first “${first.text}” in ${first.place.title || `chapter ${first.place.number}`}: ${first.reason}${where}.`,
				]
			: []),
		...(damaged > 0
			? [
					`${count(damaged, 'entry')} of the cache ${damaged === 1 ? 'was' : 'were'} damaged, and rendered anew.`,
				]
			: []),
	];
}

function stopped({done, utterances}: BookProgress): string {
	if (utterances === 0) return 'Stopped before anything was rendered.';
	// Behind the last that was written some more may be rendered already.
	return `Stopped: at least ${done} of ${count(utterances, 'utterance')} are rendered and kept. Run the same command again to go on from there.`;
}

function count(number: number, what: string): string {
	const plural = what.endsWith('y') ? `${what.slice(0, -1)}ies` : `${what}s`;
	return `${number.toLocaleString('en-US')} ${number === 1 ? what : plural}`;
}

/** The library names its options; the command's are spelled otherwise. */
function inTheCommandsWords(error: unknown): unknown {
	if (!(error instanceof SpeechError) || error.code !== 'OPTION_INVALID') return error;
	const message = error.message
		.replace(/^(speed|bitrate|loudness|retries|concurrency|format)\b/, '--$1')
		.replace(/^pauses\.(\w+) is /, '--pause $1=');
	return new SpeechError(error.code, message, {cause: error});
}
