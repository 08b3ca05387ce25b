import {SpeechError} from '../errors.js';
import {addAbortSignal, type Duplex} from '../streams.js';
import {type CommandFunction, type CommandLine, functionCommand, targetCommand} from './command.js';
import {checkInput, type Input, type InputFormat} from './input.js';
import type {FfmpegPool} from './pool.js';
import {checkBitrate, outputRate, type TranscodeTarget, targetNamed} from './targets.js';
import {Transcoder} from './transcoder.js';

/** Of `transcode`; all of it is optional. */
export interface TranscodeOptions {
	/** Bits per second; by default one at which speech is clean. The range depends on target and rate. Not for flac, wav and functions. */
	readonly bitrate?: number | undefined;
	/** What is written, where no stream that tells it (`sampleRate` and `format`, as TTSTransform) is piped in. It wins over what such a stream tells. */
	readonly input?: InputFormat | undefined;
	/** Where a process may be ready, so that nobody waits for its start; a file that ffmpeg writes itself needs its own. */
	readonly pool?: FfmpegPool | undefined;
	/** Kills ffmpeg and destroys the stream with an AbortError. */
	readonly signal?: AbortSignal | undefined;
}

/**
 * A Duplex from mono PCM to encoded audio, through an ffmpeg process of its own. It ends only after ffmpeg ended with
 * status 0 and all of its output was read; else it fails with FFMPEG_FAILED, which has stderr's last lines. Destroying
 * it kills ffmpeg, and `close` comes when the process is reaped. Piped into `toFile`, ffmpeg writes the file itself.
 *
 * ffmpeg starts as soon as the stream is read and the input's format is known, ahead of the first chunk. Rates that
 * the codec lacks are raised to the next that it has.
 *
 * Throws OPTION_INVALID; the stream fails with it where only the input's format shows that an option is out of range.
 */
export function transcode(target: TranscodeTarget | CommandFunction, options: TranscodeOptions = {}): Duplex {
	const {bitrate, input, pool, signal} = options;
	const checkedInput = input && checkInput(input);
	const stream = new Transcoder(commandFor(target, bitrate, checkedInput), checkedInput, pool);
	if (signal) addAbortSignal(signal, stream);
	return stream;
}

function commandFor(
	target: TranscodeTarget | CommandFunction,
	bitrate: number | undefined,
	input: Input | undefined,
): CommandLine {
	if (typeof target === 'function') {
		if (bitrate === undefined) return functionCommand(target);
		throw new SpeechError(
			'OPTION_INVALID',
			'bitrate is for named targets; a function says command.audioBitrate(…).',
		);
	}
	const named = targetNamed(target);
	if (input) checkBitrate(named, bitrate, outputRate(named, input.sampleRate));
	return targetCommand(named, bitrate);
}
