import {extname} from 'node:path';
import type {AudioFormat, CaptionFormat, TranscodeTarget} from '../index.js';
import {UsageError} from './exit.js';

/** What the stream gives, and how ffmpeg encodes it where it has to. */
export interface Output {
	readonly format: AudioFormat;
	readonly encode?: TranscodeTarget;
}

const encodings = ['pcm_s16le', 'pcm_f32le', 'mulaw', 'alaw'] as const;
const raw: Record<string, Output> = Object.fromEntries(
	encodings.flatMap(encoding => [
		[encoding, {format: encoding}],
		[`wav:${encoding}`, {format: `wav:${encoding}` as const}],
	]),
);
const encoded = ['mp3', 'opus', 'aac', 'm4a', 'flac', 'ogg', 'webm'] as const;

/** Every name that `--format` takes. */
const outputs: Record<string, Output> = {
	wav: {format: 'wav'},
	...raw,
	...Object.fromEntries(encoded.map(name => [name, {format: 'pcm_s16le', encode: name} as const])),
};

const byExtension: Record<string, string> = {
	wave: 'wav',
	pcm: 'pcm_s16le',
	raw: 'pcm_s16le',
	ulaw: 'mulaw',
	ul: 'mulaw',
	al: 'alaw',
	oga: 'ogg',
};

export const formatNames = Object.keys(outputs).join(', ');

/** What to make for a file (by its extension) or for stdout (WAV), unless a format is named. Throws UsageError. */
export function outputFor(file: string | undefined, name: string | undefined): Output {
	const extension = file === undefined ? 'wav' : extname(file).slice(1).toLowerCase();
	const wanted = name ?? byExtension[extension] ?? extension;
	const output = Object.hasOwn(outputs, wanted) ? outputs[wanted] : undefined;
	if (output) return output;
	const what =
		name === undefined
			? `The format of ${file} cannot be told from its extension`
			: `There is no format ${name}`;
	throw new UsageError(`${what}: use one of ${formatNames}${name === undefined ? ' with --format' : ''}.`);
}

const captionFormats = ['srt', 'vtt', 'lrc', 'json'] as const;

/** The captions' format by their file's extension. Throws UsageError. */
export function captionFormatFor(file: string): CaptionFormat {
	const extension = extname(file).slice(1).toLowerCase();
	const format = captionFormats.find(name => name === extension);
	if (format) return format;
	throw new UsageError(
		`The captions file ${file} must end in one of ${captionFormats.map(name => `.${name}`).join(', ')}.`,
	);
}
