import load, {type SpeexModule} from '@echogarden/speex-resampler-wasm/simd';
import {mapPosition} from './clock.js';

/** Changes the rate of one stream of samples, taken piece by piece: the same samples come out however it is cut. */
export interface Resampler {
	/** What can be given so far, in memory of its own (at equal rates: the piece itself). The filter holds back a few milliseconds. */
	push(samples: Float32Array): Float32Array;
	/** The rest: with it, exactly `mapPosition(n, from, to)` samples came out for `n` put in. Frees the memory. */
	end(): Float32Array;
	/** Frees the memory of a stream that is given up before its end. Safe to call twice. */
	close(): void;
}

/**
 * Of SpeexDSP's 0 to 10. At 7 the passband is flat to 0.9 of the lower Nyquist frequency and aliases and images
 * lie 100 dB below; 3 s of speech take 1 to 3 ms (11 to 44.1 kHz), a tenth of what the voice itself takes.
 */
const quality = 7;
/** Samples that go through the WASM memory at once. */
const blockLength = 4096;
const outLength = 2 * blockLength;

interface Loaded {
	readonly speex: SpeexModule;
	/** Shared by all resamplers of the thread: a call leaves nothing in them. */
	readonly input: number;
	readonly output: number;
	readonly lengths: number;
}

let loading: Promise<Loaded> | undefined;

async function loadOnce(): Promise<Loaded> {
	const speex = await load();
	return {
		speex,
		input: speex._malloc(blockLength * Float32Array.BYTES_PER_ELEMENT),
		output: speex._malloc(outLength * Float32Array.BYTES_PER_ELEMENT),
		lengths: speex._malloc(2 * Uint32Array.BYTES_PER_ELEMENT),
	};
}

/** Makes a resampler from `from` Hz to `to` Hz; equal rates load nothing and pass everything through. */
export async function createResampler(from: number, to: number): Promise<Resampler> {
	if (from === to) return {push: samples => samples, end: () => new Float32Array(0), close: () => {}};
	loading ??= loadOnce();
	return new SpeexResampler(await loading, from, to);
}

class SpeexResampler implements Resampler {
	readonly #loaded: Loaded;
	readonly #from: number;
	readonly #to: number;
	/** Pointer to SpeexDSP's state; 0 once freed. */
	#state: number;
	#taken = 0;
	#given = 0;

	constructor(loaded: Loaded, from: number, to: number) {
		this.#loaded = loaded;
		this.#from = from;
		this.#to = to;
		this.#state = loaded.speex._speex_resampler_init(1, from, to, quality, loaded.lengths);
		if (this.#state === 0) throw new RangeError(`no resampling from ${from} to ${to} Hz`);
		loaded.speex._speex_resampler_skip_zeros(this.#state);
	}

	push(samples: Float32Array): Float32Array {
		this.#taken += samples.length;
		const made = this.#process(samples);
		this.#given += made.length;
		return made;
	}

	end(): Float32Array {
		const missing = mapPosition(this.#taken, this.#from, this.#to) - this.#given;
		const rest = new Float32Array(missing);
		// Silence follows the last sample, so that the filter gives what it held back; what is silence itself is cut.
		const silence = new Float32Array(this.#loaded.speex._speex_resampler_get_input_latency(this.#state) + 1);
		for (let filled = 0; filled < missing; ) {
			const made = this.#process(silence).subarray(0, missing - filled);
			rest.set(made, filled);
			filled += made.length;
		}
		this.close();
		return rest;
	}

	close(): void {
		if (this.#state === 0) return;
		this.#loaded.speex._speex_resampler_destroy(this.#state);
		this.#state = 0;
	}

	#process(samples: Float32Array): Float32Array {
		if (this.#state === 0) throw new Error('the resampler has ended');
		// One more than the ratio says: the fraction left from before may complete another sample.
		const made = new Float32Array(Math.ceil((samples.length * this.#to) / this.#from) + 1);
		let filled = 0;
		for (let offset = 0; offset < samples.length; ) {
			const block = this.#block(samples.subarray(offset, offset + blockLength));
			made.set(block.made, filled);
			filled += block.made.length;
			offset += block.used;
		}
		return made.subarray(0, filled);
	}

	/** One call into SpeexDSP, which takes as much as the room for its output allows. `made` is a view that the next call overwrites. */
	#block(samples: Float32Array): {used: number; made: Float32Array} {
		const {speex, input, output, lengths} = this.#loaded;
		const inLengthAt = lengths / Uint32Array.BYTES_PER_ELEMENT;
		const outLengthAt = inLengthAt + 1;
		speex.HEAPF32.set(samples, input / Float32Array.BYTES_PER_ELEMENT);
		speex.HEAPU32[inLengthAt] = samples.length;
		speex.HEAPU32[outLengthAt] = outLength;
		speex._speex_resampler_process_float(
			this.#state,
			0,
			input,
			lengths,
			output,
			lengths + Uint32Array.BYTES_PER_ELEMENT,
		);
		const start = output / Float32Array.BYTES_PER_ELEMENT;
		return {
			used: speex.HEAPU32[inLengthAt] ?? 0,
			made: speex.HEAPF32.subarray(start, start + (speex.HEAPU32[outLengthAt] ?? 0)),
		};
	}
}
