import {type Book, type Estimate, estimate, type Skipped, speechFiguresOf} from '../audiobook/index.js';
import type {BookOptions} from './book.js';
import {bookFrom, inTheCommandsWords, voicesOf} from './book-source.js';
import {table} from './table.js';

/** What `--list` and `--estimate` print. */
export async function describeBook(input: string, options: BookOptions): Promise<string> {
	const book = await bookFrom(input, options);
	const found = estimated(book, options);
	if (options.json) return `${JSON.stringify(asJson(book, found), undefined, '\t')}\n`;
	const by = book.authors.length > 0 ? ` by ${book.authors.join(', ')}` : '';
	const parts = [
		[`${book.title}${by} (${[book.language, book.year].filter(Boolean).join(', ')})`],
		options.list ? chapterLines(book, found) : [],
		options.estimate ? estimateLines(found) : [],
		options.list ? skippedLines(book.skipped) : [],
		book.warnings.map(warning => `Note: ${warning}`),
	];
	return `${parts
		.filter(lines => lines.length > 0)
		.map(lines => lines.join('\n'))
		.join('\n\n')}\n`;
}

function estimated(book: Book, {voice, speed, price, url, concurrency}: BookOptions): Estimate {
	const {realTimeFactor, ...figures} = speechFiguresOf(voicesOf(voice).voiceId);
	try {
		return estimate(book, {
			// How fast a server works, only it knows.
			figures: url === undefined ? {...figures, realTimeFactor} : figures,
			speed,
			price,
			parallel: concurrency,
		});
	} catch (error) {
		throw inTheCommandsWords(error);
	}
}

function asJson(book: Book, found: Estimate): object {
	const {title, authors, language, year, publisher, description, cover, skipped, sourceCharacters, warnings} =
		book;
	return {
		...{title, authors, language, year, publisher, description, cover: cover?.mediaType ?? null},
		estimate: found,
		...{sourceCharacters, skipped, warnings},
	};
}

function chapterLines({chapters}: Book, found: Estimate): string[] {
	const rows = found.chapters.map(({number, title, characters, words, seconds}, index) => [
		String(number),
		title,
		String(characters),
		String(words),
		duration(seconds),
		String(chapters[index]?.blocks.length ?? 0),
	]);
	return table(['NO', 'TITLE', 'CHARACTERS', 'WORDS', 'DURATION', 'PARAGRAPHS'], rows);
}

function estimateLines({chapters, characters, words, seconds, renderingSeconds, cost}: Estimate): string[] {
	const lines = [
		['chapters', count(chapters.length)],
		['characters', count(characters)],
		['words', count(words)],
		['expected duration', duration(seconds)],
	];
	if (renderingSeconds !== undefined) lines.push(['rendering time', duration(renderingSeconds)]);
	if (cost !== undefined) lines.push(['cost', cost.toFixed(2)]);
	return lines.map(([name = '', value = '']) => `${`${name}:`.padEnd(20)}${value}`);
}

/** By reason: how often, how many characters, and the first of them. */
function skippedLines(skipped: readonly Skipped[]): string[] {
	const reasons = new Map<string, Skipped[]>();
	for (const piece of skipped) reasons.set(piece.reason, [...(reasons.get(piece.reason) ?? []), piece]);
	const rows = [...reasons].map(([reason, pieces]) => [
		reason,
		String(pieces.length),
		String(pieces.reduce((sum, {characters}) => sum + characters, 0)),
		pieces[0]?.excerpt ?? '',
	]);
	return rows.length === 0 ? [] : table(['NOT READ', 'PIECES', 'CHARACTERS', 'FIRST'], rows);
}

const count = (number: number) => number.toLocaleString('en');

/** `6:03:07`, `12:05`, `0:09`. */
function duration(seconds: number): string {
	const whole = Math.round(seconds);
	const pad = (number: number) => String(number).padStart(2, '0');
	const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
	const start = hours > 0 ? `${hours}:${pad(minutes)}` : String(minutes);
	return `${start}:${pad(whole % 60)}`;
}
