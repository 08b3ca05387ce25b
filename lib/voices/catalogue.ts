import type {Voice} from '../synthesizer.js';

/** heart's record but for the runtime, which only the engine knows. */
export const heart = {
	id: 'heart',
	name: 'Heart',
	language: 'en-US',
	gender: 'female',
	licence: 'Apache-2.0',
	nativeRate: 24_000,
	wordTimes: 'exact',
	speed: {min: 0.5, max: 2},
	pitch: null,
	volume: null,
} as const satisfies Omit<Voice, 'engine'>;

/**
 * Every voice speaks at -24 LUFS (EBU R128 integrated loudness; the target of ATSC A/85), by one constant gain each. At -18
 * heart would clip: its plosives reach 24 dB above its loudness. Measured by ffmpeg's ebur128 over 400 sentences of prose
 * with 0.3 s between them: -26.0 LUFS, highest peak -2.2 dBFS.
 */
export const heartGain = 10 ** (2 / 20);

export const espeakGain = 1;
