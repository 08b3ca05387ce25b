import type {Book} from './book.js';
import {type BookCaptionFormat, ChapterCaptions} from './chapter-captions.js';
import type {PlannedUtterance} from './plan.js';
import type {RenderedWord} from './rendered.js';
import {Waveform} from './waveform.js';

/** A chapter as it came out; one of which nothing was heard is none. */
export interface MadeChapter {
	/** Of `book.chapters`, from 0. */
	readonly chapter: number;
	/** In the whole book, from 1. */
	readonly number: number;
	readonly title: string;
	/** Where it begins in all the audio, and how long it is, in samples. */
	readonly startSample: number;
	readonly samples: number;
	/** RMS of stretches of equal length, from 0 to 1. */
	readonly levels: readonly number[];
	/** A file of captions. */
	readonly captions?: string | undefined;
	/** Where they were asked for: positions from the chapter's first sample. */
	readonly words?: ReadonlyArray<RenderedWord & {readonly block: number}> | undefined;
}

export interface ChapterOptions {
	readonly book: Book;
	/** Hz. */
	readonly sampleRate: number;
	readonly captions?: {readonly format: BookCaptionFormat; readonly perFile: 'book' | 'chapter'} | undefined;
	readonly wantsWords: boolean;
}

interface Heard {
	readonly speech: Buffer;
	/** In samples, the pause behind it included. */
	readonly length: number;
	readonly words: readonly RenderedWord[];
}

/** The chapter that is being written. */
export class OpenChapter {
	readonly chapter: number;
	samples = 0;
	readonly #number: number;
	readonly #title: string;
	readonly #startSample: number;
	readonly #captions: ChapterCaptions | undefined;
	readonly #captionsOffset: number;
	readonly #waveform = new Waveform();
	readonly #words: Array<RenderedWord & {block: number}> | undefined;

	constructor(
		chapter: number,
		startSample: number,
		{book, captions, sampleRate, wantsWords}: ChapterOptions,
	) {
		const source = book.chapters[chapter] ?? {number: chapter + 1, title: '', blocks: []};
		this.chapter = chapter;
		this.#number = source.number;
		this.#title = source.title;
		this.#startSample = startSample;
		this.#captions = captions && new ChapterCaptions(captions.format, source, sampleRate);
		this.#captionsOffset = captions?.perFile === 'book' ? startSample : 0;
		this.#words = wantsWords ? [] : undefined;
	}

	add(utterance: PlannedUtterance, {speech, length, words}: Heard): void {
		this.#captions?.add(utterance, words, this.#captionsOffset + this.samples);
		for (const word of this.#words ? words : []) {
			this.#words?.push({
				...word,
				block: utterance.block,
				textStart: utterance.textStart + word.textStart,
				textEnd: utterance.textStart + word.textEnd,
				startSample: this.samples + word.startSample,
				endSample: this.samples + word.endSample,
			});
		}
		this.#waveform.add(speech, length - speech.length / 2);
		this.samples += length;
	}

	close(): MadeChapter {
		return {
			chapter: this.chapter,
			number: this.#number,
			title: this.#title,
			startSample: this.#startSample,
			samples: this.samples,
			levels: this.#waveform.levels,
			captions: this.#captions?.end(),
			words: this.#words,
		};
	}
}
