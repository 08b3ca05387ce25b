import {readFile} from 'node:fs/promises';
import {InferenceSession, Tensor} from 'onnxruntime-node';
import {EnglishPhonemizer} from '../../lib/phonemes/english/phonemizer.js';
import type {Variety} from '../../lib/phonemes/english/variety.js';
import {decodeGuess, encodeGuess, type GuessCoding} from '../../lib/phonemes/guess.js';
import {inflateLexicon, Lexicon} from '../../lib/phonemes/lexicon.js';
import {dataFile, readData} from '../../lib/voices/data.js';

/** The lexicon of a variety, from the data that the project brings along. */
export async function loadLexicon(variety: Variety): Promise<Lexicon> {
	return new Lexicon(inflateLexicon(await readData(`en/${variety}-lexicon.txt.gz`)));
}

/** The network for unknown words, run by onnxruntime-node, as a function. */
export async function loadGuess(variety: Variety): Promise<(word: string) => Promise<string>> {
	// The file is ours and of this shape.
	const coding = JSON.parse(await readFile(dataFile(`en/${variety}-oov.json`), 'utf8')) as GuessCoding;
	const session = await InferenceSession.create(await readData(`en/${variety}-oov.onnx`), {
		intraOpNumThreads: 1,
		interOpNumThreads: 1,
	});
	return async word => {
		const chars = encodeGuess(coding, word);
		if (chars.length === 0) return '';
		const input = new Tensor('int64', BigInt64Array.from(chars, BigInt), [1, chars.length]);
		const {ids} = await session.run({chars: input});
		// The network's one output holds int64.
		return decodeGuess(coding, ids?.data as BigInt64Array);
	};
}

/** A phonemizer with everything real in it. */
export async function loadEnglish(variety: Variety): Promise<EnglishPhonemizer> {
	const [lexicon, guess] = await Promise.all([loadLexicon(variety), loadGuess(variety)]);
	return new EnglishPhonemizer({variety, lexicon, guess});
}
