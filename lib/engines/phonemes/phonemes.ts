import {type ReadingFinder, type ReadingOptions, readingFinder} from '../../lexicon/readings.js';
import type {Voice} from '../../synthesizer.js';
import {Segmenter} from '../../text/segmenter.js';
import {splitByScript} from '../../text/speakable.js';
import {espeakById, espeakByLanguage} from '../../voices/espeak.js';
import type {Engine} from '../engine.js';
import type {RuntimeChoice} from '../neural/runtime-choice.js';
import {warnUnknown} from '../neural/warnings.js';
import {Pool} from '../pool.js';
import type {PhonemesData, PhonemesRequest} from './worker.js';

/** What a voice would say. */
export interface TextPhonemes {
	/** In the voices' alphabet where the voice takes it, else in IPA; no line breaks. */
	readonly phonemes: string;
	/** What it would not, and why: offsets in UTF-16 units. Blanks alone are not listed. */
	readonly unspoken: ReadonlyArray<{
		readonly textStart: number;
		readonly textEnd: number;
		readonly reason: string;
	}>;
}

/** Tells the phonemes of texts, in a worker thread that starts when it is first asked. */
export class PhonemeTeller {
	readonly #pool: Pool<PhonemesRequest, string, undefined, PhonemesData>;

	constructor(runtime: RuntimeChoice) {
		this.#pool = new Pool({
			name: 'phonemes',
			worker: new URL('./worker.js', import.meta.url),
			size: 1,
			data: async () => ({runtime}),
		});
	}

	/** Cuts the text as speaking does, so that each word stands among the same others. Throws what speaking it would. */
	async tell(text: string, engine: Engine, voice: Voice, options: ReadingOptions): Promise<TextPhonemes> {
		const english = engine.english?.(voice);
		const finder = readingFinder(options, {id: voice.id, language: voice.language, english}, phonemes =>
			warnUnknown(voice.id, phonemes),
		);
		const segmenter = new Segmenter({language: voice.language, maxLength: engine.maxUtterance});
		const parts = [...segmenter.push(text), ...segmenter.flush()].flatMap(range =>
			splitByScript(range, engine.scripts(voice), finder.find(range.text)),
		);
		const said: string[] = [];
		const unspoken: Array<TextPhonemes['unspoken'][number]> = [];
		for (const {range, unspoken: reason} of parts) {
			if (reason === undefined)
				said.push(await this.#ask(range.text, finder, english ?? espeakOf(engine, voice)));
			else if (reason !== 'blank') unspoken.push({textStart: range.start, textEnd: range.end, reason});
		}
		return {phonemes: said.filter(Boolean).join(' '), unspoken};
	}

	async close(): Promise<void> {
		await this.#pool.close();
	}

	async #ask(text: string, finder: ReadingFinder, speech: PhonemesRequest['speech']): Promise<string> {
		let phonemes = '';
		const request = {text, readings: finder.find(text), speech};
		for await (const part of this.#pool.run(request, {deadline: performance.now()})) phonemes += part;
		return phonemes;
	}
}

/** The eSpeak NG voice of a voice's language, or the voice itself. */
function espeakOf(engine: Engine, voice: Voice): Exclude<PhonemesRequest['speech'], string> {
	const {id, language} = voice;
	const file = espeakById(id)?.language.file ?? espeakByLanguage(language)?.file;
	return {espeak: file ?? 'en-us', alphabet: engine.alphabet?.(voice) ?? 'ipa', language};
}
