export type {Block, Book, Chapter, Cover, Run, Skipped} from './book.js';
export {
	type ChapterEstimate,
	type Estimate,
	type EstimateOptions,
	estimate,
	type SpeechFigures,
	speechFiguresOf,
} from './estimate.js';
export type {ReadBookOptions} from './in/options.js';
export {readBook} from './in/read-book.js';
export {selectChapters} from './select.js';
