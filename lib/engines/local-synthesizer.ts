import {type LexiconEntry, lexiconEntries, type UserLexicon} from '../lexicon/entries.js';
import type {Flush, SpeakOptions, SpeechEvent, Synthesizer, Voice, VoiceChoice} from '../synthesizer.js';
import {checkVoiceOptions, findVoice, resolveVoice} from './choose-voice.js';
import {createLocalEngines, type LocalEngines, type LocalEnginesOptions} from './local.js';
import type {RuntimeReport} from './neural/runtime-choice.js';
import {speakUtterances} from './speak.js';

export interface LocalSynthesizerOptions extends LocalEnginesOptions {
	/** Words of every speech; what `speak` is given wins over them. */
	readonly lexicon?: UserLexicon | undefined;
}

/** The voices of this machine: `heart`, and eSpeak NG's for every other language. Their workers start when they are needed. */
export class LocalSynthesizer implements Synthesizer {
	readonly name = 'local';
	readonly #engines: LocalEngines;
	readonly #lexicon: readonly LexiconEntry[];
	#closed = false;

	/** Throws OPTION_INVALID. */
	constructor(options: LocalSynthesizerOptions = {}) {
		this.#lexicon = lexiconEntries(options.lexicon ?? []);
		this.#engines = createLocalEngines(options);
	}

	/** Whether `close` was called. */
	get closed(): boolean {
		return this.#closed;
	}

	async voices(): Promise<readonly Voice[]> {
		return (await Promise.all(this.#engines.engines.map(engine => engine.voices()))).flat();
	}

	nativeRate(choice: VoiceChoice): number | undefined {
		return findVoice(this.#engines.engines, choice)?.voice.nativeRate;
	}

	async *speak(
		text: AsyncIterable<string | Flush>,
		options: SpeakOptions,
	): AsyncGenerator<SpeechEvent, void> {
		const {engine, voice} = await resolveVoice(this.#engines.engines, options);
		checkVoiceOptions(voice, options);
		const lexicon = [...this.#lexicon, ...lexiconEntries(options.lexicon ?? [])];
		yield* speakUtterances(engine, voice, text, {...options, lexicon});
	}

	lateness(): number {
		return Math.max(...this.#engines.engines.map(engine => engine.load?.().lateness ?? 0));
	}

	/** Starts the workers of a voice and loads what they need, so that the first utterance does not wait for it. */
	async warm(choice: VoiceChoice = {}): Promise<void> {
		const {engine, voice} = await resolveVoice(this.#engines.engines, choice);
		await engine.warm(voice);
	}

	/** Which ONNX Runtime speaks, and why not the native one; starts a worker where none has run yet. */
	runtime(): Promise<RuntimeReport> {
		return this.#engines.runtime();
	}

	async close(): Promise<void> {
		this.#closed = true;
		await this.#engines.close();
	}
}

let shared: LocalSynthesizer | undefined;

/** The process's own: streams share it unless they are given another. Nobody needs to close it. */
export function defaultSynthesizer(): LocalSynthesizer {
	if (!shared || shared.closed) shared = new LocalSynthesizer();
	return shared;
}
