import {SpeechError} from '../errors.js';
import type {Book, Chapter, Skipped} from './book.js';
import {readCharacters} from './in/count.js';

/**
 * The book with some of its chapters: `3`, `2-5`, `8-`, or a list of such, counted from 1. The others are in `skipped`, so that
 * the counts still add up. Throws SpeechError OPTION_INVALID for what is no such list, or names chapters that are not there.
 */
export function selectChapters(book: Book, chosen: string): Book {
	const numbers = numbersOf(chosen, book.chapters.length);
	const left = book.chapters.filter((_chapter, index) => !numbers.has(index + 1));
	return {
		...book,
		chapters: book.chapters.filter((_chapter, index) => numbers.has(index + 1)),
		skipped: [...book.skipped, ...left.map(notChosen)],
	};
}

function numbersOf(chosen: string, count: number): Set<number> {
	const numbers = new Set<number>();
	for (const part of chosen.split(',')) {
		const [, from, dash, to] = /^\s*(\d{1,6})\s*(?:(-)\s*(\d{1,6})?)?\s*$/.exec(part) ?? [];
		if (from === undefined) throw invalid(chosen, 'it must be a list of numbers and ranges, such as 2-5,8');
		const first = Number(from);
		const last = to === undefined ? (dash ? count : first) : Number(to);
		if (last < first && to !== undefined) throw invalid(chosen, `${part.trim()} runs backwards`);
		if (first < 1 || Math.max(first, last) > count)
			throw invalid(
				chosen,
				count === 1 ? 'the book has one chapter, 1' : `the book has chapters 1 to ${count}`,
			);
		for (let number = first; number <= last; number++) numbers.add(number);
	}
	return numbers;
}

function notChosen(chapter: Chapter): Skipped {
	return {
		file: chapter.blocks.flatMap(({runs}) => runs)[0]?.file ?? '',
		excerpt: chapter.title,
		characters: readCharacters(chapter),
		reason: 'chapter not chosen',
	};
}

function invalid(chosen: string, why: string): SpeechError {
	return new SpeechError('OPTION_INVALID', `chapters is ${JSON.stringify(chosen)}: ${why}.`);
}
