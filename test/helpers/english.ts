import {loadRuntime} from '../../lib/engines/neural/runtime.js';
import {EnglishPhonemizer} from '../../lib/phonemes/english/phonemizer.js';
import type {Guess} from '../../lib/phonemes/english/unknown.js';
import type {Variety} from '../../lib/phonemes/english/variety.js';
import {decodeGuess, encodeGuess, type GuessCoding} from '../../lib/phonemes/guess.js';
import {inflateLexicon, Lexicon} from '../../lib/phonemes/lexicon.js';
import {readData} from '../../lib/voices/data.js';

/** The lexicon of a variety, from the data that the project brings along. */
export async function loadLexicon(variety: Variety): Promise<Lexicon> {
	return new Lexicon(inflateLexicon(await readData(`en/${variety}-lexicon.txt.gz`)));
}

/** The network for unknown words of a variety, as a function. */
export async function loadGuess(variety: Variety): Promise<Guess> {
	const coding: GuessCoding = JSON.parse(Buffer.from(await readData(`en/${variety}-oov.json`)).toString());
	const runtime = await loadRuntime('auto');
	const network = await runtime.load(await readData(`en/${variety}-oov.onnx`));
	return async word => {
		const chars = encodeGuess(coding, word);
		if (chars.length === 0) return '';
		const {ids} = await network({chars: runtime.int64(chars, [1, chars.length])}, ['ids']);
		return ids?.data instanceof BigInt64Array ? decodeGuess(coding, ids.data) : '';
	};
}

/** A phonemizer with everything real in it. */
export async function loadEnglish(variety: Variety): Promise<EnglishPhonemizer> {
	const [lexicon, guess] = await Promise.all([loadLexicon(variety), loadGuess(variety)]);
	return new EnglishPhonemizer({variety, lexicon, guess});
}
