import {type BookShown, clock, failureLine, speedFacts} from './book-lines.js';
import type {BookProgress} from './book-progress.js';
import {plain} from './plain.js';

/** ms between two pictures. */
const frame = 100;
const barColumns = 20;

/** Two lines that live: the whole book, and the chapter with what is being said. */
export function bookBars(terminal: NodeJS.WriteStream, progress: BookProgress): BookShown {
	let drawn: number | undefined;
	const clear = () => {
		if (drawn !== undefined) terminal.write('\r\x1b[1A\x1b[J');
		drawn = undefined;
	};
	const draw = () => {
		// The cursor stays in the second line.
		const up = drawn === undefined ? '' : '\r\x1b[1A\x1b[J';
		const room = (terminal.columns || 80) - 1;
		terminal.write(`${up}${cut(whole(progress), room)}\n${cut(chapter(progress), room)}`);
		drawn = performance.now();
	};
	const say = (line: string) => {
		clear();
		terminal.write(`${line}\n`);
	};
	return {
		take(event) {
			if (event.type === 'failed') say(failureLine(event));
			const isDue = drawn === undefined || performance.now() - drawn > frame;
			if (isDue || event.type === 'chapter' || event.type === 'finishing') draw();
		},
		note: say,
		end: clear,
	};
}

function whole(progress: BookProgress): string {
	const facts = [`${Math.round(progress.part * 100)}%`, clock(progress.seconds), ...speedFacts(progress)];
	return `${bar(progress.part)} ${facts.join(' · ')}`;
}

function chapter({chapter, chapters, chapterPart, sentence}: BookProgress): string {
	const {title = ''} = chapters[chapter] ?? {};
	return `${bar(chapterPart)} ${chapter + 1}/${chapters.length} ${title}: ${sentence}`;
}

function bar(part: number): string {
	const full = Math.round(Math.min(1, part) * barColumns);
	return `${'█'.repeat(full)}${'░'.repeat(barColumns - full)}`;
}

/** Without what would move the cursor. Letters from Hangul on count as two columns, as most of them have. */
function cut(text: string, columns: number): string {
	let left = columns;
	let shown = '';
	for (const {segment} of new Intl.Segmenter().segment(plain(text))) {
		left -= segment >= '\u1100' && !/[\u2500-\u259f]/.test(segment) ? 2 : 1;
		if (left < 0) break;
		shown += segment;
	}
	return shown;
}
