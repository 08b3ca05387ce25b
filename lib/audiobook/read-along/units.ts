import type {Block, Book, Run} from '../book.js';
import type {ReadAlongChapter, ReadAlongWord} from './read-along.js';
import {sentencesOf} from './sentences.js';

/** A stretch of a source file, and of its block's text, that belongs to a unit. UTF-16 units. */
export interface Piece {
	readonly start: number;
	readonly end: number;
	readonly textStart: number;
	readonly textEnd: number;
}

/** What is highlighted at once: a word, or a sentence. */
export interface Unit {
	/** The source file that it stands in, and where. */
	readonly file: string;
	readonly pieces: readonly Piece[];
	/** Which of the book's chapters, whose audio it is heard in. */
	readonly chapter: number;
	/** Its block's text. */
	readonly text: string;
	/** Its words, in order. */
	readonly words: readonly ReadAlongWord[];
}

/** The units of a chapter in the order in which they are heard; words that stand in no source file are in none. */
export function unitsOf(book: Book, {chapter, words}: ReadAlongChapter, by: 'word' | 'sentence'): Unit[] {
	const blocks = book.chapters[chapter]?.blocks ?? [];
	return wordsByBlock(words).flatMap(found => {
		const block = blocks[found[0]?.block ?? -1];
		if (!block) return [];
		const groups = by === 'word' ? found.map(wordGroup) : sentenceGroups(block, found, book.language);
		return groups.flatMap(group => unitsIn(block, chapter, group));
	});
}

/** Words that are highlighted at once, and the stretch of the block's text that is. */
interface Group {
	readonly words: readonly ReadAlongWord[];
	readonly textStart: number;
	readonly textEnd: number;
}

function wordGroup(word: ReadAlongWord): Group {
	return {words: [word], textStart: word.textStart, textEnd: word.textEnd};
}

function sentenceGroups(block: Block, words: readonly ReadAlongWord[], bookLanguage: string): Group[] {
	let next = 0;
	return sentencesOf(block.text, block.language ?? bookLanguage)
		.map(sentence => {
			const first = next;
			while ((words[next]?.textStart ?? Infinity) < sentence.textEnd) next++;
			return {...sentence, words: words.slice(first, next)};
		})
		.filter(group => group.words.length > 0);
}

/** Consecutive words of one block. */
function wordsByBlock(words: readonly ReadAlongWord[]): ReadAlongWord[][] {
	const groups: ReadAlongWord[][] = [];
	for (const word of words) {
		const last = groups.at(-1);
		if (last?.[0]?.block === word.block) last.push(word);
		else groups.push([word]);
	}
	return groups;
}

/** One unit, or for a block that stands in several files one for each. */
function unitsIn(block: Block, chapter: number, {words, textStart, textEnd}: Group): Unit[] {
	const byFile = new Map<string, Piece[]>();
	for (let index = firstAfter(block.runs, textStart); index < block.runs.length; index++) {
		const run = block.runs[index];
		const piece = run && pieceOf(run, textStart, textEnd);
		if (!run || !piece) break;
		const pieces = byFile.get(run.file) ?? [];
		byFile.set(run.file, pieces);
		const last = pieces.at(-1);
		if (last && last.end === piece.start)
			pieces[pieces.length - 1] = {...last, end: piece.end, textEnd: piece.textEnd};
		else pieces.push(piece);
	}
	return [...byFile].map(([file, pieces]) => ({file, pieces, chapter, text: block.text, words}));
}

/** The index of the first run that ends behind an offset of the text: a block may be a million characters long. */
function firstAfter(runs: readonly Run[], textStart: number): number {
	let [low, high] = [0, runs.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		const run = runs[middle];
		if (run && run.textStart + run.length <= textStart) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The part of a run that lies in a stretch of the text. A reference, or white space that was collapsed, is taken whole. */
function pieceOf(run: Run, textStart: number, textEnd: number): Piece | undefined {
	const from = Math.max(textStart, run.textStart);
	const to = Math.min(textEnd, run.textStart + run.length);
	if (from >= to) return undefined;
	const exact = run.length === run.sourceLength;
	return {
		start: exact ? run.sourceStart + from - run.textStart : run.sourceStart,
		end: exact ? run.sourceStart + to - run.textStart : run.sourceStart + run.sourceLength,
		textStart: from,
		textEnd: to,
	};
}
