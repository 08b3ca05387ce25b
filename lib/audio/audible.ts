import {msToSamples} from './clock.js';

/** -40 dBFS as a mean square, full scale being 1. */
const audiblePower = 10 ** (-40 / 10);
const windowMs = 10;
const windowsInARow = 5;
const fullScale = 32_768;

/**
 * Finds where a stream can first be heard: the first of five windows of 10 ms in a row whose RMS is above -40 dBFS
 * (the measure of pipecat's `audio/utils.py`). It holds no audio, and looks at nothing more once it has found it.
 */
export class AudibleDetector {
	readonly #windowLength: number;
	#position: number | undefined;
	#windowStart = 0;
	#filled = 0;
	#energy = 0;
	#loudWindows = 0;
	/** First byte of a sample that the last Buffer cut through. */
	#half: number | undefined;

	/** For s16le mono at `sampleRate` Hz. */
	constructor(sampleRate: number) {
		this.#windowLength = msToSamples(windowMs, sampleRate);
	}

	/** Takes the next bytes, cut anywhere; gives the first audible sample's position once 50 ms from there on are known. */
	push(pcm: Buffer): number | undefined {
		let offset = 0;
		if (this.#half !== undefined && pcm.length > 0 && this.#position === undefined) {
			this.#sample(((this.#half | (pcm.readUInt8(0) << 8)) << 16) >> 16);
			offset = 1;
			this.#half = undefined;
		}
		for (; this.#position === undefined && offset + 1 < pcm.length; offset += 2)
			this.#sample(pcm.readInt16LE(offset));
		if (offset + 1 === pcm.length) this.#half = pcm.readUInt8(offset);
		return this.#position;
	}

	#sample(value: number): void {
		const sample = value / fullScale;
		this.#energy += sample * sample;
		if (++this.#filled === this.#windowLength) this.#window();
	}

	#window(): void {
		const loud = this.#energy / this.#windowLength > audiblePower;
		this.#loudWindows = loud ? this.#loudWindows + 1 : 0;
		this.#windowStart += this.#windowLength;
		this.#filled = 0;
		this.#energy = 0;
		if (this.#loudWindows === windowsInARow) {
			this.#position = this.#windowStart - windowsInARow * this.#windowLength;
		}
	}
}
