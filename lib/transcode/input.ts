import {type AudioFormat, checkSampleRate, type ParsedFormat, parseFormat} from '../audio/formats.js';
import {parseWavHeader, type WavHeader} from '../audio/wav.js';
import {SpeechError} from '../errors.js';

/** What the bytes written to a transcode are; always mono. */
export interface InputFormat {
	/** Hz, an integer from 8,000 to 48,000. */
	readonly sampleRate: number;
	/** `pcm_s16le` by default. */
	readonly format?: AudioFormat | undefined;
}

/** An `InputFormat` that was checked. */
export interface Input extends ParsedFormat {
	readonly sampleRate: number;
}

/** Throws OPTION_INVALID. */
export function checkInput({sampleRate, format = 'pcm_s16le'}: InputFormat): Input {
	return {...parseFormat(format), sampleRate: checkSampleRate(sampleRate)};
}

/** Whether a stream tells its format, as `TTSTransform` does. What it tells is still to be checked. */
export function tellsFormat(source: unknown): source is {sampleRate: number; format: AudioFormat} {
	if (typeof source !== 'object' || source === null) return false;
	return 'sampleRate' in source && 'format' in source && typeof source.format === 'string';
}

/** ffmpeg's name for the raw samples. */
export function rawFormat({encoding}: Input): string {
	return encoding.replace(/^pcm_/, '');
}

export interface SampleReader {
	/** The samples among these bytes. Throws AUDIO_INVALID for a WAV that can't be read, OPTION_INVALID for one that is not as declared. */
	read(chunk: Buffer): Buffer;
	/** Throws AUDIO_INVALID where the bytes ended within a header, or before a whole sample. */
	end(): void;
}

/**
 * Takes the header off a WAV, and what follows its samples. ffmpeg is always given raw samples: its own WAV reader drops
 * the last packet of a stream whose size is not known, and waits for the header before it starts.
 */
export function sampleReader(input: Input): SampleReader {
	const {read, end} = input.container === 'raw' ? rawReader : wavReader(input);
	let bytes = 0;
	return {
		read(chunk) {
			const samples = read(chunk);
			bytes += samples.length;
			return samples;
		},
		end() {
			end();
			if (bytes >= input.bytesPerSample) return;
			// Some encoders write a broken file of nothing, and end well.
			throw new SpeechError(
				'AUDIO_INVALID',
				'No audio came to be encoded: the input ended before its first sample. Was the text blank? Encode only where there is something to say.',
			);
		},
	};
}

const rawReader: SampleReader = {read: chunk => chunk, end: () => {}};

function wavReader(input: Input): SampleReader {
	let start: Buffer | undefined = Buffer.alloc(0);
	let left = Infinity;
	const take = (samples: Buffer) => {
		const taken = samples.length > left ? samples.subarray(0, left) : samples;
		left -= taken.length;
		return taken;
	};
	return {
		read(chunk) {
			if (!start) return take(chunk);
			start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
			const header = parseWavHeader(start);
			if (!header) return Buffer.alloc(0);
			checkHeader(header, input);
			const samples = start.subarray(header.dataOffset);
			left = header.dataBytes ?? Infinity;
			start = undefined;
			return take(samples);
		},
		end() {
			if (start && start.length > 0)
				throw new SpeechError('AUDIO_INVALID', 'The WAV ended within its header.');
		},
	};
}

function checkHeader(header: WavHeader, {encoding, sampleRate}: Input): void {
	if (header.encoding === encoding && header.sampleRate === sampleRate && header.channels === 1) return;
	throw new SpeechError(
		'OPTION_INVALID',
		`The WAV written is ${header.encoding} at ${header.sampleRate} Hz with ${header.channels} channel(s), but ${encoding} at ${sampleRate} Hz, mono, was declared.`,
	);
}
