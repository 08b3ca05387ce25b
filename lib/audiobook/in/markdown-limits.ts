import {SpeechError} from '../../errors.js';

/** Of `*`, `_`, `~` and brackets in one paragraph: what pairs them takes the square of their number. */
const mostMarks = 10_000;
/** Of brackets within brackets, and of columns before the item of a list, two for each level: these take more than the square. */
const deepestBrackets = 200;
const widestIndent = 400;
const deepestQuotes = 500;

const deepQuote = new RegExp(`^(?:[ \\t]*>){${deepestQuotes},}`, 'm');
const deepItem = new RegExp(`^[ \\t>]{${widestIndent},}(?:[-*+]|\\d{1,9}[.)])[ \\t]`, 'm');

/** Throws BOOK_TOO_LARGE for Markdown that would be parsed for minutes or hours. */
export function refuseEntangled(markdown: string): void {
	if (deepItem.test(markdown)) throw tooMuch(`it has lists ${widestIndent / 2} deep`);
	if (deepQuote.test(markdown)) throw tooMuch(`it has quotes ${deepestQuotes} deep`);
	for (const paragraph of paragraphsIn(markdown)) {
		const marks = paragraph.match(/[*_~[\]]/g)?.length ?? 0;
		if (marks > mostMarks) throw tooMuch(`a paragraph has ${marks} marks (* _ ~ [ ])`);
		const depth = marks > deepestBrackets ? bracketDepth(paragraph) : 0;
		if (depth > deepestBrackets) throw tooMuch(`a paragraph has brackets ${depth} deep`);
	}
}

/** About what the parser takes for paragraphs: up to a blank line or what begins something else, and no code. */
function* paragraphsIn(markdown: string): Generator<string> {
	let lines: string[] = [];
	let fence: string | undefined;
	for (const line of markdown.split('\n')) {
		const opening = /^[ >]*(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];
		if (fence !== undefined) {
			if (opening?.startsWith(fence)) fence = undefined;
			continue;
		}
		fence = opening;
		if (fence !== undefined || /^[\s>]*(?:$|[-*+] |\d+[.)] |#|\|)/.test(line)) {
			yield lines.join('\n');
			lines = [];
		}
		if (fence === undefined) lines.push(line);
	}
	yield lines.join('\n');
}

/** The most brackets that are open where one is closed. */
function bracketDepth(text: string): number {
	let [open, deepest] = [0, 0];
	for (const [bracket] of text.matchAll(/[[\]]/g)) {
		if (bracket === '[') open++;
		else if (open > 0) deepest = Math.max(deepest, open--);
	}
	return deepest;
}

function tooMuch(what: string): SpeechError {
	return new SpeechError('BOOK_TOO_LARGE', `The Markdown is no book’s: ${what}.`);
}
