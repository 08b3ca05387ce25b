import {createPhonemizer} from '../../lib/engines/neural/phonemizer.js';
import {loadRuntime} from '../../lib/engines/neural/runtime.js';
import type {EnglishPhonemizer} from '../../lib/phonemes/english/phonemizer.js';
import type {Variety} from '../../lib/phonemes/english/variety.js';
import {inflateLexicon, Lexicon} from '../../lib/phonemes/lexicon.js';
import {readData} from '../../lib/voices/data.js';

/** The lexicon of a variety, from the data that the project brings along. */
export async function loadLexicon(variety: Variety): Promise<Lexicon> {
	return new Lexicon(await inflateLexicon(await readData(`en/${variety}-lexicon.txt.gz`)));
}

/** A phonemizer with everything real in it. */
export async function loadEnglish(variety: Variety): Promise<EnglishPhonemizer> {
	return createPhonemizer(
		() => loadRuntime('auto'),
		variety,
		await inflateLexicon(await readData(`en/${variety}-lexicon.txt.gz`)),
	);
}
