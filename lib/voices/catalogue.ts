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

export const heartGain = 1;
