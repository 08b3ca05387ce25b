import {inspect} from 'node:util';
import {SpeechError} from '../errors.js';
import {alawTable, mulawTable} from './g711.js';
import {fromPcm} from './samples.js';

const encodings = ['pcm_s16le', 'pcm_f32le', 'mulaw', 'alaw'] as const;

/** How a sample is written: s16le, float32le (full scale 1), or G.711's µ-law or A-law. Always mono. */
export type Encoding = (typeof encodings)[number];

/** Raw samples, or the same in a WAVE file; `wav` is `wav:pcm_s16le`. */
export type AudioFormat = Encoding | 'wav' | `wav:${Encoding}`;

/** What an `AudioFormat` says. */
export interface ParsedFormat {
	readonly container: 'raw' | 'wav';
	readonly encoding: Encoding;
	readonly bytesPerSample: number;
}

const bytesPerSample: Readonly<Record<Encoding, number>> = {pcm_s16le: 2, pcm_f32le: 4, mulaw: 1, alaw: 1};

const formats: ReadonlyMap<string, ParsedFormat> = new Map([
	...encodings.map(encoding => [encoding, parsed('raw', encoding)] as const),
	['wav', parsed('wav', 'pcm_s16le')],
	...encodings.map(encoding => [`wav:${encoding}`, parsed('wav', encoding)] as const),
]);

function parsed(container: 'raw' | 'wav', encoding: Encoding): ParsedFormat {
	return {container, encoding, bytesPerSample: bytesPerSample[encoding]};
}

export function isAudioFormat(value: string): value is AudioFormat {
	return formats.has(value);
}

/** Throws OPTION_INVALID, which lists the formats, for anything but an `AudioFormat`. */
export function parseFormat(value: string): ParsedFormat {
	const format = formats.get(value);
	if (format) return format;
	const allowed = [...formats.keys()].join(', ');
	throw new SpeechError(
		'OPTION_INVALID',
		`format is ${JSON.stringify(value)}; it must be one of ${allowed}. What ffmpeg encodes (mp3, opus, …) is for transcode().`,
	);
}

/** Gives a rate in Hz back; throws OPTION_INVALID, which names the value, unless it is an integer from 8,000 to 48,000. */
export function checkSampleRate(value: unknown): number {
	if (typeof value === 'number' && Number.isInteger(value) && value >= 8000 && value <= 48_000) return value;
	throw new SpeechError(
		'OPTION_INVALID',
		`sampleRate is ${inspect(value)}; it must be a whole number of Hz from 8000 to 48000.`,
	);
}

/** Gives the function that turns s16le, whole samples, into `encoding`; s16le itself passes through, not copied. */
export function encoderFor(encoding: Encoding): (pcm: Buffer) => Buffer {
	switch (encoding) {
		case 'pcm_s16le':
			return pcm => pcm;
		case 'pcm_f32le':
			return toFloat;
		case 'mulaw':
			return pcm => compress(pcm, mulawTable());
		case 'alaw':
			return pcm => compress(pcm, alawTable());
	}
}

function toFloat(pcm: Buffer): Buffer {
	const samples = fromPcm(pcm);
	const floats = Buffer.alloc(samples.length * 4);
	samples.forEach((sample, index) => {
		floats.writeFloatLE(sample, index * 4);
	});
	return floats;
}

function compress(pcm: Buffer, table: Uint8Array): Buffer {
	const codes = Buffer.alloc(pcm.length / 2);
	for (let index = 0; index < codes.length; index++) codes[index] = table[pcm.readUInt16LE(index * 2)] ?? 0;
	return codes;
}
