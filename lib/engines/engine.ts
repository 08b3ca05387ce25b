import type {Variety} from '../phonemes/english/variety.js';
import type {Reading} from '../phonemes/reading.js';
import type {SynthesizerLoad, Voice} from '../synthesizer.js';
import type {VoicePace} from './pace.js';

/** One piece of text to be spoken at once. Its samples depend on nothing but what stands here. */
export interface Utterance {
	/** Up to `maxUtterance` UTF-16 units, the white space around it left out. */
	readonly text: string;
	/** What of it is said otherwise than it is written, in order, without overlap. None by default. */
	readonly readings?: readonly Reading[] | undefined;
	/** One of the engine's own. */
	readonly voice: Voice;
	/** Hz of the samples wanted; the engine resamples in its worker. */
	readonly sampleRate: number;
	/** Factors; 1 is the voice's normal. */
	readonly speed: number;
	/** Factor on the pitch; 1 is the voice's normal. */
	readonly pitch: number;
	/** Factor on the loudness; 1 is the voice's normal. */
	readonly volume: number;
	/** On the liveliness that some voices take from noise; 0 takes it away. */
	readonly noise?: number | undefined;
}

/** A word within an utterance: offsets into its text (UTF-16 units), positions in its audio (samples at its rate). */
export interface UtteranceWord {
	/** Where it begins in the utterance's text. */
	readonly textStart: number;
	/** Past its last unit. */
	readonly textEnd: number;
	/** Its first sample in the utterance's audio. */
	readonly startSample: number;
	/** Past its last sample. */
	readonly endSample: number;
	/** Where the times are no more than that, although the voice's are exact as a rule. */
	readonly estimated?: boolean | undefined;
}

/** Some of an utterance's audio. A word comes with, or before, the piece that holds its first sample. */
export interface Piece {
	/** s16le mono, whole samples. */
	readonly pcm: Buffer;
	/** In order. */
	readonly words: readonly UtteranceWord[];
}

/** What an engine is told of an utterance beside itself: none of it changes the samples. */
export interface RenderOptions {
	/** When the audio is needed, on `performance.now()`'s clock: of the utterances that wait, the earliest is rendered first. It may move meanwhile. */
	readonly deadline: number;
	/** Whether it goes on with a speech that an engine took already: such a one is not refused (ENGINE_BUSY), however many wait. */
	readonly begun?: boolean | undefined;
	/** Whether nobody listens while it is made: all of it may come in one piece, which is less work. */
	readonly whole?: boolean | undefined;
	/** On whose behalf: of what is needed at the same time, keys take turns. */
	readonly key?: string | undefined;
	/** Is told how long it waited for a worker, in ms. */
	readonly onQueued?: ((ms: number) => void) | undefined;
	/** Nobody wants the utterance any more: its worker is free for others within milliseconds. */
	readonly signal?: AbortSignal | undefined;
}

/** How much an engine has to do. */
export interface EngineLoad extends SynthesizerLoad {
	/** How late the utterances that wait will be begun, the worst of them, in ms: 0 where all are heard in time, new ones at once. */
	readonly lateness: number;
}

/** What makes one utterance at a time; `speakUtterances` lifts it to a Synthesizer's `speak`. */
export interface Engine {
	/** For people and messages: `hibari`, `espeak-ng`. */
	readonly name: string;
	/** Longest utterance it takes, in UTF-16 units. */
	readonly maxUtterance: number;
	/** How many utterances it renders side by side: how far ahead it pays to look. */
	readonly parallel: number;
	/** Its voices, the catalogue alone: cheap, starts nothing. */
	voices(): Promise<readonly Voice[]>;
	/**
	 * The voice meant by an id or the default voice of a language, known without waiting; undefined where the engine has none.
	 */
	voice(choice: {
		readonly voiceId?: string | undefined;
		readonly language?: string | undefined;
	}): Voice | undefined;
	/** Why it has no voice of an id that looks like one of its own: a speaker that is none. Read as a sentence. */
	whyNot?(voiceId: string): string | undefined;
	/** ISO 15924 codes of the scripts that the voice reads aloud, as `\p{Script=…}` takes them: `['Latin']`. */
	scripts(voice: Voice): readonly string[];
	/** The English whose phonemes the voice is given; undefined, or no such method: it takes none, and readings hold words alone. */
	english?(voice: Voice): Variety | undefined;
	/** The family of voices in whose letters eSpeak NG's phonemes are written for the voice; undefined: they are not. */
	alphabet?(voice: Voice): 'kokoro' | 'piper' | undefined;
	/** How fast it makes speech with a voice; without it nobody has to wait for speech that goes on. */
	pace?(voice: Voice): VoicePace;
	/** Gives the audio piece by piece: leading and trailing silence trimmed, edges faded, at the voice's constant loudness, no pause after. */
	render(utterance: Utterance, options: RenderOptions): AsyncIterable<Piece>;
	/** What it has to do now; without it nothing ever waits. */
	load?(): EngineLoad;
	/** Names what decides a voice's samples beside the utterance: the hash of its model, its runtime; the voice's `engine` where that says it all. */
	fingerprint?(voice: Voice): Promise<string>;
	/** Starts the workers and loads what they need, so that the first utterance does not wait for it. */
	warm(voice: Voice): Promise<void>;
	/** Ends its workers; what they render fails. Safe to call twice. */
	close(): Promise<void>;
}
