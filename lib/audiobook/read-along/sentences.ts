import {Segmenter} from '../../text/segmenter.js';

/** Sentences are found by their ends; one without an end for so long is cut. UTF-16 units. */
const longest = 4000;

/** The sentences of a block's text, white space around them left out. */
export function sentencesOf(text: string, language: string): Array<{textStart: number; textEnd: number}> {
	const segmenter = new Segmenter({language, maxLength: longest, firstClause: Infinity});
	return [...segmenter.push(text), ...segmenter.flush()]
		.filter(range => range.text.trim() !== '')
		.map(({start, text}) => {
			const textStart = start + text.length - text.trimStart().length;
			return {textStart, textEnd: textStart + text.trim().length};
		});
}
