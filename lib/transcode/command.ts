import {createRequire} from 'node:module';
import type {FfmpegCommand} from 'fluent-ffmpeg';
import {SpeechError} from '../errors.js';
import {type Input, rawFormat} from './input.js';
import {checkBitrate, outputRate, type Target} from './targets.js';

/** Adds to a fluent-ffmpeg command whose input is the speech: filters, codec, format, other files as inputs. The output is ours. */
export type CommandFunction = (command: FfmpegCommand) => unknown;

/** Where ffmpeg writes: its standard output, or a file in which it can seek. */
export type Place = {readonly file: string} | 'pipe';

/** The whole command line. Throws OPTION_INVALID where the target can't be made from the input. */
export type CommandLine = (input: Input, place: Place) => string[];

/** What fluent-ffmpeg 2.1.3 (pinned) keeps, and its types don't tell. */
interface Internals {
	readonly _inputs: ReadonlyArray<{readonly source: unknown}>;
	readonly _outputs: ReadonlyArray<{readonly target?: unknown}>;
}

// Without -xerror ffmpeg ends with status 0 although the disk was full (measured for mp3, aac, m4a and flac).
export const globalOptions = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-xerror', '-y'];
// Raw samples need no probing. Not +nobuffer: it drops the packets that were probed, the first 40 ms (measured).
const inputOptions = ['-probesize', '32', '-analyzeduration', '0'];
// The same samples give the same bytes, and what is encoded leaves at once.
const outputOptions = ['-fflags', '+bitexact', '-flags:a', '+bitexact', '-flush_packets', '1'];

export function targetCommand(target: Target, bitrate: number | undefined): CommandLine {
	return (input, place) => {
		const rate = outputRate(target, input.sampleRate);
		checkBitrate(target, bitrate, rate);
		const command = newCommand().audioCodec(target.codec).audioFrequency(rate).format(target.container);
		const quality = bitrate === undefined ? target.quality?.(rate) : ['-b:a', String(bitrate)];
		const container = place === 'pipe' ? target.pipe : target.file;
		command.outputOptions([...(quality ?? []), ...(container ?? [])]);
		return commandLine(command, input, place);
	};
}

/** Calls the function, once. Throws OPTION_INVALID for what it may not add, and what it throws itself. */
export function functionCommand(add: CommandFunction): CommandLine {
	const command = newCommand();
	const isAsync = (value: unknown) => value instanceof Promise;
	if (isAsync(add(command))) throw invalid('must not be async: the command is taken when it returns');
	checkCommand(command);
	return (input, place) => commandLine(command, input, place);
}

function newCommand(): FfmpegCommand {
	// Loaded when needed: 25 ms that nobody waits for who transcodes nothing.
	const ffmpeg: typeof import('fluent-ffmpeg') = createRequire(import.meta.url)('fluent-ffmpeg');
	const refuse = () => {
		throw invalid('must not run the command (run, save, pipe, ffprobe): the stream runs it');
	};
	return Object.assign(ffmpeg().input('pipe:0'), {
		run: refuse,
		exec: refuse,
		execute: refuse,
		ffprobe: refuse,
	});
}

function commandLine(command: FfmpegCommand, input: Input, place: Place): string[] {
	const raw = ['-f', rawFormat(input), '-ar', String(input.sampleRate), '-ac', '1'];
	const output = place === 'pipe' ? 'pipe:1' : `file:${place.file}`;
	return [
		...globalOptions,
		...inputOptions,
		...raw,
		...command._getArguments(),
		...outputOptions,
		output,
	].map(String);
}

function checkCommand(command: FfmpegCommand): void {
	// Its types leave these out; the version is pinned.
	const {_inputs: inputs, _outputs: outputs} = command as unknown as Internals;
	if (outputs.length > 1 || outputs.some(output => output.target !== undefined)) {
		throw invalid('must not add an output: it is this stream, or the file it is piped into');
	}
	// Ours is among the arguments too, and may be there once only. Numbers are as good as strings to fluent-ffmpeg.
	const pipes = command
		._getArguments()
		.filter(argument => /^(?:-$|pipe:|fd:|\/dev\/(?:std|fd\/))/i.test(String(argument)));
	if (pipes.length > 1 || inputs.some(input => typeof input.source !== 'string')) {
		throw invalid(
			'must not add a pipe: the speech is the one pipe in, the stream the one out (files may be inputs)',
		);
	}
}

function invalid(what: string): SpeechError {
	return new SpeechError('OPTION_INVALID', `The function given to transcode ${what}.`);
}
