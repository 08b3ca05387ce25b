import type {Tag} from './tags.js';
import {takesThat} from './word-classes.js';

interface Neighbours {
	readonly before: string;
	readonly beforeTag: Tag | undefined;
	readonly after: string;
	readonly afterTag: Tag | undefined;
}

/** It begins a clause, contracted or not. */
const subject = /^(?:i|you|he|she|it|we|they|there|who)(?:'|$)/;
const clauseOpeners: ReadonlySet<Tag> = new Set(['PRP', 'DT', 'IN', 'CC', 'TO']);
const verbal: ReadonlySet<Tag> = new Set(['BE', 'HAVE', 'MD']);

/** "That" points (DT, stressed) or opens a clause (IN, weak). */
export function tagThat({before, beforeTag, after, afterTag}: Neighbours): Tag {
	// "think of that.", "and that, at least, ..."
	if (after === '') return 'DT';
	if (subject.test(after)) return 'IN';
	if (before === '') return afterTag === 'PRP' || afterTag === 'DT' ? 'IN' : 'DT';
	if (beforeTag === 'CC') return afterTag !== undefined && verbal.has(afterTag) ? 'DT' : 'IN';
	if (afterTag !== undefined && clauseOpeners.has(afterTag)) return 'IN';
	if (before === 'that' || beforeTag === 'IN' || beforeTag === 'TO') return 'DT';
	return takesThat.has(before) ? 'DT' : 'IN';
}
