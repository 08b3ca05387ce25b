import {endianness} from 'node:os';

const bytesPerSample = Int16Array.BYTES_PER_ELEMENT;
/** The same factor both ways, so that s16 comes back unchanged. */
const fullScale = 32_768;

/**
 * Samples of -1 to 1 as s16le: times `gain` (1 by default), rounded to the nearest, clipped; no dither, so that the
 * same samples always give the same bytes. The Buffer has memory of its own (never a pool's): it can be transferred.
 */
export function toPcm(samples: Float32Array, gain = 1): Buffer {
	const pcm = Buffer.alloc(samples.length * bytesPerSample);
	const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
	const factor = gain * fullScale;
	for (let index = 0; index < samples.length; index++) {
		const value = Math.round((samples[index] ?? 0) * factor);
		view.setInt16(index * bytesPerSample, Math.max(-fullScale, Math.min(fullScale - 1, value)), true);
	}
	return pcm;
}

/** s16le, whole samples, as samples of -1 to 1. */
export function fromPcm(pcm: Uint8Array): Float32Array {
	const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
	const samples = new Float32Array(Math.floor(pcm.byteLength / bytesPerSample));
	for (let index = 0; index < samples.length; index++) {
		samples[index] = view.getInt16(index * bytesPerSample, true) / fullScale;
	}
	return samples;
}

/** s16le is this machine's own order of bytes, as on nearly all that Node.js runs on. */
const isLittleEndian = endianness() === 'LE';

/** The samples of s16le: the same memory where that can be, so they are not to be changed. */
export function toInt16(pcm: Buffer): Int16Array {
	if (isLittleEndian && pcm.byteOffset % bytesPerSample === 0)
		return new Int16Array(pcm.buffer, pcm.byteOffset, Math.floor(pcm.length / bytesPerSample));
	const copy = Buffer.alloc(pcm.length - (pcm.length % bytesPerSample));
	pcm.copy(copy);
	if (!isLittleEndian) copy.swap16();
	return new Int16Array(copy.buffer, copy.byteOffset, copy.length / bytesPerSample);
}

/** Samples as s16le, in their own memory. */
export function fromInt16(samples: Int16Array): Buffer {
	const pcm = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
	return isLittleEndian ? pcm : pcm.swap16();
}
