import type {Guess} from '../../phonemes/english/unknown.js';
import {decodeGuess, encodeGuess, type GuessCoding} from '../../phonemes/guess.js';
import {readData} from '../../voices/data.js';
import type {Runtime} from './runtime.js';

/** The network for unknown American words, loaded when the first of them comes (0.15 s). */
export function createGuess(runtime: Runtime): Guess {
	let loading: Promise<Guess> | undefined;
	return async word => {
		loading ??= load(runtime);
		return (await loading)(word);
	};
}

async function load(runtime: Runtime): Promise<Guess> {
	const [model, codingJson] = await Promise.all([readData('en/us-oov.onnx'), readData('en/us-oov.json')]);
	const coding: GuessCoding = JSON.parse(Buffer.from(codingJson).toString());
	const network = await runtime.load(model);
	return async word => {
		const chars = encodeGuess(coding, word);
		if (chars.length === 0) return '';
		const {ids} = await network({chars: runtime.int64(chars, [1, chars.length])}, ['ids']);
		return ids?.data instanceof BigInt64Array ? decodeGuess(coding, ids.data) : '';
	};
}
