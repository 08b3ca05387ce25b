import {pauseAfter} from '../text/pauses.js';
import {Segmenter} from '../text/segmenter.js';
import type {Block, Book} from './book.js';

/** Silence in ms behind each of them; where several end at once, the longest counts. */
export interface BookPauses {
	/** Within a sentence that is too long to be spoken at once; 100 by default. */
	readonly clause?: number | undefined;
	/** 300 by default. */
	readonly sentence?: number | undefined;
	/** 700 by default. */
	readonly paragraph?: number | undefined;
	/** 1,000 by default. */
	readonly heading?: number | undefined;
	/** A scene break, `<hr>`; 1,500 by default. */
	readonly section?: number | undefined;
	/** 2,000 by default. */
	readonly chapter?: number | undefined;
}

/** ms of silence behind what `BookPauses` names, unless others are given. */
export const defaultBookPauses: Required<{[Kind in keyof BookPauses]: number}> = {
	clause: 100,
	sentence: 300,
	paragraph: 700,
	heading: 1000,
	section: 1500,
	chapter: 2000,
};

/** What is spoken at once: a sentence, or a part of one that is very long. The same sentence is the same utterance wherever it stands. */
export interface PlannedUtterance {
	/** Which of the book's chapters, and which of its blocks. */
	readonly chapter: number;
	/** Index of the block in its chapter. */
	readonly block: number;
	/** Offset into the block's text, in UTF-16 units; `text` is exactly what stands there. */
	readonly textStart: number;
	/** What is spoken, as it stands in the block. */
	readonly text: string;
	/** Who speaks it. */
	readonly voiceId: string;
	/** Silence behind it. */
	readonly pauseMs: number;
}

/** UTF-16 units: what every engine here takes at once. */
const longestUtterance = 400;

export interface PlanOptions {
	/** The id of the voice for a block's language; undefined stands for the book's. */
	readonly voiceFor: (language: string | undefined) => string;
	readonly pauses?: BookPauses | undefined;
}

/** All utterances of a book, in order. */
export function planBook(book: Book, {voiceFor, pauses = {}}: PlanOptions): PlannedUtterance[] {
	const pauseOf = (kind: keyof BookPauses) => pauses[kind] ?? defaultBookPauses[kind];
	return book.chapters.flatMap(({blocks}, chapter) =>
		blocks.flatMap((block, index) => {
			const ranges = sentencesOf(block, book.language);
			const isLastBlock = index === blocks.length - 1;
			return ranges.map(({start, text}, place) => {
				const isLast = place === ranges.length - 1;
				const within = pauseAfter(text);
				const kind = isLast ? pauseBehind(block, isLastBlock) : within;
				const pauseMs = kind === 'none' ? 0 : pauseOf(kind);
				const trimmed = text.trimStart();
				return {
					chapter,
					block: index,
					textStart: start + text.length - trimmed.length,
					text: trimmed.trimEnd(),
					voiceId: voiceFor(block.language),
					pauseMs,
				};
			});
		}),
	);
}

/** What ends with a block. */
function pauseBehind({kind, endsSection, goesOn}: Block, endsChapter: boolean): keyof BookPauses | 'none' {
	if (endsChapter) return 'chapter';
	if (endsSection) return 'section';
	if (goesOn === 'sentence') return 'none';
	if (goesOn === 'line') return 'sentence';
	return kind === 'heading' ? 'heading' : 'paragraph';
}

function sentencesOf(block: Block, bookLanguage: string) {
	const segmenter = new Segmenter({
		language: block.language ?? bookLanguage,
		maxLength: longestUtterance,
		// Sound is not awaited: no clause need come first.
		firstClause: Infinity,
	});
	return [...segmenter.push(block.text), ...segmenter.flush()].filter(({text}) => text.trim() !== '');
}
