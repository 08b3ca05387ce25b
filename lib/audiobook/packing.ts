import {promisify} from 'node:util';
import {brotliCompress, brotliDecompress, constants} from 'node:zlib';
import {fromInt16, toInt16} from '../audio/samples.js';
import {SpeechError} from '../errors.js';
import {freeMemory} from '../free-memory.js';
import type {PackedHead} from './kept-schemas.js';
import type {Rendered} from './rendered.js';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** Bytes of the length that stands before the head. */
const lengthBytes = 4;
/** An utterance is a sentence: 64 MiB are 23 minutes at 24 kHz. What unpacks to more is none, and must not fill the memory. */
const largest = 64 * 2 ** 20;
/** Most utterances unpack to less: 11 s at 24 kHz. */
const pieceBytes = 512 * 1024;
/** Of brotli: 0.57 of the size of speech; higher ones gain 3% and take ten times as long. */
const quality = 1;

/** What utterances came as. */
const packedAs = new WeakMap<Rendered, Buffer>();

/** Has `packRendered` give these bytes for this utterance, which was unpacked from them: nothing is packed twice. */
export function keepPacked(rendered: Rendered, packed: Buffer): void {
	packedAs.set(rendered, packed);
}

/**
 * Packs an utterance without loss: the length of a JSON head (UInt32LE), the head with the words, then the second differences of the samples
 * modulo 2^16, all their low bytes before all their high bytes, which brotli then makes smaller. The same utterance gives the same bytes.
 */
export async function packRendered(rendered: Rendered): Promise<Buffer> {
	const known = packedAs.get(rendered);
	if (known) return known;
	const {pcm, words, unspoken} = rendered;
	const content: PackedHead = {
		samples: pcm.length / 2,
		words: words.map(({textStart, textEnd, startSample, endSample, timing}) => [
			textStart,
			textEnd,
			startSample,
			endSample,
			timing === 'exact' ? 1 : 0,
		]),
		unspoken: [...unspoken],
	};
	const json = Buffer.from(JSON.stringify(content));
	const body = Buffer.alloc(lengthBytes + json.length + pcm.length);
	body.writeUInt32LE(json.length);
	json.copy(body, lengthBytes);
	writeDifferences(pcm, body.subarray(lengthBytes + json.length));
	const packed = await compress(body, {
		// In one piece: each more would come back through the event loop.
		chunkSize: Math.max(1024, body.length),
		params: {
			[constants.BROTLI_PARAM_QUALITY]: quality,
			[constants.BROTLI_PARAM_SIZE_HINT]: body.length,
		},
	});
	freeMemory(body);
	return packed;
}

/** What was packed. Throws AUDIO_INVALID for bytes that are not whole, or no such utterance. */
export async function unpackRendered(packed: Uint8Array): Promise<Rendered> {
	try {
		const body = await decompress(packed, {maxOutputLength: largest, chunkSize: pieceBytes});
		const end = lengthBytes + body.readUInt32LE();
		const {packedHead} = await import('./kept-schemas.js');
		const {samples, words, unspoken} = packedHead.Parse(JSON.parse(body.toString('utf8', lengthBytes, end)));
		const bytes = body.subarray(end);
		if (bytes.length !== samples * 2) throw new Error(`${bytes.length} bytes for ${samples} samples`);
		const pcm = readDifferences(bytes);
		freeMemory(body);
		return {
			pcm,
			words: words.map(([textStart, textEnd, startSample, endSample, exact]) => ({
				textStart,
				textEnd,
				startSample,
				endSample,
				timing: exact === 1 ? 'exact' : 'estimated',
			})),
			unspoken,
		};
	} catch (cause) {
		throw new SpeechError('AUDIO_INVALID', 'A packed utterance is damaged: it must be rendered anew.', {
			cause,
		});
	}
}

function writeDifferences(pcm: Buffer, into: Buffer): void {
	const samples = toInt16(pcm);
	const count = samples.length;
	let [last, lastStep] = [0, 0];
	for (let index = 0; index < count; index++) {
		const sample = samples[index] ?? 0;
		const step = sample - last;
		const difference = step - lastStep;
		into[index] = difference;
		into[count + index] = difference >> 8;
		last = sample;
		lastStep = step;
	}
}

function readDifferences(bytes: Buffer): Buffer {
	const count = bytes.length / 2;
	const samples = new Int16Array(count);
	let [last, step] = [0, 0];
	for (let index = 0; index < count; index++) {
		// Typed arrays keep the low bits; these sums must not outgrow what numbers hold exactly.
		step = (step + ((bytes[index] ?? 0) | ((bytes[count + index] ?? 0) << 8))) & 0xffff;
		last = (last + step) & 0xffff;
		samples[index] = last;
	}
	return fromInt16(samples);
}
