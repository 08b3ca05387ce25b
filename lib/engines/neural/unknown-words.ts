import {weaken} from '../../phonemes/english/stress.js';
import type {Guess} from '../../phonemes/english/unknown.js';
import type {Variety} from '../../phonemes/english/variety.js';
import {decodeGuess, encodeGuess, type GuessCoding, guessablePieces} from '../../phonemes/guess.js';
import {readData} from '../../voices/data.js';
import type {Runtime} from './runtime.js';

/** A name that a book brings up comes again on every page. */
const remembered = 4096;

/** The network for unknown words of a variety, loaded when the first of them comes (0.15 s). */
export function createGuess(runtime: () => Promise<Runtime>, variety: Variety): Guess {
	let loading: Promise<Guess> | undefined;
	const known = new Map<string, string>();
	return async word => {
		const before = known.get(word);
		if (before !== undefined) return before;
		loading ??= runtime().then(loaded => load(loaded, variety));
		const phonemes = await (await loading)(word);
		if (known.size >= remembered) known.clear();
		known.set(word, phonemes);
		return phonemes;
	};
}

async function load(runtime: Runtime, variety: Variety): Promise<Guess> {
	const [model, codingJson] = await Promise.all([
		readData(`en/${variety}-oov.onnx`),
		readData(`en/${variety}-oov.json`),
	]);
	const coding: GuessCoding = JSON.parse(Buffer.from(codingJson).toString());
	const network = await runtime.load(model);
	const guess = async (word: string) => {
		const chars = encodeGuess(coding, word);
		if (chars.length === 0) return '';
		const {ids} = await network({chars: runtime.tensor('int64', chars, [1, chars.length])}, ['ids']);
		return ids?.data instanceof BigInt64Array ? decodeGuess(coding, ids.data) : '';
	};
	return async word => {
		let phonemes = '';
		// Of a word in pieces the last bears the stress.
		for (const piece of guessablePieces(coding, word)) phonemes = weaken(phonemes) + (await guess(piece));
		return phonemes;
	};
}
