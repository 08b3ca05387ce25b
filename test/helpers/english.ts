import {loadRuntime} from '../../lib/engines/neural/runtime.js';
import {createGuess} from '../../lib/engines/neural/unknown-words.js';
import {EnglishPhonemizer} from '../../lib/phonemes/english/phonemizer.js';
import type {Guess} from '../../lib/phonemes/english/unknown.js';
import type {Variety} from '../../lib/phonemes/english/variety.js';
import {inflateLexicon, Lexicon} from '../../lib/phonemes/lexicon.js';
import {readData} from '../../lib/voices/data.js';

/** The lexicon of a variety, from the data that the project brings along. */
export async function loadLexicon(variety: Variety): Promise<Lexicon> {
	return new Lexicon(await inflateLexicon(await readData(`en/${variety}-lexicon.txt.gz`)));
}

/** The network for unknown words of a variety, as a function. */
export async function loadGuess(variety: Variety): Promise<Guess> {
	return createGuess(await loadRuntime('auto'), variety);
}

/** A phonemizer with everything real in it. */
export async function loadEnglish(variety: Variety): Promise<EnglishPhonemizer> {
	const [lexicon, guess] = await Promise.all([loadLexicon(variety), loadGuess(variety)]);
	return new EnglishPhonemizer({variety, lexicon, guess});
}
