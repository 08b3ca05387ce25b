import type {Encoding} from './formats.js';

/** Stands for a size that is not known, or does not fit into 32 bits. */
export const unknownSize = 0xff_ff_ff_ff;

/** Microsoft's registered format tags (mmreg.h), with the bytes of a sample. */
export const formatTags: Readonly<Record<Encoding, {readonly tag: number; readonly bytesPerSample: number}>> =
	{
		pcm_s16le: {tag: 1, bytesPerSample: 2},
		pcm_f32le: {tag: 3, bytesPerSample: 4},
		alaw: {tag: 6, bytesPerSample: 1},
		mulaw: {tag: 7, bytesPerSample: 1},
	};

/** WAVE_FORMAT_EXTENSIBLE: the tag stands further on, in the first bytes of a GUID. */
export const extensibleTag = 0xff_fe;
