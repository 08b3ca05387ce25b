import type {Variety} from '../../phonemes/english/variety.js';
import {assembleEspeak} from '../../phonemes/espeak/assemble.js';
import {readLetters} from '../../phonemes/letters.js';
import type {Phonemized} from '../../phonemes/phonemized.js';
import type {Reading} from '../../phonemes/reading.js';
import {type EspeakWords, loadEspeakWords} from '../espeak/words.js';
import type {Reads} from './families/family.js';
import {createPhonemizer} from './phonemizer.js';
import type {Runtime} from './runtime.js';

/** Turns a text into phonemes of a model's alphabet. */
export type Reader = (text: string, readings?: readonly Reading[]) => Promise<Phonemized>;

/** As `inflateLexicon` gives them; all workers read the same memory. */
export type Lexicons = Readonly<Partial<Record<Variety, SharedArrayBuffer>>>;

/** The readers of a worker, each made when it is first asked for. */
export class Readers {
	readonly #lexicons: Lexicons;
	readonly #runtime: Runtime;
	readonly #known = new Map<string, Reader>();
	#espeak: Promise<EspeakWords> | undefined;

	constructor(lexicons: Lexicons, runtime: Runtime) {
		this.#lexicons = lexicons;
		this.#runtime = runtime;
	}

	/** How a text in a language (BCP 47 tag) is read. */
	get(reads: Reads, language: string): Reader {
		const key = `${language} ${typeof reads === 'string' ? reads : reads.espeak}`;
		const reader = this.#known.get(key) ?? this.#create(reads, language);
		this.#known.set(key, reader);
		return reader;
	}

	#create(reads: Reads, language: string): Reader {
		if (reads === 'letters') return async text => readLetters(text, language);
		if (typeof reads === 'string') return this.#english(reads);
		const {espeak: voice, alphabet} = reads;
		return async (text, readings) => {
			this.#espeak ??= loadEspeakWords();
			const words = (await this.#espeak)(text, {voice, language, readings});
			return assembleEspeak(text, words, {alphabet, language});
		};
	}

	#english(variety: Variety): Reader {
		const lexicon = this.#lexicons[variety];
		if (!lexicon) throw new TypeError(`the lexicon of ${variety} was not given`);
		const phonemizer = createPhonemizer(async () => this.#runtime, variety, lexicon);
		return (text, readings) => phonemizer.phonemize(text, readings);
	}
}
