import type {Piece} from './pieces.js';
import {type Context, isInitialism, isLetter, tagContent, tagUsed} from './tagger-words.js';
import type {Tag} from './tags.js';
import {tagThat} from './that.js';
import {
	adjectives,
	broadcasts,
	closedClass,
	degrees,
	pastTense,
	plurals,
	presentTense,
	sameInPast,
} from './word-classes.js';

/**
 * Gives each piece a part of speech: function words by lists, the others, where it could change how they are said, by their
 * neighbours. A better tagger would take this function's place.
 */
export function tag(pieces: readonly Piece[]): Tag[] {
	const lower = pieces.map(piece => (piece.kind === 'word' ? piece.text.toLowerCase() : ''));
	const past = tellsOfPast(pieces, lower);
	const tags: Tag[] = [];
	for (const [index, piece] of pieces.entries()) {
		const word = lower[index] ?? '';
		// "he never read it", "they really object": adverbs don't part a verb from its subject.
		const skip = tags[index - 1] === 'ADV' || /.ly$/.test(lower[index - 1] ?? '') ? 2 : 1;
		const before = lower[index - skip] ?? '';
		const after = lower[index + 1] ?? '';
		const context: Context = {
			before,
			beforeTag: before === '' ? undefined : tags[index - skip],
			beforeName: /^\p{Lu}\p{Ll}/u.test(pieces[index - skip]?.text ?? '') && !closedClass.has(before),
			after,
			afterTag: closedClass.get(after) ?? (/.ly$/.test(after) ? 'ADV' : undefined),
			next: lower[index + 2] ?? '',
			earlierTag: tags[index - skip - 1],
			asks: asksBefore(tags, index),
			past: past[index] === true,
		};
		tags.push(piece.kind === 'word' ? tagWord(piece, word, context) : 'OTHER');
	}
	return tags;
}

/** Whether a modal verb stands before the subject: "Did you read it?", "Will the boy read it?" */
function asksBefore(tags: readonly Tag[], index: number): boolean {
	const before = tags.slice(Math.max(0, index - 5), index);
	const parted = before.findLastIndex(
		(tag, at) => ['IN', 'CC', 'TO'].includes(tag) || (tag === 'OTHER' && at < before.length - 3),
	);
	const modal = before.lastIndexOf('MD');
	return modal > parted && modal < before.length - 1;
}

/** For each piece whether its sentence tells of the past, as far as one can see. */
function tellsOfPast(pieces: readonly Piece[], lower: readonly string[]): boolean[] {
	const past: boolean[] = [];
	let start = 0;
	for (const [index, {kind, text}] of pieces.entries()) {
		if (index < pieces.length - 1 && !(kind === 'mark' && /[.!?]/.test(text))) continue;
		const words = lower.slice(start, index + 1);
		const present = !words.some(word => pastTense.has(word)) && words.some(word => presentTense.has(word));
		for (; start <= index; start += 1) past.push(!present);
	}
	return past;
}

/** "I have use for it", "it has use as". */
const governsNoun: ReadonlySet<string> = new Set(['for', 'of', 'as']);

function tagWord({text}: Piece, word: string, context: Context): Tag {
	if (word === 'that') return tagThat(context);
	// "vitamin A.", "(a)", "from A to Z": the letter
	if (word === 'a' && (context.after === '' || isLetter(text, context))) return 'NOUN';
	const known = closedClass.get(word);
	const capitals = text.length > 1 && text === text.toUpperCase();
	if (capitals && (known === undefined || isInitialism(word, context))) return 'NOUN';
	return known ?? tagOpen(word, context);
}

/** Words of which some have a reading of their own as a noun, a verb, an adjective. */
function tagOpen(word: string, context: Context): Tag {
	const {beforeTag} = context;
	if (word === 'used') return tagUsed(context);
	if (word === 'content' || word === 'contents') return tagContent(context);
	if (word === 'live' && broadcasts.has(context.before)) return 'ADJ';
	if (adjectives.has(word) && degrees.has(context.before)) return 'ADJ';
	if (word === 'permits' && /^(?:weather|time|space|law)$/.test(context.before)) return 'VERB';
	if (word === 'live' && beforeTag === undefined && /^(?:long|well|free|happily|simply)$/.test(context.after))
		return 'VERB';
	if (beforeTag === 'HAVE' || beforeTag === 'BE') return tagAfterAuxiliary(word, beforeTag, context.after);
	if (isVerb(word, context)) return tagVerb(word, context);
	if (word.endsWith('ed')) return beforeTag === 'DT' ? 'ADJ' : 'VBN';
	if (adjectives.has(word)) return beforeTag === 'DT' && context.after === 'of' ? 'NOUN' : 'ADJ';
	return isNoun(context) ? 'NOUN' : 'OTHER';
}

function tagAfterAuxiliary(word: string, auxiliary: Tag, after: string): Tag {
	if (auxiliary === 'HAVE') return governsNoun.has(after) ? 'NOUN' : 'VBN';
	if (/^(?:abuse|misuse|excuse|refuse)$/.test(word)) return 'NOUN';
	return sameInPast.has(word) ? 'VBN' : 'ADJ';
}

function tagVerb(word: string, {beforeTag, before, beforeName, earlierTag, asks, past}: Context): Tag {
	if (!sameInPast.has(word) || asks || beforeTag === 'MD' || beforeTag === 'TO' || before === '')
		return 'VERB';
	const singular = beforeTag !== 'PRP' && !/[^s]s$/.test(before) && !plurals.has(before);
	const third =
		before === 'he' ||
		before === 'she' ||
		before === 'it' ||
		(beforeName && singular) ||
		(singular && earlierTag === 'DT');
	return third || past ? 'VBD' : 'VERB';
}

function isVerb(
	word: string,
	{before, beforeTag, beforeName, after, afterTag, earlierTag}: Context,
): boolean {
	const inflected = /[^s]s$/.test(word);
	if (beforeTag === 'MD' || beforeTag === 'TO') return !inflected;
	if (beforeTag === 'PRP') return true;
	if (beforeTag === 'DT' || beforeTag === 'IN' || beforeTag === 'CD') return false;
	// "Close the door", "open it and close it"
	if (beforeTag === undefined || beforeTag === 'CC') return afterTag === 'DT' || afterTag === 'PRP';
	if (beforeTag !== 'OTHER' && beforeTag !== 'NOUN') return false;
	// "The sign read Closed": it does not agree with its subject in the present.
	if (word === 'read' && after !== '' && earlierTag === 'DT' && !before.endsWith('s'))
		return afterTag !== 'IN' || after === 'as';
	// "Smith lives at", "the man lives in"; "people live in", "the dove dove into"
	const governs = after === '' || afterTag !== undefined;
	if (inflected)
		return beforeName ? governs : !before.endsWith('s') && afterTag !== undefined && after !== 'of';
	if (plurals.has(before) || before === word) return true;
	return sameInPast.has(word) ? beforeName : /[^s]s$/.test(before) && governs;
}

function isNoun({beforeTag, after, afterTag}: Context): boolean {
	if (beforeTag === 'DT' || beforeTag === 'IN' || beforeTag === 'CD') return true;
	return after === '' || afterTag === 'IN' || afterTag === 'BE' || afterTag === 'CC';
}
