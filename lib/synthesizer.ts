import type {UserLexicon} from './lexicon/entries.js';

/** Stands between pieces of text and means: speak what waits, more will come. */
export const flush: unique symbol = Symbol('speechpipe.flush');
/** The type of `flush`. */
export type Flush = typeof flush;

/** The numbers a voice takes for one of its options; 1 is its normal speed, pitch or volume. */
export interface Range {
	/** The least that is taken. */
	readonly min: number;
	/** The most that is taken. */
	readonly max: number;
}

/** Measured inside the voice, shared out by length, or not told at all. */
export type WordTimes = 'exact' | 'estimated' | 'none';

/** What is known of a voice before it speaks. */
export interface Voice {
	/** What `voiceId` names: `heart`, `espeak:de`, `espeak:en-us+f3`. */
	readonly id: string;
	/** For people. */
	readonly name: string;
	/** BCP 47 tag. */
	readonly language: string;
	/** As its maker says; `unknown` where nobody does. */
	readonly gender: 'female' | 'male' | 'neutral' | 'unknown';
	/** What makes the speech, with the runtime in use: `hibari (onnxruntime-node 1.30.0)`, `espeak-ng`. */
	readonly engine: string;
	/** SPDX identifier of what the voice is made of. */
	readonly licence: string;
	/** Hz of the samples as the voice makes them: no resampling is needed at this rate. */
	readonly nativeRate: number;
	/** What the times of its words are. */
	readonly wordTimes: WordTimes;
	/** The factors it takes, or null where it lacks the option. */
	readonly speed: Range | null;
	/** The factors it takes as pitch, or null. */
	readonly pitch: Range | null;
	/** The factors it takes as volume, or null. */
	readonly volume: Range | null;
	/** Of the voices of Piper; absent where there is none. */
	readonly noise?: Range | null | undefined;
}

/** Which voice is meant. `voiceId` wins over `language`; with neither it is the synthesizer's default. */
export interface VoiceChoice {
	/** An id of `voices()`; for the voices of this process the path of a folder or file, too. */
	readonly voiceId?: string | undefined;
	/** BCP 47 tag: the default voice of that language. */
	readonly language?: string | undefined;
}

/** How a speech is to be: what `Synthesizer.speak` takes. */
export interface SpeakOptions extends VoiceChoice {
	/** Hz of the audio given, an integer from 8,000 to 48,000. */
	readonly sampleRate: number;
	/** Factor on the speed of speech; 1 by default. */
	readonly speed?: number | undefined;
	/** Factor on the pitch; 1 by default. */
	readonly pitch?: number | undefined;
	/** Factor on the loudness; 1 by default. */
	readonly volume?: number | undefined;
	/** Factor on the liveliness that some voices (Piper's) take from noise; 1 by default, 0 makes them even. The same text gives the same samples with any. */
	readonly noise?: number | undefined;
	/**
	 * How long a complete sentence waits for more text that could still belong to it, in ms; 400 by default.
	 * `Infinity`: it waits until text, a flush or the end comes, so that the ranges depend on the text alone.
	 */
	readonly deadline?: number | undefined;
	/**
	 * Length of the first utterance in UTF-16 units: exactly that much of the text is spoken first, whatever its boundaries.
	 * Without it the first utterance ends at the first clause of a reasonable length.
	 */
	readonly firstUtterance?: number | undefined;
	/** Silence after a clause, a sentence and a paragraph, in ms; 100, 300 and 700 by default. */
	readonly pauses?: Pauses | undefined;
	/**
	 * How words are to be said: `{speechpipe: '/spˈiʧpIp/', nginx: 'engine x'}`, or what `readLexicon` gives. Phonemes stand between
	 * slashes, in IPA or in the voices' alphabet, for the English voices that take them; other words do for every voice.
	 */
	readonly lexicon?: UserLexicon | undefined;
	/** Whether `[word](/phonemes/)` in the text says the word by these phonemes; false by default. */
	readonly inlinePhonemes?: boolean | undefined;
	/** `say` (default): emoji are spoken by their names; `skip`: they are passed over. */
	readonly emoji?: 'say' | 'skip' | undefined;
	/** Whether `word` events are wanted; true by default. */
	readonly words?: boolean | undefined;
	/** Published fields of the wire without a published meaning, as they came: for synthesizers that know what to do with them. */
	readonly items?: string | undefined;
	/** Like `items`. */
	readonly description?: string | undefined;
	/** On whose behalf: where work is needed at the same time, keys take turns. */
	readonly key?: string | undefined;
	/** Is told how long each utterance waited for a worker, in ms, when one begins with it; by synthesizers that have workers. */
	readonly onQueued?: ((ms: number) => void) | undefined;
	/** Stops the work, down to the engine; `speak` then throws the signal's reason. */
	readonly signal?: AbortSignal | undefined;
}

/** Silence in ms, 0 to 60,000; what is left out has its default. */
export interface Pauses {
	/** After a clause, where an utterance ends at one; 100 by default. */
	readonly clause?: number | undefined;
	/** After a sentence; 300 by default. */
	readonly sentence?: number | undefined;
	/** After a paragraph; 700 by default. */
	readonly paragraph?: number | undefined;
}

/** Some samples: s16le, mono, at the rate asked for; always whole samples. */
export interface AudioEvent {
	/** Tells it from the other events. */
	readonly type: 'audio';
	/** The samples. */
	readonly pcm: Buffer;
}

/** A word, given before the audio that holds its first sample. */
export interface WordEvent {
	/** Tells it from the other events. */
	readonly type: 'word';
	/** Exactly as it stands in the text. */
	readonly word: string;
	/** Offsets into all the text given, in UTF-16 units. */
	readonly textStart: number;
	/** Past its last unit. */
	readonly textEnd: number;
	/** Positions in all the audio given, in samples. */
	readonly startSample: number;
	/** Past its last sample. */
	readonly endSample: number;
	/** An estimate is never passed off as exact. */
	readonly timing: 'exact' | 'estimated';
}

/** A word with its times in seconds too, counted from the first sample. */
export interface TimedWord extends WordEvent {
	/** When it begins, from the first sample of all the audio. */
	readonly startSeconds: number;
	/** When it ends, from the first sample of all the audio. */
	readonly endSeconds: number;
}

/** A piece of text spoken at once: given before its audio, and again with `endSample` after it. */
export interface UtteranceEvent {
	/** Tells it from the other events. */
	readonly type: 'utterance';
	/** Where it begins in all the text given, in UTF-16 units. */
	readonly textStart: number;
	/** Past its last unit. */
	readonly textEnd: number;
	/** Its first sample in all the audio given. */
	readonly startSample: number;
	/** Past its last sample, the pause after it included. */
	readonly endSample?: number;
}

/** A piece of text that was not spoken, and why. */
export interface UnspokenEvent {
	/** Tells it from the other events. */
	readonly type: 'unspoken';
	/** Where it begins in all the text given, in UTF-16 units. */
	readonly textStart: number;
	/** Past its last unit. */
	readonly textEnd: number;
	/** `blank` (white space alone) is nothing to worry about; the others read as a sentence. */
	readonly reason: string;
}

/** What a synthesizer gives, in order: before its audio an utterance and its words. */
export type SpeechEvent = AudioEvent | WordEvent | UtteranceEvent | UnspokenEvent;

/** What the workers of a synthesizer do at one moment. */
export interface SynthesizerLoad {
	/** Worker threads that are started. */
	readonly workers: number;
	/** Those that render an utterance. */
	readonly busy: number;
	/** Utterances that wait for a worker. */
	readonly waiting: number;
}

/**
 * Everything that makes speech, and all that those who want speech know of it. It is pull-based: nothing is made
 * before the first `next()`, whoever stops pulling stops the work, and `return()` or the signal ends it.
 */
export interface Synthesizer {
	/** For people and messages: `local`, `remote`. */
	readonly name: string;
	/** The voices that can speak now. Throws `SpeechError` where nobody can tell (a server that is gone). */
	voices(): Promise<readonly Voice[]>;
	/**
	 * Speaks text as it comes. Every character is covered by exactly one `utterance` or `unspoken` range, in order.
	 * Throws `SpeechError`: VOICE_UNKNOWN, VOICE_LACKS and OPTION_INVALID before any text is read, the engine's own later.
	 */
	speak(text: AsyncIterable<string | Flush>, options: SpeakOptions): AsyncIterable<SpeechEvent>;
	/** The voice's native rate in Hz where it is known without waiting; whoever needs a rate takes 24,000 where it is not. */
	nativeRate?(choice: VoiceChoice): number | undefined;
	/** The voice that a choice means. Throws `SpeechError` VOICE_UNKNOWN. Without it `voices()` is searched. */
	voice?(choice: VoiceChoice): Promise<Voice>;
	/**
	 * Names all that decides a voice's samples beside the text and the options: the engine, the hash of its model, the runtime with its
	 * version. What is rendered is kept under it; without it, under what `voices()` tells.
	 */
	fingerprint?(voiceId: string): Promise<string>;
	/** How late the work runs now, in ms: 0 where all of it is in time. A server refuses new work by it. */
	lateness?(): number;
	/** What its workers do now, for metrics. */
	load?(): SynthesizerLoad;
	/** Ends what is running and lets go of everything. Safe to call twice. */
	close(): Promise<void>;
}
