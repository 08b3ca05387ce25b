import type {Voice} from '../synthesizer.js';
import {espeakVariants} from './espeak-table.js';

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
 * LUFS (EBU R128 integrated loudness) at which every voice speaks, by one constant gain each. It is the target of ATSC A/85;
 * at -18 heart would clip, because its plosives reach 24 dB above its loudness.
 */
const target = -24;
/** LUFS, measured by ffmpeg's ebur128 over 400 sentences of prose, 0.3 s between them; their highest peak was -2.2 dBFS. */
const heartLoudness = -26;
/** LUFS at eSpeak NG's volume 50: the median of 22 languages, which lie from -28.3 to -25.4. */
const espeakLoudness = -26.9;

/** Factor on heart's samples. */
export const heartGain = gainFrom(heartLoudness);

/** Factor on eSpeak NG's samples at its volume 50, for one of its variants or its normal voice. */
export function espeakGain(variant: string | undefined): number {
	return gainFrom(espeakVariants.get(variant ?? '')?.loudness ?? espeakLoudness);
}

function gainFrom(loudness: number): number {
	return 10 ** ((target - loudness) / 20);
}
