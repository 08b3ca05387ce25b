import type {TimedWord, UnspokenEvent, UtteranceEvent} from '../synthesizer.js';
import type {Timeline} from './timeline.js';

/** What a `TTSTransform` tells besides a Duplex's own events. Positions count in the whole stream. */
export interface SpeechStreamEvents {
	/** A word, before its audio is readable. */
	word: [TimedWord];
	/** A piece of text that is spoken at once: before its audio, and again with `endSample` after it. */
	utterance: [UtteranceEvent];
	/** A piece of text that is not spoken, and why. */
	unspoken: [UnspokenEvent];
	/** Once, when all was spoken. */
	timeline: [Timeline];
}
