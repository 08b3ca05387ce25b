import {endianness} from 'node:os';

const bytesPerSample = Int16Array.BYTES_PER_ELEMENT;
/** The same factor both ways, so that s16 comes back unchanged. */
const fullScale = 32_768;

/**
 * Samples of -1 to 1 as s16le: times `gain` (1 by default), rounded to the nearest, clipped; no dither, so that the
 * same samples always give the same bytes. The Buffer has memory of its own (never a pool's): it can be transferred.
 */
export function toPcm(samples: Float32Array, gain = 1): Buffer {
	const pcm = new Int16Array(samples.length);
	const factor = gain * fullScale;
	for (let index = 0; index < samples.length; index++) pcm[index] = toSample((samples[index] ?? 0) * factor);
	return fromInt16(pcm);
}

/** Rounded to the nearest and clipped to s16. Not by `Math.round`, which takes more than twice as long. */
export function toSample(value: number): number {
	const rounded = Math.floor(value + 0.5);
	return rounded > fullScale - 1 ? fullScale - 1 : rounded < -fullScale ? -fullScale : rounded;
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
