import {type AudioFormat, checkSampleRate, parseFormat} from '../audio/formats.js';
import {checkNames} from '../check-names.js';
import {checkNumber} from '../check-number.js';
import {SpeechError} from '../errors.js';
import {lexiconEntries} from '../lexicon/entries.js';
import type {SpeakOptions, Synthesizer} from '../synthesizer.js';

/** Everything about `TTSTransform` that can be chosen; all of it is optional. */
export interface TTSTransformOptions extends Omit<SpeakOptions, 'sampleRate'> {
	/** Hz of the audio, an integer from 8,000 to 48,000; the voice's native rate by default. */
	readonly sampleRate?: number | undefined;
	/** What makes the speech; by default the voices that the package brings along, shared by all streams of the process. */
	readonly synthesizer?: Synthesizer | undefined;
	/**
	 * What is read: raw `pcm_s16le` (default), `pcm_f32le`, `mulaw`, `alaw`, always mono and whole samples, or `wav`,
	 * `wav:mulaw` and so on, with placeholder sizes since a stream's length is not known (`toFile` sets them right).
	 */
	readonly format?: AudioFormat | undefined;
	/** Encoded audio held ready for the reader, in bytes; 32 KiB by default. */
	readonly readableHighWaterMark?: number | undefined;
	/** Text held before `write` says to wait, in UTF-16 units (bytes for Buffers); 16 Ki by default. */
	readonly writableHighWaterMark?: number | undefined;
}

const names = [
	'synthesizer',
	'voiceId',
	'language',
	'sampleRate',
	'format',
	'speed',
	'pitch',
	'volume',
	'noise',
	'words',
	'lexicon',
	'inlinePhonemes',
	'emoji',
	'pauses',
	'deadline',
	'firstUtterance',
	'signal',
	'readableHighWaterMark',
	'writableHighWaterMark',
	'key',
	'items',
	'description',
] satisfies Array<keyof TTSTransformOptions>;

/** Checks what can be checked without the voice. Throws OPTION_INVALID, naming the option, its value and what it may be. */
export function checkOptions(options: TTSTransformOptions): void {
	checkNames(options, names);
	if (options.sampleRate !== undefined) checkSampleRate(options.sampleRate);
	parseFormat(options.format ?? 'pcm_s16le');
	for (const name of ['speed', 'pitch', 'volume'] as const) {
		checkNumber(name, options[name], 'a factor above 0, such as 1.2', value => value > 0 && value < Infinity);
	}
	if (options.lexicon !== undefined) lexiconEntries(options.lexicon);
	if (options.emoji !== undefined && options.emoji !== 'say' && options.emoji !== 'skip') {
		const given = JSON.stringify(options.emoji);
		throw new SpeechError('OPTION_INVALID', `emoji is ${given}; it must be say or skip.`);
	}
	checkNumber('noise', options.noise, 'a factor from 0 on', value => value >= 0 && value < Infinity);
	checkNumber('deadline', options.deadline, 'ms from 0 on, or Infinity', value => value >= 0);
	checkNumber('firstUtterance', options.firstUtterance, 'a whole number of UTF-16 units from 1 on', isCount);
	checkNumber('readableHighWaterMark', options.readableHighWaterMark, 'a whole number of bytes', isCount);
	checkNumber(
		'writableHighWaterMark',
		options.writableHighWaterMark,
		'a whole number of UTF-16 units',
		isCount,
	);
	for (const name of ['clause', 'sentence', 'paragraph'] as const) {
		checkNumber(
			`pauses.${name}`,
			options.pauses?.[name],
			'ms from 0 to 60000',
			value => value >= 0 && value <= 60_000,
		);
	}
}

function isCount(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 1;
}
