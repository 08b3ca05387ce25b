import type {Block, Chapter} from '../book.js';
import type {DraftBlock} from './composer.js';

/** An entry of a table of contents: a chapter's title and where it begins. */
export interface Entry {
	readonly title: string;
	/** `file#fragment`; the fragment is empty where the file as a whole is meant. */
	readonly place: string;
	/** 1 for the outermost. */
	readonly level: number;
}

export interface Chapters {
	readonly chapters: readonly Chapter[];
	/** Entries at which nothing begins that is read. */
	readonly empty: readonly Entry[];
}

/** Divides blocks into chapters where the entries say; what stands before the first one is a chapter named `opening`. */
export function chaptersAt(
	entries: readonly Entry[],
	blocks: readonly DraftBlock[],
	opening: string,
): Chapters {
	const titles = new Map<string, string[]>();
	for (const {place, title} of entries) titles.set(place, [...(titles.get(place) ?? []), title]);
	const chapters: Array<{title: string; blocks: DraftBlock[]}> = [];
	const reached = new Set<string>();
	for (const block of blocks) {
		for (const mark of block.marks) reached.add(mark);
		const title = titleFrom(block.marks.flatMap(mark => titles.get(mark) ?? []));
		const last = chapters.at(-1);
		if (title !== undefined) chapters.push({title, blocks: [block]});
		else if (last) last.blocks.push(block);
		else chapters.push({title: firstHeading(blocks) ?? opening, blocks: [block]});
	}
	return {
		chapters: chapters.map(finishedChapter),
		empty: entries.filter(({place}) => !reached.has(place)),
	};
}

/**
 * Divides blocks into chapters at their headings: those of the outermost level of which there are several, and as many levels below
 * as `levels` says beyond one; with `outermost` even if there is but one. What stands before the first one is a chapter named `opening`.
 */
export function chaptersByHeadings(
	blocks: readonly DraftBlock[],
	opening: string,
	{levels = 1, outermost: any = false}: {levels?: number | undefined; outermost?: boolean | undefined} = {},
): Chapter[] {
	const outermost = chapterLevel(blocks, any ? 1 : 2);
	const deepest = outermost === undefined ? 0 : outermost + levels - 1;
	const chapters: Array<{title: string; blocks: DraftBlock[]}> = [];
	let before: number | undefined;
	for (const block of blocks) {
		const {level} = block;
		const begins = level !== undefined && level <= deepest;
		const last = chapters.at(-1);
		if (last && before !== undefined && (begins || isSubtitle(block))) {
			// A heading of two lines, or a part's and its first chapter's, begin one chapter; a book's title is none of it.
			const isBookTitle = level !== undefined && before < level && before < (outermost ?? 0);
			last.title = isBookTitle ? block.title : joinedTitle(last.title, block.title);
			last.blocks.push(block);
		} else if (begins || !last) chapters.push({title: begins ? block.title : opening, blocks: [block]});
		else last.blocks.push(block);
		before = begins ? level : isSubtitle(block) ? before : undefined;
	}
	return chapters.map(finishedChapter);
}

/** A heading that is none of HTML's six: it goes with the one before it. */
function isSubtitle({kind, level}: DraftBlock): boolean {
	return kind === 'heading' && level === undefined;
}

function joinedTitle(title: string, more: string): string {
	return `${title}${/\p{P}$/u.test(title) ? '' : ':'} ${more}`;
}

function chapterLevel(blocks: readonly DraftBlock[], least: number): number | undefined {
	for (let level = 1; level <= 6; level++) {
		const count = blocks.filter(block => block.level === level).length;
		if (count >= least) return level;
	}
	return blocks.find(({level}) => level !== undefined)?.level;
}

/** Several entries may begin at one place: a part and its first chapter. */
function titleFrom(titles: readonly string[]): string | undefined {
	const different = titles.filter((title, index) => titles.indexOf(title) === index);
	return different.length === 0 ? undefined : different.join(': ');
}

function firstHeading(blocks: readonly DraftBlock[]): string | undefined {
	const first = blocks[0];
	return first?.kind === 'heading' ? first.title : undefined;
}

function finishedChapter(
	{title, blocks}: {title: string; blocks: readonly DraftBlock[]},
	index: number,
): Chapter {
	return {number: index + 1, title, blocks: finished(blocks)};
}

/** A chapter's blocks, notes that belong at its end there. */
function finished(blocks: readonly DraftBlock[]): Block[] {
	const inPlace = blocks.filter(({atEnd}) => !atEnd);
	return [...inPlace, ...blocks.filter(({atEnd}) => atEnd)].map(
		({kind, text, language, goesOn, endsSection, runs}) => ({
			kind,
			text,
			...(language === undefined ? {} : {language}),
			...(goesOn === undefined ? {} : {goesOn}),
			...(endsSection ? {endsSection} : {}),
			runs,
		}),
	);
}
