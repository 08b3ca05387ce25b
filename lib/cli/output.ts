import {realpathSync, statSync} from 'node:fs';
import {basename, dirname, extname, join, resolve} from 'node:path';
import type {AudioFormat, CaptionFormat, TranscodeTarget} from '../index.js';
import {UsageError} from './exit.js';

/** What the stream gives, and how ffmpeg encodes it where it has to. */
export interface Output {
	readonly format: AudioFormat;
	readonly encode?: TranscodeTarget;
}

const encodings = ['pcm_s16le', 'pcm_f32le', 'mulaw', 'alaw'] as const;
const encoded = ['mp3', 'opus', 'aac', 'm4a', 'flac', 'ogg', 'webm'] as const;

/** Every name that `--format` takes. */
const outputs: ReadonlyMap<string, Output> = new Map<string, Output>([
	['wav', {format: 'wav'}],
	...encoded.map(name => [name, {format: 'pcm_s16le', encode: name}] as const),
	...encodings.map(encoding => [encoding, {format: encoding}] as const),
	...encodings.map(encoding => [`wav:${encoding}`, {format: `wav:${encoding}`}] as const),
]);

const byExtension: ReadonlyMap<string, string> = new Map([
	['wave', 'wav'],
	['pcm', 'pcm_s16le'],
	['raw', 'pcm_s16le'],
	['ulaw', 'mulaw'],
	['ul', 'mulaw'],
	['al', 'alaw'],
	['oga', 'ogg'],
]);

export const formatNames = [...outputs.keys()].join(', ');

/** What to make for a file (by its extension) or for stdout (WAV), unless a format is named. Throws UsageError. */
export function outputFor(file: string | undefined, name: string | undefined): Output {
	const extension = file === undefined || isSpecial(file) ? 'wav' : extensionOf(file);
	const output = outputs.get(name ?? byExtension.get(extension) ?? extension);
	if (output) return output;
	if (name !== undefined)
		throw new UsageError(`There is no format ${JSON.stringify(name)}: --format is one of ${formatNames}.`);
	const what = extension === '' ? 'has no extension' : `ends in .${extension}, which is no format`;
	throw new UsageError(
		`${file} ${what}: use one of .wav, ${encoded.map(name => `.${name}`).join(', ')}, or name one with --format.`,
	);
}

const captionFormats = ['srt', 'vtt', 'lrc', 'json'] as const;

/** The captions' format by their file's extension. Throws UsageError. */
export function captionFormatFor(file: string): CaptionFormat {
	const extension = extensionOf(file);
	const format = captionFormats.find(name => name === extension);
	if (format) return format;
	const allowed = captionFormats.map(name => `.${name}`).join(', ');
	throw new UsageError(`The captions file ${file} must end in one of ${allowed}.`);
}

/** Throws UsageError where two of the files, by the options that name them, are the same: one would replace the other. */
export function refuseSame(files: Readonly<Record<string, string | undefined>>): void {
	const seen = new Map<string, string>();
	for (const [option, file] of Object.entries(files)) {
		if (file === undefined || isSpecial(file)) continue;
		const path = truePath(file);
		const other = seen.get(path);
		if (other !== undefined) throw new UsageError(`${other} and ${option} name the same file, ${file}.`);
		seen.set(path, option);
	}
}

function extensionOf(file: string): string {
	return extname(file).slice(1).toLowerCase();
}

/** A device, a FIFO, a folder: its name tells no format, and it is not replaced. */
function isSpecial(file: string): boolean {
	try {
		return !statSync(file).isFile();
	} catch {
		return false;
	}
}

/** Of a file that may not be there yet, links resolved. */
function truePath(file: string): string {
	for (const path of [() => realpathSync(file), () => join(realpathSync(dirname(file)), basename(file))]) {
		try {
			return path();
		} catch {
			// It, or its folder, is not there.
		}
	}
	return resolve(file);
}
