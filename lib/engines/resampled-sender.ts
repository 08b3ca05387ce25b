import {mapPosition} from '../audio/clock.js';
import {createResampler} from '../audio/resampler.js';
import {toPcm} from '../audio/samples.js';
import type {UtteranceWord} from './engine.js';
import {type PcmPart, sendPcm} from './pcm-part.js';
import type {Answer} from './serve.js';

/** Takes an utterance's audio at the native rate, piece by piece, and sends it at the rate wanted. */
export interface ResampledSender {
	/** Word positions count from the utterance's first sample, at the native rate. */
	push(samples: Float32Array, words: readonly UtteranceWord[]): void;
	/** Sends the rest: `mapPosition(n, from, to)` samples in all. */
	end(): void;
	/** Lets go of an utterance that is given up; nothing after `end`. */
	close(): void;
}

export async function createSender(
	answer: Answer<PcmPart>,
	{from, to, gain}: {readonly from: number; readonly to: number; readonly gain: number},
): Promise<ResampledSender> {
	const resampler = await createResampler(from, to);
	let waiting: UtteranceWord[] = [];
	const send = (samples: Float32Array) => {
		// The filter may hold all of it back: its words come with the next piece, which holds their samples.
		if (samples.length === 0) return;
		sendPcm(toPcm(samples, gain), waiting, answer);
		waiting = [];
	};
	return {
		push(samples, words) {
			for (const word of words) {
				const startSample = mapPosition(word.startSample, from, to);
				waiting.push({...word, startSample, endSample: mapPosition(word.endSample, from, to)});
			}
			send(resampler.push(samples));
		},
		end: () => send(resampler.end()),
		close: () => resampler.close(),
	};
}
