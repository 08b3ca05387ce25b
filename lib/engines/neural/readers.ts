import type {Variety} from '../../phonemes/english/variety.js';
import type {Phonemized} from '../../phonemes/phonemized.js';
import type {Reading} from '../../phonemes/reading.js';
import {createPhonemizer} from './phonemizer.js';
import type {Runtime} from './runtime.js';

/** Turns a text into phonemes of the model's alphabet. */
export type Reader = (text: string, readings?: readonly Reading[]) => Promise<Phonemized>;

/** As `inflateLexicon` gives them; all workers read the same memory. */
export type Lexicons = Readonly<Partial<Record<Variety, SharedArrayBuffer>>>;

/** How English is read. */
export function englishReader(variety: Variety, lexicons: Lexicons, runtime: Runtime): Reader {
	const lexicon = lexicons[variety];
	if (!lexicon) throw new TypeError(`the lexicon of ${variety} was not given`);
	const phonemizer = createPhonemizer(runtime, variety, lexicon);
	return (text, readings) => phonemizer.phonemize(text, readings);
}
