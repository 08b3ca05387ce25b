import {type CaptionFormat, type CaptionWriter, writerFor} from '../captions/formats.js';
import {SpeechError} from '../errors.js';
import type {Block, Chapter} from './book.js';
import type {PlannedUtterance} from './plan.js';
import type {RenderedWord} from './rendered.js';

/** What captions of a book may be. */
export type BookCaptionFormat = Exclude<CaptionFormat, 'json'>;

/** The captions of one chapter, made as its words come. */
export class ChapterCaptions {
	readonly #writer: CaptionWriter;
	readonly #starts: readonly number[];
	readonly #sampleRate: number;
	#text: string;

	/** Throws OPTION_INVALID for an unknown format. */
	constructor(format: BookCaptionFormat, {blocks}: Chapter, sampleRate: number) {
		const {text, starts} = joined(blocks);
		const writer = writerFor(format, (start, end) => text.slice(start, end));
		if (!writer)
			throw new SpeechError(
				'OPTION_INVALID',
				`captions are ${JSON.stringify(format)}; they must be one of srt, vtt, lrc.`,
			);
		this.#writer = writer;
		this.#starts = starts;
		this.#sampleRate = sampleRate;
		this.#text = writer.header;
	}

	/** `offset`: where the utterance begins in the file that the captions are for, in samples. */
	add(utterance: PlannedUtterance, words: readonly RenderedWord[], offset: number): void {
		const start = (this.#starts[utterance.block] ?? 0) + utterance.textStart;
		for (const {textStart, textEnd, startSample, endSample, timing} of words) {
			this.#text += this.#writer.word({
				type: 'word',
				word: utterance.text.slice(textStart, textEnd),
				textStart: start + textStart,
				textEnd: start + textEnd,
				startSample: offset + startSample,
				endSample: offset + endSample,
				startSeconds: (offset + startSample) / this.#sampleRate,
				endSeconds: (offset + endSample) / this.#sampleRate,
				timing,
			});
		}
	}

	/** The whole file. */
	end(): string {
		return this.#text + this.#writer.end();
	}
}

/** The blocks as one text, and where each begins in it. */
function joined(blocks: readonly Block[]): {text: string; starts: number[]} {
	let text = '';
	const starts: number[] = [];
	for (const block of blocks) {
		starts.push(text.length);
		text += block.text + (block.goesOn === undefined ? '\n\n' : block.goesOn === 'line' ? '\n' : ' ');
	}
	return {text, starts};
}
