/** Words that have rules of their own in tagging. */
import type {Tag} from './tags.js';
import {afterIT, afterWHO, purposes} from './word-classes.js';

/** What stands around a word that is to be tagged: words in small letters, empty at the ends and beside punctuation. */
export interface Context {
	readonly before: string;
	readonly beforeTag: Tag | undefined;
	/** Whether the word before is written with a capital inside a sentence: a name, likely. */
	readonly beforeName: boolean;
	readonly after: string;
	readonly afterTag: Tag | undefined;
	/** Whether it stands for a sign: "a = b". */
	readonly afterSign: boolean;
	/** The word after that. */
	readonly next: string;
	/** The word before `before`. */
	readonly earlier: string;
	/** What the word before that is: "the sign read". */
	readonly earlierTag: Tag | undefined;
	/** Whether a modal verb stands before the subject. */
	readonly asks: boolean;
	/** Whether the sentence tells of the past. */
	readonly past: boolean;
}

/** A capital within a sentence, where a letter may stand. */
export function isLetter(text: string, {before, after}: Context): boolean {
	const counted =
		/^(?:plan|vitamin|hepatitis|grade|type|class|section|appendix|exhibit|option|team|group|part|point|level|from|letter|an|schedule|block|serie)$/;
	return (
		text === 'A' &&
		before !== '' &&
		(counted.test(before) || /^(?:to|and|or|is|was|are|on|in|minus|plus)$/.test(after))
	);
}

/** "the US", "IT department": in capitals these are mostly not pronouns. */
export function isInitialism(word: string, {before, beforeTag, after}: Context): boolean {
	if (word === 'it') return beforeTag === 'DT' || beforeTag === 'IN' || afterIT.has(after);
	if (word === 'who') return before === 'the' || afterWHO.has(after);
	return word === 'us' || (word === 'am' && beforeTag === 'CD');
}

/** "Tools are used to cut": put to use; "I'm used to it", "we used to go": the habit. */
export function tagUsed({before, beforeTag, after, next}: Context): Tag {
	if (beforeTag !== 'BE' || after !== 'to') return beforeTag === 'BE' ? 'VBN' : 'VBD';
	return purposes.has(next) && !/^(?:i|you|he|she|we)'|^am$/.test(before) ? 'VBN' : 'VBD';
}

/** What is contained, unless somebody is pleased. */
export function tagContent({before, beforeTag, after}: Context): Tag {
	if (beforeTag === 'MD' || beforeTag === 'TO') return 'VERB';
	const pleased =
		beforeTag === 'BE' ||
		after === 'with' ||
		/^(?:feel|feels|felt|seem|seems|seemed|look|looked|quite|perfectly|heart's)$/.test(before);
	return pleased ? 'ADJ' : 'NOUN';
}
