import type {Encoding} from './formats.js';
import {formatTags, unknownSize} from './wav-tags.js';

export {parseWavHeader, type WavHeader} from './wav-parser.js';

/** What a header tells; one channel always. */
export interface WavOptions {
	readonly encoding: Encoding;
	/** Hz. */
	readonly sampleRate: number;
	/** Bytes of samples, the pad byte not counted. */
	readonly dataBytes: number;
}

const chunkHead = 8;
const ds64Bytes = 28;

/**
 * The header of a WAVE stream (Microsoft, Multimedia Programming Interface 1.0, with the fmt and fact chunks that
 * its New Multimedia Data Types note asks of non-PCM formats). Without `dataBytes`, or past 4 GiB, the sizes are 0xFFFFFFFF, which
 * readers of pipes take as "to the end".
 */
export function wavHeader({
	encoding,
	sampleRate,
	dataBytes,
}: Omit<WavOptions, 'dataBytes'> & {readonly dataBytes?: number | undefined}): Buffer {
	const format = formatChunks(encoding, sampleRate, dataBytes);
	const riffBytes = dataBytes === undefined ? unknownSize : riffSize(format.length, dataBytes);
	return Buffer.concat([
		chunk('RIFF', riffBytes, Buffer.from('WAVE', 'latin1')),
		format,
		chunk('data', dataBytes ?? unknownSize),
	]);
}

/**
 * The header of a WAVE file whose size was not known when it began: always of the same length for an encoding, so that
 * it can be written first and written over at the end. Past 4 GiB it is RF64 (EBU Tech 3306), whose ds64 chunk
 * takes the room that a JUNK chunk keeps until then. After the samples `padBytes(dataBytes)` zeros must follow.
 */
export function fileWavHeader({encoding, sampleRate, dataBytes}: WavOptions): Buffer {
	const format = formatChunks(encoding, sampleRate, dataBytes);
	const room = Buffer.alloc(ds64Bytes);
	const riffBytes = riffSize(format.length + chunkHead + ds64Bytes, dataBytes);
	const large = riffBytes >= unknownSize;
	if (large) {
		room.writeBigUInt64LE(BigInt(riffBytes), 0);
		room.writeBigUInt64LE(BigInt(dataBytes), 8);
		room.writeBigUInt64LE(BigInt(samplesIn(encoding, dataBytes)), 16);
	}
	return Buffer.concat([
		chunk(large ? 'RF64' : 'RIFF', large ? unknownSize : riffBytes, Buffer.from('WAVE', 'latin1')),
		chunk(large ? 'ds64' : 'JUNK', ds64Bytes, room),
		format,
		chunk('data', large ? unknownSize : dataBytes),
	]);
}

/** Zero bytes (0 or 1) that follow the samples: a chunk ends at an even offset, and its size doesn't count them. */
export function padBytes(dataBytes: number): number {
	return dataBytes % 2;
}

/** All that follows the RIFF chunk's size: "WAVE", the chunks before the samples, the samples and their pad byte. */
function riffSize(chunkBytes: number, dataBytes: number): number {
	return 4 + chunkBytes + chunkHead + dataBytes + padBytes(dataBytes);
}

function samplesIn(encoding: Encoding, dataBytes: number): number {
	return Math.floor(dataBytes / formatTags[encoding].bytesPerSample);
}

function formatChunks(encoding: Encoding, sampleRate: number, dataBytes: number | undefined): Buffer {
	const {tag, bytesPerSample} = formatTags[encoding];
	const isPcm = encoding === 'pcm_s16le';
	const format = Buffer.alloc(isPcm ? 16 : 18);
	format.writeUInt16LE(tag, 0);
	format.writeUInt16LE(1, 2);
	format.writeUInt32LE(sampleRate, 4);
	format.writeUInt32LE(sampleRate * bytesPerSample, 8);
	format.writeUInt16LE(bytesPerSample, 12);
	format.writeUInt16LE(bytesPerSample * 8, 14);
	const fmt = chunk('fmt ', format.length, format);
	if (isPcm) return fmt;
	const fact = Buffer.alloc(4);
	fact.writeUInt32LE(
		dataBytes === undefined ? unknownSize : Math.min(unknownSize, samplesIn(encoding, dataBytes)),
	);
	return Buffer.concat([fmt, chunk('fact', fact.length, fact)]);
}

/** The head of a chunk, with what is known of its content; a size that does not fit is given as unknown. */
function chunk(id: string, size: number, content: Buffer = Buffer.alloc(0)): Buffer {
	const head = Buffer.alloc(chunkHead);
	head.write(id, 'latin1');
	head.writeUInt32LE(Math.min(unknownSize, size), 4);
	return Buffer.concat([head, content]);
}
