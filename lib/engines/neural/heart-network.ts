import {readData} from '../../voices/data.js';
import type {Runtime} from './runtime.js';

/** Hz; the model makes nothing else. */
export const heartRate = 24_000;
/** Samples of one frame, the unit of the model's durations: 25 ms. */
const frameLength = 600;
/** Phonemes that the model takes at once. */
export const heartMaxPhonemes = 400;

/** What the network made of some phonemes. */
export interface HeartSpeech {
	/** -1 to 1 at 24 kHz, silence around it included. */
	readonly samples: Float32Array;
	/** Where each phoneme given starts in `samples`, and where the last ends: one more than there were phonemes. */
	readonly starts: readonly number[];
}

/** Speaks phonemes (of lib/voices/heart/vocab.json, unknown letters skipped); speed 1 is normal. */
export type HeartNetwork = (phonemes: string, speed: number) => Promise<HeartSpeech>;

/** Loads the voice: the model as published, with the fragment appended that adds the outputs `audio` and `durations`. */
export async function loadHeart(runtime: Runtime): Promise<HeartNetwork> {
	const [model, fragment, vocabulary] = await Promise.all([
		readData('heart/model.onnx'),
		readData('heart/waveform.onnx-fragment'),
		readData('heart/vocab.json'),
	]);
	const network = await runtime.load(Buffer.concat([model, fragment]));
	const idOf = new Map<string, number>(Object.entries(JSON.parse(Buffer.from(vocabulary).toString())));

	return async (phonemes, speed) => {
		const ids = Array.from({length: phonemes.length}, (_, index) => idOf.get(phonemes.charAt(index)));
		const known = [0, ...ids.filter(id => id !== undefined), 0];
		const {audio, durations} = await network(
			{ids: runtime.int64(known, [1, known.length]), speed: runtime.float32([speed], [1])},
			['audio', 'durations'],
		);
		if (!(audio?.data instanceof Float32Array) || !(durations?.data instanceof BigInt64Array)) {
			throw new TypeError('heart gave no audio or no durations');
		}
		return {samples: audio.data, starts: startsOf(ids, durations.data)};
	};
}

/** The first and the last duration are those of the silence around the phonemes; one that was skipped takes no time. */
function startsOf(ids: ReadonlyArray<number | undefined>, durations: BigInt64Array): number[] {
	let next = 0;
	let position = Number(durations[next++] ?? 0n) * frameLength;
	const starts = [position];
	for (const id of ids) {
		if (id !== undefined) position += Number(durations[next++] ?? 0n) * frameLength;
		starts.push(position);
	}
	return starts;
}
