export type {Omission} from './assemble.js';
export {makeAudiobook} from './audiobook.js';
export type {Block, Book, Chapter, Cover, Run, Skipped} from './book.js';
export {defaultCacheFolder} from './cache.js';
export {
	type CachePruned,
	type CacheUsage,
	type CacheVerdict,
	cacheUsage,
	defaultCacheBytes,
	pruneCache,
	verifyCache,
} from './cache-upkeep.js';
export type {BookCaptionFormat} from './chapter-captions.js';
export {
	type ChapterEstimate,
	type Estimate,
	type EstimateOptions,
	estimate,
	type SpeechFigures,
	speechFiguresOf,
} from './estimate.js';
export type {BookEvent, Place} from './events.js';
export type {Gap} from './gaps.js';
export type {ReadBookOptions} from './in/options.js';
export {readBook} from './in/read-book.js';
export type {Audiobook, AudiobookOptions, ReadAlongSource} from './options.js';
export {type BookPauses, defaultBookPauses, type PlannedUtterance} from './plan.js';
export type {Rendered, RenderedWord, Renderer, RenderRequest} from './rendered.js';
export {selectChapters} from './select.js';
export {type SynthesizerRendererOptions, synthesizerRenderer} from './synthesizer-renderer.js';
