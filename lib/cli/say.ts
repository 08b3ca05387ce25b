import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {Command} from 'commander';
import {captions, type Timeline, TTSTransform, toFile, transcode} from '../index.js';
import {abortOnSignals, UsageError} from './exit.js';
import {showLive} from './live-line.js';
import {captionFormatFor, formatNames, outputFor} from './output.js';
import {firstText, textSource} from './text-source.js';

interface SayOptions {
	readonly file?: string;
	readonly output?: string;
	readonly voice?: string;
	readonly language?: string;
	readonly rate?: number;
	readonly speed?: number;
	readonly format?: string;
	readonly captions?: string;
	readonly json?: boolean;
}

export function sayCommand(): Command {
	return new Command('say')
		.description('Say text: from the arguments, a file, or stdin as it arrives.')
		.argument('[text...]', 'what to say')
		.option('-f, --file <file>', 'read the text from a file (- for stdin)')
		.option(
			'-o, --output <file>',
			'write to a file, in the format of its extension; without it WAV goes to stdout',
		)
		.option('--voice <id>', 'the voice (see: speechpipe voices)')
		.option('--language <tag>', 'the default voice of a language, as a BCP 47 tag')
		.option('--rate <hz>', 'sample rate, 8000 to 48000; the voice’s own by default', numberOf('--rate'))
		.option('--speed <factor>', 'speed of speech; 1 is normal', numberOf('--speed'))
		.option('--format <name>', `one of ${formatNames}`)
		.option('--captions <file>', 'write captions too: .srt, .vtt, .lrc or .json')
		.option('--json', 'print the timeline as JSON (on stderr when the audio goes to stdout)')
		.action(say);
}

/** From the text to the file or to stdout; nothing is opened before there is something to say. */
async function say(words: string[], options: SayOptions): Promise<void> {
	const {output: file} = options;
	if (file === undefined && process.stdout.isTTY) {
		throw new UsageError(
			'The audio would go to the terminal: name a file with -o, or pipe it on (speechpipe say Hello | aplay).',
		);
	}
	const output = outputFor(file, options.format);
	const captionFormat = options.captions === undefined ? undefined : captionFormatFor(options.captions);
	const controller = new AbortController();
	const {signal} = controller;
	const forget = abortOnSignals(controller);
	const source = textSource(words, options.file);
	try {
		const speech = new TTSTransform({
			voiceId: options.voice,
			language: options.language,
			sampleRate: options.rate,
			speed: options.speed,
			format: output.format,
		});
		const text = await firstText(source, signal);
		const stopLive = process.stderr.isTTY && !options.json ? showLive(speech, process.stderr) : undefined;
		let timeline: Timeline | undefined;
		speech.on('timeline', value => {
			timeline = value;
		});
		const sink = file === undefined ? process.stdout : toFile(file);
		const streams = output.encode ? [speech, transcode(output.encode), sink] : [speech, sink];
		const work = [pipeline([Readable.from(text), ...streams], {signal, end: file !== undefined})];
		if (captionFormat && options.captions !== undefined) {
			const between = (start: number, end: number) => speech.textBetween(start, end);
			work.push(
				pipeline(speech.words, captions(captionFormat, {text: between}), toFile(options.captions), {signal}),
			);
		}
		await allOrNone(work, controller);
		stopLive?.();
		if (options.json)
			(file === undefined ? process.stderr : process.stdout).write(`${JSON.stringify(timeline)}\n`);
	} catch (error) {
		throw signal.aborted ? signal.reason : error;
	} finally {
		forget();
		// A terminal or pipe that still waits for text would keep the process.
		if (source === process.stdin) process.stdin.destroy();
	}
}

/** Waits for all; the first failure stops the others, and is thrown once they have cleaned up. */
async function allOrNone(work: Array<Promise<void>>, controller: AbortController): Promise<void> {
	for (const one of work) one.catch(error => controller.abort(error));
	await Promise.allSettled(work);
	controller.signal.throwIfAborted();
}

function numberOf(name: string): (value: string) => number {
	return value => {
		const number = Number(value);
		if (value.trim() === '' || Number.isNaN(number))
			throw new UsageError(`${name} takes a number, not ${JSON.stringify(value)}.`);
		return number;
	};
}
