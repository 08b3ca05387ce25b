import {lineEnd, paragraphEnd, type Verdict, viewFrom, white} from './marks.js';

/** Longest line that is surely not broken for want of room, in UTF-16 units: text wrapped shorter is rare. */
const shortLine = 45;

const spaceAtStart = new RegExp(`^${white}+`, 'u');
const heading = /^\s{0,3}#{1,6}[ \t]/u;
const marker = /^(?:[-*+•‣▪◦–][ \t]|—|\(?(?:\d{1,3}|[a-zA-Z])[.)][ \t]|#{1,6}[ \t])/u;
const partialMarker = /^(?:[-*+•‣▪◦–]|\(?\d{0,3}[.)]?|\(?[a-zA-Z][.)]?|#{1,6})$/u;
const endsLine = /[\p{Sentence_Terminal}:][^\p{L}\p{N}]*$/u;

/**
 * Whether a range of text ends at the line end at `at`. A blank line ends it, a heading's line does, and a line before a
 * heading or a list item; any other line end is a space, since prose may be hard-wrapped.
 */
export function decideLine(text: string, at: number, ended: boolean): Verdict {
	const view = viewFrom(text, at, ended);
	const space = spaceAtStart.exec(view.text)?.[0] ?? '';
	const before = text.slice(0, at);
	if (before.trim() === '') return 'goes on';
	if (space.length > 1 && ((space.match(lineEnd)?.length ?? 0) > 1 || paragraphEnd.test(space)))
		return {end: at};
	if (paragraphEnd.test(space)) return {end: at};
	const next = view.text.slice(space.length);
	if (next === '') return view.whole ? {end: at} : 'wait';
	const line = before.slice(lastLineEnd(before));
	if (heading.test(line)) return {end: at};
	const mayList = line.length < shortLine || endsLine.test(line) || marker.test(before);
	if (!mayList) return 'goes on';
	if (partialMarker.test(next) && !view.whole) return 'wait';
	return marker.test(next) ? {end: at} : 'goes on';
}

function lastLineEnd(text: string): number {
	return Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
}
