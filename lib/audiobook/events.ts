import type {SpeechError} from '../errors.js';
import type {PlannedUtterance} from './plan.js';

/** What happens while a book is made, in order. */
export type BookEvent =
	| {
			readonly type: 'started';
			/** Path of what is made. */
			readonly output: string;
			readonly utterances: number;
			/** UTF-16 units of all utterances. */
			readonly characters: number;
			readonly chapters: ReadonlyArray<{readonly title: string; readonly characters: number}>;
	  }
	| {
			readonly type: 'chapter';
			/** Of `book.chapters`, from 0. */
			readonly chapter: number;
			/** In the whole book, from 1. */
			readonly number: number;
			readonly title: string;
	  }
	| {
			readonly type: 'utterance';
			readonly utterance: PlannedUtterance;
			/** Seconds of audio, the pause behind it included. */
			readonly seconds: number;
			/** Whether it was rendered before. */
			readonly cached: boolean;
	  }
	| {readonly type: 'failed'; readonly place: Place; readonly error: SpeechError}
	/** All is rendered and measured; `lufs` is its loudness. It is read from the cache again and written. */
	| {readonly type: 'measured'; readonly lufs: number}
	/** All audio is encoded: tags, chapters and cover come now. */
	| {readonly type: 'finishing'};

/** Where in the book something stands, for people. */
export interface Place {
	/** Of `book.chapters`, from 0. */
	readonly chapter: number;
	/** Of the chapter in the whole book, from 1. */
	readonly number: number;
	/** Of the chapter. */
	readonly title: string;
	/** Of the chapter's blocks, from 0. */
	readonly block: number;
	/** The beginning of the text. */
	readonly excerpt: string;
}
