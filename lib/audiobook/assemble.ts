import {msToSamples} from '../audio/clock.js';
import type {Book} from './book.js';
import type {BookWriter} from './book-writer.js';
import type {BookEvent, Place} from './events.js';
import type {Gap} from './gaps.js';
import type {Level} from './level.js';
import {type ChapterOptions, type MadeChapter, OpenChapter} from './open-chapter.js';
import type {PlannedUtterance} from './plan.js';
import type {RenderedUtterance} from './render.js';

/** A part of the text that the voice could not speak, within an utterance that it did. */
export interface Omission {
	/** Where in the book. */
	readonly place: Place;
	/** What was left out, as it stands in the book. */
	readonly text: string;
	/** Why; reads as a sentence. */
	readonly reason: string;
}

export interface Assembled {
	readonly chapters: readonly MadeChapter[];
	readonly samples: number;
	/** Of them, what was rendered now and not taken from the cache. */
	readonly newSamples: number;
	readonly gaps: readonly Gap[];
	readonly omissions: readonly Omission[];
}

export interface AssembleOptions extends ChapterOptions {
	readonly level: Level;
	readonly writers: readonly BookWriter[];
	/** Whether an utterance that failed becomes silence; else nothing is written behind it any more. */
	readonly allowGaps: boolean;
	readonly onEvent: (event: BookEvent) => void;
}

/** About as long as the text would have taken. */
const msOfSilence = 60;
const excerptLength = 60;

/** Joins utterances, in order, with their pauses into chapters, and hands the audio to the writers. */
export async function assemble(
	utterances: AsyncIterable<RenderedUtterance>,
	options: AssembleOptions,
): Promise<Assembled> {
	const {book, sampleRate, level, writers, allowGaps, onEvent} = options;
	const chapters: MadeChapter[] = [];
	const gaps: Gap[] = [];
	const omissions: Omission[] = [];
	let open: OpenChapter | undefined;
	let [samples, newSamples] = [0, 0];
	let abandoned = false;
	const close = () => {
		if (open && open.samples > 0) chapters.push(open.close());
	};

	for await (const {utterance, outcome} of utterances) {
		const place = placeOf(utterance, book);
		if (open?.chapter !== utterance.chapter) {
			close();
			open = new OpenChapter(utterance.chapter, samples, options);
			onEvent({type: 'chapter', chapter: place.chapter, number: place.number, title: place.title});
		}
		if ('failure' in outcome) {
			gaps.push({place, error: outcome.failure});
			onEvent({type: 'failed', place, error: outcome.failure});
			if (!allowGaps && !abandoned) {
				abandoned = true;
				await Promise.all(writers.map(writer => writer.abandon()));
			}
		}
		const rendered = 'failure' in outcome ? undefined : outcome.rendered;
		const speech = rendered
			? level(rendered.pcm)
			: silence(msToSamples(utterance.text.length * msOfSilence, sampleRate));
		const pause = silence(msToSamples(utterance.pauseMs, sampleRate));
		const length = (speech.length + pause.length) / 2;
		for (const {textStart, textEnd, reason} of rendered?.unspoken ?? [])
			omissions.push({place, text: utterance.text.slice(textStart, textEnd), reason});
		if (!abandoned) {
			const isFirst = open.samples === 0;
			for (const writer of writers) {
				if (isFirst) await writer.begin(utterance.chapter);
				await writer.write(speech);
				await writer.write(pause);
			}
		}
		open.add(utterance, {speech, length, words: rendered?.words ?? []});
		samples += length;
		const cached = !('failure' in outcome) && outcome.cached;
		if (!cached) newSamples += length;
		onEvent({type: 'utterance', utterance, seconds: length / sampleRate, cached});
	}
	close();
	return {chapters, samples, newSamples, gaps, omissions};
}

/** Grows to the longest pause; written again and again, never changed. */
let zeros = Buffer.alloc(0);

function silence(samples: number): Buffer {
	if (zeros.length < samples * 2) zeros = Buffer.alloc(samples * 2);
	return zeros.subarray(0, samples * 2);
}

function placeOf({chapter, block, text}: PlannedUtterance, book: Book): Place {
	const short = text.slice(0, excerptLength);
	const excerpt = short.length < text.length ? `${short}…` : short;
	const {number = chapter + 1, title = ''} = book.chapters[chapter] ?? {};
	return {chapter, number, title, block, excerpt};
}
