import {availableParallelism} from 'node:os';
import {SpeechError} from '../errors.js';
import {spokenLength} from '../text/clause.js';
import {heart, usualFactor} from '../voices/catalogue.js';
import type {Family} from '../voices/installed.js';
import {VoiceStore} from '../voices/store.js';
import type {Book, Chapter} from './book.js';

/** How fast something speaks. */
export interface SpeechFigures {
	/** Characters of Latin text in a second of speech, pauses between sentences and paragraphs included. */
	readonly charactersPerSecond: number;
	/** Seconds of work for a second of speech on one core; undefined where that is somebody else's affair. */
	readonly realTimeFactor?: number | undefined;
}

/** Characters a second by family, measured on a novel's dialogue; Kokoro's as those of heart, which was made from it. */
const rates: Readonly<Record<Family, number>> = {hibari: 17, kokoro: 17, piper: 18};
/** Measured as above, and on one core. */
const espeak: SpeechFigures = {charactersPerSecond: 17, realTimeFactor: 0.006};

/** How fast a voice of this machine speaks, by its id: as measured when it was installed. The default voice's figures for one that is not known. */
export function speechFiguresOf(voiceId: string = heart.id): SpeechFigures {
	if (/^espeak\b/.test(voiceId)) return espeak;
	const voice = voiceId === heart.id ? heart : (new VoiceStore().find(voiceId) ?? heart);
	return {
		charactersPerSecond: rates[voice.family],
		realTimeFactor: voice.realTimeFactor ?? usualFactor[voice.family],
	};
}

/** Of `estimate`; all of it is optional. */
export interface EstimateOptions {
	/** Of the voice that will read; heart's by default. */
	readonly figures?: SpeechFigures | undefined;
	/** Factor on the speed of speech; 1 by default. */
	readonly speed?: number | undefined;
	/** How many utterances are rendered side by side; as many as there are cores by default. */
	readonly parallel?: number | undefined;
	/** What a million characters cost. */
	readonly price?: number | undefined;
}

/** What a chapter will be. */
export interface ChapterEstimate {
	/** As `Chapter.number`. */
	readonly number: number;
	/** As `Chapter.title`. */
	readonly title: string;
	/** Characters that are read, white space included, in UTF-16 units: what services charge for. */
	readonly characters: number;
	/** As `Intl.Segmenter` counts them. */
	readonly words: number;
	/** Expected length of its audio, in seconds. */
	readonly seconds: number;
}

/** What a book will be, and take: sums over its chapters. */
export interface Estimate extends Omit<ChapterEstimate, 'number' | 'title'> {
	/** In reading order. */
	readonly chapters: readonly ChapterEstimate[];
	/** Expected time of rendering, in seconds; undefined where the figures do not tell. */
	readonly renderingSeconds?: number | undefined;
	/** In the price's currency. */
	readonly cost?: number | undefined;
}

/** What a book will come to, told from its text alone: nothing is rendered. Throws SpeechError OPTION_INVALID. */
export function estimate(book: Book, options: EstimateOptions = {}): Estimate {
	const {figures: speech = speechFiguresOf(), speed = 1, parallel = availableParallelism(), price} = options;
	for (const [name, value] of Object.entries({speed, parallel}))
		if (!(value > 0)) throw new SpeechError('OPTION_INVALID', `${name} is ${value}; it must be more than 0.`);
	if (price !== undefined && !(price >= 0))
		throw new SpeechError('OPTION_INVALID', `price is ${price}; it must be 0 or more.`);
	const words = new Intl.Segmenter(book.language, {granularity: 'word'});
	const chapters = book.chapters.map(chapter =>
		chapterEstimate(chapter, words, speech.charactersPerSecond * speed),
	);
	const sum = (key: 'characters' | 'words' | 'seconds') =>
		chapters.reduce((all, chapter) => all + chapter[key], 0);
	const [characters, seconds] = [sum('characters'), sum('seconds')];
	return {
		chapters,
		characters,
		words: sum('words'),
		seconds,
		renderingSeconds:
			speech.realTimeFactor === undefined ? undefined : (seconds * speech.realTimeFactor) / parallel,
		cost: price === undefined ? undefined : (characters * price) / 1_000_000,
	};
}

function chapterEstimate(
	{number, title, blocks}: Chapter,
	segmenter: Intl.Segmenter,
	rate: number,
): ChapterEstimate {
	let characters = 0;
	let words = 0;
	let length = 0;
	for (const {text} of blocks) {
		characters += text.length;
		length += spokenLength(text);
		for (const {isWordLike} of segmenter.segment(text)) if (isWordLike) words++;
	}
	return {number, title, characters, words, seconds: length / rate};
}
