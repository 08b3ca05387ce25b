import {checkNames} from '../check-names.js';
import {type LexiconEntry, lexiconEntries, lexiconKey, type UserLexicon} from '../lexicon/entries.js';
import type {ReadingOptions} from '../lexicon/readings.js';
import type {
	Flush,
	SpeakOptions,
	SpeechEvent,
	Synthesizer,
	SynthesizerLoad,
	Voice,
	VoiceChoice,
} from '../synthesizer.js';
import {version} from '../version.js';
import {checkVoiceOptions, findVoice, resolveVoice} from './choose-voice.js';
import {createLocalEngines, type LocalEngines, type LocalEnginesOptions} from './local.js';
import {chooseRuntime, type RuntimeChoice, type RuntimeReport} from './neural/runtime-choice.js';
import {PhonemeTeller, type TextPhonemes} from './phonemes/phonemes.js';
import {speakUtterances} from './speak.js';

/** Of the voices of this process; all of it is optional. */
export interface LocalSynthesizerOptions extends LocalEnginesOptions {
	/** Words of every speech; what `speak` is given wins over them. */
	readonly lexicon?: UserLexicon | undefined;
}

const names = ['workers', 'runtime', 'maxModelMemory', 'lexicon'] satisfies Array<
	keyof LocalSynthesizerOptions
>;

/** Which voice, and how the text is to be read. */
export type PhonemesOptions = VoiceChoice & ReadingOptions;

/** The voices of this machine: `heart`, and eSpeak NG's for every other language. Their workers start when they are needed. */
export class LocalSynthesizer implements Synthesizer {
	/** `local`. */
	readonly name = 'local';
	readonly #engines: LocalEngines;
	readonly #lexicon: readonly LexiconEntry[];
	readonly #runtime: RuntimeChoice;
	#teller: PhonemeTeller | undefined;
	#closed = false;

	/** Throws OPTION_INVALID. */
	constructor(options: LocalSynthesizerOptions = {}) {
		checkNames(options, names);
		this.#lexicon = lexiconEntries(options.lexicon ?? []);
		this.#runtime = chooseRuntime(options.runtime);
		this.#engines = createLocalEngines(options);
	}

	/** Whether `close` was called. */
	get closed(): boolean {
		return this.#closed;
	}

	/** All voices that can speak now, those installed meanwhile too. Starts nothing. */
	async voices(): Promise<readonly Voice[]> {
		return (await Promise.all(this.#engines.engines.map(engine => engine.voices()))).flat();
	}

	nativeRate(choice: VoiceChoice): number | undefined {
		return findVoice(this.#engines.engines, choice)?.voice.nativeRate;
	}

	async voice(choice: VoiceChoice): Promise<Voice> {
		return (await resolveVoice(this.#engines.engines, choice)).voice;
	}

	async fingerprint(voiceId: string): Promise<string> {
		const {engine, voice} = await resolveVoice(this.#engines.engines, {voiceId});
		const told = (await engine.fingerprint?.(voice)) ?? voice.engine;
		return `speechpipe ${version}, ${process.platform} ${process.arch}, ${told}, lexicon ${lexiconKey(this.#lexicon)}`;
	}

	async *speak(
		text: AsyncIterable<string | Flush>,
		options: SpeakOptions,
	): AsyncGenerator<SpeechEvent, void> {
		const {engine, voice} = await resolveVoice(this.#engines.engines, options);
		checkVoiceOptions(voice, options);
		yield* speakUtterances(engine, voice, text, {...options, lexicon: this.#withOwn(options.lexicon)});
	}

	lateness(): number {
		return Math.max(...this.#engines.engines.map(engine => engine.load?.().lateness ?? 0));
	}

	/**
	 * The phonemes by which a voice would say a text: for `heart` and its like in their own alphabet, for the others in eSpeak NG's
	 * IPA. Throws `SpeechError` as `speak` does, but for text of which nothing can be spoken: there they are empty.
	 */
	async phonemes(text: string, options: PhonemesOptions = {}): Promise<TextPhonemes> {
		const {engine, voice} = await resolveVoice(this.#engines.engines, options);
		this.#teller ??= new PhonemeTeller(this.#runtime);
		return this.#teller.tell(text, engine, voice, {...options, lexicon: this.#withOwn(options.lexicon)});
	}

	load(): SynthesizerLoad {
		const loads = this.#engines.engines.flatMap(engine => engine.load?.() ?? []);
		const sum = (of: 'workers' | 'busy' | 'waiting') => loads.reduce((all, load) => all + load[of], 0);
		return {workers: sum('workers'), busy: sum('busy'), waiting: sum('waiting')};
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
		await Promise.all([this.#engines.close(), this.#teller?.close()]);
	}

	/** What a speech is given comes last, and so it holds. */
	#withOwn(lexicon: UserLexicon | undefined): readonly LexiconEntry[] {
		if (lexicon === undefined) return this.#lexicon;
		return lexiconEntries([...this.#lexicon, ...lexiconEntries(lexicon)]);
	}
}

let shared: LocalSynthesizer | undefined;

/** The process's own: streams share it unless they are given another. Nobody needs to close it. */
export function defaultSynthesizer(): LocalSynthesizer {
	if (!shared || shared.closed) shared = new LocalSynthesizer();
	return shared;
}
