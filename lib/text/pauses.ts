import {closer, lineEnd, paragraphEnd, spaceEnded, terminal, white} from './marks.js';

export type Pause = 'none' | 'clause' | 'sentence' | 'paragraph';

const spaceAtEnd = new RegExp(`${white}*$`, 'u');
const sentence = new RegExp(`${terminal}(?:${closer})*$`, 'u');
// Between Greek letters and the end `;` is the question mark.
const greekQuestion = new RegExp(`\\p{Script=Greek};(?:${closer})*$`, 'u');
const clause = new RegExp(
	`(?:\\p{Terminal_Punctuation}|[—–⸺]|--|${white}-)(?:${closer})*$|${spaceEnded}${white}+$`,
	'u',
);

/**
 * Which pause follows a range of text, told from nothing but the range itself, so that an utterance's samples depend on
 * its own text only: a blank line at its end makes a paragraph's pause, a sentence terminal of any script or a line end a
 * sentence's, a comma, colon, dash or a space after Thai a clause's.
 */
export function pauseAfter(text: string): Pause {
	const tail = text.slice(-256);
	const space = spaceAtEnd.exec(tail)?.[0] ?? '';
	const body = tail.slice(0, tail.length - space.length);
	const lines = space.match(lineEnd)?.length ?? 0;
	if (body === '') return 'none';
	if (lines > 1 || paragraphEnd.test(space)) return 'paragraph';
	if (lines === 1 || sentence.test(body) || greekQuestion.test(body)) return 'sentence';
	return clause.test(body) || (space !== '' && clause.test(tail)) ? 'clause' : 'none';
}
