import {amplify} from '../audio/limiter.js';
import {targetLoudness} from '../voices/catalogue.js';

/** LUFS at which audiobooks are made unless told otherwise: between what broadcasters (EBU R128: -23) and streaming services (-14) ask for, the usual of spoken word. */
export const bookLoudness = -18;

/** dBTP, EBU Tech 3344's room for what codecs add. */
const ceiling = 10 ** (-1.5 / 20);

/** A change of level: the samples as they come, or louder or softer by one factor, true peaks limited to -1.5 dBTP. */
export type Level = (pcm: Buffer) => Buffer;

/** From one loudness to another, in LUFS. */
export function levelBetween(from: number, to: number, sampleRate: number): Level {
	const gain = 10 ** ((to - from) / 20);
	return pcm => amplify(pcm, {gain, ceiling, sampleRate});
}

/** What every voice here is brought to -18 LUFS with: its loudness is known. */
export function usualLevel(sampleRate: number): Level {
	return levelBetween(targetLoudness, bookLoudness, sampleRate);
}

export const unchanged: Level = pcm => pcm;
