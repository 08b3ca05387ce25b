import {decideClause} from './clause.js';
import {clauseMark, white} from './marks.js';

const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});
const clauseMarks = new RegExp(`(?:${clauseMark})+`, 'gu');
const isWhite = new RegExp(white, 'u');
const whiteRun = new RegExp(`${white}*`, 'uy');

/**
 * Where to cut text that has no boundary within `maxLength`: behind the last clause mark past its first third, else
 * behind the last white space, else between two graphemes, else between two code points. `text` is longer than
 * `maxLength`; what follows it does not matter. UTF-16 units.
 */
export function cutPoint(text: string, maxLength: number): number {
	const head = text.slice(0, maxLength + 1);
	return (
		clauseCut(head, maxLength) ??
		spaceCut(head, maxLength) ??
		graphemeCut(text.slice(0, maxLength + 2), maxLength)
	);
}

function clauseCut(head: string, maxLength: number): number | undefined {
	let last: number | undefined;
	for (const {index} of head.matchAll(clauseMarks)) {
		if (index < maxLength / 3) continue;
		const verdict = decideClause(head, index, true);
		if (typeof verdict === 'object' && verdict.end <= maxLength) last = verdict.end;
	}
	if (last === undefined) return undefined;
	whiteRun.lastIndex = last;
	return Math.min(maxLength, last + (whiteRun.exec(head)?.[0].length ?? 0));
}

function spaceCut(head: string, maxLength: number): number | undefined {
	for (let end = maxLength; end > 0; end--) {
		if (!isWhite.test(head.charAt(end - 1))) continue;
		if (end < maxLength && isWhite.test(head.charAt(end))) continue;
		// White space alone would make a range with nothing to say.
		return head.slice(0, end).trim() === '' ? undefined : end;
	}
	return undefined;
}

function graphemeCut(head: string, maxLength: number): number {
	const start = graphemes.segment(head).containing(maxLength)?.index ?? 0;
	if (start > 0) return start;
	const splitsPair =
		/[\uD800-\uDBFF]/.test(head.charAt(maxLength - 1)) && /[\uDC00-\uDFFF]/.test(head.charAt(maxLength));
	return splitsPair && maxLength > 1 ? maxLength - 1 : maxLength;
}
