import {checkNames} from '../check-names.js';
import type {Synthesizer} from '../synthesizer.js';
import type {Omission} from './assemble.js';
import type {BookCaptionFormat} from './chapter-captions.js';
import type {BookEvent} from './events.js';
import type {Gap} from './gaps.js';
import type {BookPauses} from './plan.js';
import type {Renderer} from './rendered.js';
import type {VoiceOptions} from './voices.js';

/** What a read-along EPUB is made from. */
export interface ReadAlongSource {
	/** Path of what the book was read from. */
	readonly input: string;
	/** What is highlighted at once; `word` by default. */
	readonly by?: 'word' | 'sentence' | undefined;
}

/** Of `makeAudiobook`; only `output` and `synthesizer` are needed. */
export interface AudiobookOptions extends VoiceOptions {
	/** A file, or a folder of chapters; `.epub` is a read-along EPUB. See `planOutput`. */
	readonly output: string;
	/** For a read-along EPUB, which needs it. */
	readonly readAlong?: ReadAlongSource | undefined;
	/** Of a folder's files, and of those in an EPUB (there `mp3` or `m4b`); `mp3` by default. A file tells its own by its extension. */
	readonly format?: string | undefined;
	/** Whose voices speak. It is not closed. */
	readonly synthesizer: Synthesizer;
	/** Makes the utterances instead of the synthesizer, in the same voices. It is not closed. */
	readonly renderer?: Renderer | undefined;
	/** How many utterances are rendered side by side; one for each processor by default, 256 at most. Not with a `renderer`. */
	readonly concurrency?: number | undefined;
	/** Factor on the speed of speech; 1 by default. */
	readonly speed?: number | undefined;
	/** Bits per second; by default one at which speech is clean. */
	readonly bitrate?: number | undefined;
	/** Silence in ms; `defaultBookPauses` where it says nothing. */
	readonly pauses?: BookPauses | undefined;
	/** LUFS to which the book is brought, measured over all of it; `off`: the voice as it is. By default each voice's own known gain to -18. */
	readonly loudness?: number | 'off' | undefined;
	/** Captions for each chapter. */
	readonly captions?: BookCaptionFormat | undefined;
	/** Whether a report is written; true by default. */
	readonly report?: boolean | undefined;
	/** What fails becomes silence; by default the book is not written then. */
	readonly allowGaps?: boolean | undefined;
	/** Attempts after the first, for an utterance that fails; 3 by default. */
	readonly retries?: number | undefined;
	/** Whether files that are there are replaced; false by default. */
	readonly overwrite?: boolean | undefined;
	/** Where what was rendered is kept; `defaultCacheFolder()` by default. */
	readonly cacheFolder?: string | undefined;
	/** Bytes that the cache may hold when the book is done; 10 GB by default. */
	readonly cacheBytes?: number | undefined;
	/** Stops the work: what is in flight is finished and kept, no file is left behind, and the signal's reason is thrown. */
	readonly signal?: AbortSignal | undefined;
	/** Is told what happens, in order. */
	readonly onEvent?: ((event: BookEvent) => void) | undefined;
}

const names = [
	'output',
	'synthesizer',
	'voiceId',
	'voices',
	'readAlong',
	'format',
	'renderer',
	'concurrency',
	'speed',
	'bitrate',
	'pauses',
	'loudness',
	'captions',
	'report',
	'allowGaps',
	'retries',
	'overwrite',
	'cacheFolder',
	'cacheBytes',
	'signal',
	'onEvent',
] satisfies Array<keyof AudiobookOptions>;

/** Throws OPTION_INVALID for an option that there is not. */
export function checkOptionNames(options: AudiobookOptions): void {
	checkNames(options, names);
}

/** What came of making an audiobook. */
export interface Audiobook {
	/** Paths of all that was written. */
	readonly files: readonly string[];
	/** Whether it was there already, made from the same text with the same options: nothing was done then, and the rest is empty. */
	readonly wasFinished: boolean;
	/** Seconds of audio, and of the time it took. */
	readonly seconds: number;
	/** Seconds that the making took. */
	readonly tookSeconds: number;
	/** Seconds of audio that were rendered now, not before. */
	readonly newSeconds: number;
	/** Their titles, and where they stand in all of the audio, in seconds. */
	readonly chapters: ReadonlyArray<{
		readonly title: string;
		readonly startSeconds: number;
		readonly seconds: number;
	}>;
	/** What could not be spoken and became silence. */
	readonly gaps: readonly Gap[];
	/** Parts that the voice left out, of utterances that it spoke otherwise. */
	readonly omissions: readonly Omission[];
	/** What was mended or odd in the source, a cover that is no picture among it. */
	readonly warnings: readonly string[];
	/** Cache entries that were damaged, and rendered anew. */
	readonly damaged: number;
	/** Path of the report; none where none was wanted. */
	readonly report?: string | undefined;
}
