import {SpeechError} from '../errors.js';
import type {Encoding} from './formats.js';
import {extensibleTag, formatTags, unknownSize} from './wav-tags.js';

/** What the start of a WAVE file or stream tells. */
export interface WavHeader {
	readonly encoding: Encoding;
	/** Hz. */
	readonly sampleRate: number;
	readonly channels: number;
	/** Where the samples begin, in bytes. */
	readonly dataOffset: number;
	/** Bytes of samples, as the header has them; undefined where they go on to the end. */
	readonly dataBytes: number | undefined;
}

type Format = Pick<WavHeader, 'encoding' | 'sampleRate' | 'channels'>;

/** A header longer than this (cover art in a LIST chunk, say) is refused rather than collected without end. */
const longestHeader = 1024 * 1024;
/** All that is read of a chunk: an extensible fmt chunk has this many bytes. */
const longestContent = 40;

/**
 * Reads the header of RIFF, RF64 or BW64 WAVE, past any other chunks. `bytes` are the first of the stream, as many as there
 * are so far; the answer is undefined while more are needed. Throws AUDIO_INVALID for what is not WAVE, or
 * whose samples are of none of our encodings.
 */
export function parseWavHeader(bytes: Buffer): WavHeader | undefined {
	if (!startsAsWave(bytes)) return undefined;
	let format: Format | undefined;
	let largeBytes: number | undefined;
	for (let offset = 12; offset < longestHeader; ) {
		if (bytes.length < offset + 8) return undefined;
		const id = bytes.toString('latin1', offset, offset + 4);
		const size = bytes.readUInt32LE(offset + 4);
		const content = bytes.subarray(offset + 8, offset + 8 + Math.min(size, longestContent));
		if (id === 'data') {
			if (!format) throw invalid('WAVE with samples before their format');
			return {...format, dataOffset: offset + 8, dataBytes: size === unknownSize ? largeBytes : size};
		}
		if (id === 'fmt ' || id === 'ds64') {
			if (content.length < Math.min(size, longestContent)) return undefined;
			if (id === 'fmt ') format = parseFormatChunk(content);
			else largeBytes = parseLargeSize(content);
		}
		offset += 8 + size + (size % 2);
	}
	throw invalid(`WAVE with more than ${longestHeader} bytes before its samples`);
}

/** Whether the first 12 bytes are there; throws at the first byte that differs from what WAVE begins with. */
function startsAsWave(bytes: Buffer): boolean {
	const start = bytes.toString('latin1', 0, 12);
	const riff = start.slice(0, 4);
	const known = ['RIFF', 'RF64', 'BW64'].some(id => id.startsWith(riff));
	if (!known || !'WAVE'.startsWith(start.slice(8))) throw invalid('not WAVE');
	return bytes.length >= 12;
}

function parseFormatChunk(content: Buffer): Format {
	const extensible = content.length >= 40 && content.readUInt16LE(0) === extensibleTag;
	if (content.length < 16) throw invalid('WAVE with a format chunk of less than 16 bytes');
	const tag = content.readUInt16LE(extensible ? 24 : 0);
	const channels = content.readUInt16LE(2);
	const bits = content.readUInt16LE(14);
	const encoding = encodingOf(tag, bits);
	if (!encoding || channels === 0)
		throw invalid(`WAVE of format ${tag} with ${bits} bits and ${channels} channels`);
	return {encoding, sampleRate: content.readUInt32LE(4), channels};
}

function encodingOf(tag: number, bits: number): Encoding | undefined {
	// Object.keys forgets the key type that formatTags declares.
	const encodings = Object.keys(formatTags) as Encoding[];
	return encodings.find(name => formatTags[name].tag === tag && formatTags[name].bytesPerSample * 8 === bits);
}

/** The size of the data chunk in RF64's ds64 (EBU Tech 3306); all ones mean unknown here too. */
function parseLargeSize(content: Buffer): number | undefined {
	if (content.length < 16) throw invalid('RF64 with a ds64 chunk of less than 16 bytes');
	const size = content.readBigUInt64LE(8);
	return size > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(size);
}

function invalid(what: string): SpeechError {
	return new SpeechError('AUDIO_INVALID', `The audio cannot be read: ${what}.`);
}
