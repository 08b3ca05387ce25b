import {mapPosition} from '../audio/clock.js';
import {createResampler} from '../audio/resampler.js';
import {toPcm} from '../audio/samples.js';
import {freeMemory} from '../free-memory.js';
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

export interface SenderOptions {
	/** Hz. */
	readonly from: number;
	readonly to: number;
	/** Factor on the samples. */
	readonly gain: number;
	/** Whether all of it is sent at the end, in one piece. */
	readonly whole?: boolean | undefined;
}

export async function createSender(
	answer: Answer<PcmPart>,
	{from, to, gain, whole = false}: SenderOptions,
): Promise<ResampledSender> {
	const resampler = await createResampler(from, to);
	let waiting: UtteranceWord[] = [];
	let held: Float32Array[] = [];
	const hold = (samples: Float32Array) => {
		// The filter may hold all of it back: its words come with the next piece, which holds their samples.
		if (samples.length > 0) held.push(samples);
	};
	const send = () => {
		const [first] = held;
		if (!first) return;
		const all = held.length === 1 ? first : joined(held);
		sendPcm(toPcm(all, gain), waiting, answer);
		// At equal rates what is held is what was pushed: its maker's.
		if (from !== to) for (const made of [all, ...held]) freeMemory(made);
		waiting = [];
		held = [];
	};
	return {
		push(samples, words) {
			for (const word of words) {
				const startSample = mapPosition(word.startSample, from, to);
				waiting.push({...word, startSample, endSample: mapPosition(word.endSample, from, to)});
			}
			hold(resampler.push(samples));
			if (!whole) send();
		},
		end() {
			hold(resampler.end());
			send();
		},
		close: () => resampler.close(),
	};
}

function joined(pieces: readonly Float32Array[]): Float32Array {
	const all = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
	let filled = 0;
	for (const piece of pieces) {
		all.set(piece, filled);
		filled += piece.length;
	}
	return all;
}
