import {msToSamples} from '../audio/clock.js';

export interface AudioQueueOptions {
	/** Bytes that precede the audio, of a container; empty for raw audio. */
	readonly header: Buffer;
	/** From s16le to the format read. */
	readonly encode: (pcm: Buffer) => Buffer;
	readonly bytesPerSample: number;
	readonly sampleRate: number;
}

/** Audio on its way to the reader: cut into short chunks, encoded as it goes, counted in whole samples. */
export class AudioQueue {
	readonly #options: AudioQueueOptions;
	/** A tenth of a second: short enough to start and stop at once, long enough to cost nothing. */
	readonly #chunkBytes: number;
	#pcm: Buffer = Buffer.alloc(0);
	/** Bytes that went to the reader, the header too. */
	#sent = 0;

	constructor(options: AudioQueueOptions) {
		this.#options = options;
		this.#chunkBytes = 2 * msToSamples(100, options.sampleRate);
	}

	/** Audio to be read, s16le; the one before must have been taken. */
	add(pcm: Buffer): void {
		this.#pcm = pcm;
	}

	/** The next chunk to be read, and the samples in it; undefined if nothing waits. */
	take(): {chunk: Buffer; pcm: Buffer} | undefined {
		if (this.#pcm.length === 0) return undefined;
		const pcm = this.#pcm.subarray(0, this.#chunkBytes);
		this.#pcm = this.#pcm.subarray(this.#chunkBytes);
		const audio = this.#options.encode(pcm);
		const chunk = this.#sent === 0 ? Buffer.concat([this.#options.header, audio]) : audio;
		this.#sent += chunk.length;
		return {chunk, pcm};
	}

	/** Samples that were read whole, when `unread` bytes wait with the Readable. */
	samplesRead(unread: number): number {
		const bytes = this.#sent - unread - this.#options.header.length;
		return Math.max(0, Math.floor(bytes / this.#options.bytesPerSample));
	}

	/**
	 * Forgets what waits, here and in the `unread` bytes taken back from the Readable. Gives the start of those that must be read
	 * all the same: the rest of a header, or of a sample, that was read in part.
	 */
	discard(unread: Buffer): Buffer {
		this.#pcm = Buffer.alloc(0);
		const {header, bytesPerSample} = this.#options;
		const read = this.#sent - unread.length;
		const begun = (read - header.length) % bytesPerSample;
		const rest = read < header.length ? header.length - read : begun === 0 ? 0 : bytesPerSample - begun;
		const kept = unread.subarray(0, read === 0 ? 0 : rest);
		this.#sent = read + kept.length;
		return kept;
	}
}
