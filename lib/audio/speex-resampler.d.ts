/** The parts used of SpeexDSP's resampler, https://github.com/xiph/speexdsp (speex_resampler.h). The package brings no types. */
declare module '@echogarden/speex-resampler-wasm/simd' {
	/** Pointers are byte offsets into the heap. */
	export interface SpeexModule {
		/** Replaced whenever the memory grows: read it afresh after every allocation. */
		readonly HEAPF32: Float32Array;
		readonly HEAPU32: Uint32Array;
		_malloc(bytes: number): number;
		_free(pointer: number): void;
		/** Gives the state, or 0 with the error code at `error`. */
		_speex_resampler_init(channels: number, from: number, to: number, quality: number, error: number): number;
		_speex_resampler_destroy(state: number): void;
		/** Starts where the filter's middle stands on the first sample, so that the output is not delayed. */
		_speex_resampler_skip_zeros(state: number): number;
		/** Samples of input that the filter needs beyond the one it gives. */
		_speex_resampler_get_input_latency(state: number): number;
		/** `inLength` and `outLength` point to the samples given and the room there is; they come back as used and made. */
		_speex_resampler_process_float(
			state: number,
			channel: number,
			input: number,
			inLength: number,
			output: number,
			outLength: number,
		): number;
	}
	export default function load(): Promise<SpeexModule>;
}
