import type {Piece} from './pieces.js';
import {type Context, isInitialism, isLetter, tagContent, tagUsed} from './tagger-words.js';
import type {Tag} from './tags.js';
import {tagThat} from './that.js';
import {
	adjectives,
	attributive,
	broadcasts,
	closedClass,
	degrees,
	openers,
	particles,
	pastTense,
	plurals,
	presentTense,
	sameInPast,
	signs,
	singling,
	verbs,
	winding,
} from './word-classes.js';

/**
 * Gives each piece a part of speech: function words by lists, the others, where it could change how they are said, by their
 * neighbours. A better tagger would take this function's place.
 */
export function tag(pieces: readonly Piece[]): Tag[] {
	const lower = pieces.map(piece => (piece.kind === 'mark' ? '' : piece.text.toLowerCase()));
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
			afterTag: tagAfter(after),
			next: lower[index + 2] ?? '',
			afterSign: pieces[index + 1]?.said === true && signs.has(after),
			earlier: lower[index - skip - 1] ?? '',
			earlierTag: tags[index - skip - 1],
			asks: asksBefore(tags, index),
			past: past[index] === true,
		};
		tags.push(piece.kind === 'word' ? tagWord(piece, word, context) : 'OTHER');
	}
	return tags;
}

function tagAfter(word: string): Tag | undefined {
	if (particles.has(word)) return 'IN';
	return closedClass.get(word) ?? (/.ly$/.test(word) ? 'ADV' : undefined);
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

/** "The company's conduct", "the workers' contract": it stands where "its" could. */
const possessive = /.(?:'s|s')$/;

function tagWord({text}: Piece, word: string, context: Context): Tag {
	if (word === 'that') return tagThat(context);
	if (word === 'one' && context.before === 'no') return 'PRP';
	// "vitamin A.", "(a)", "from A to Z": the letter
	if (word === 'a' && (context.after === '' || context.afterSign || isLetter(text, context))) return 'NOUN';
	const known = closedClass.get(word);
	const capitals = text.length > 1 && text === text.toUpperCase();
	if (capitals && (known === undefined || isInitialism(word, context))) return 'NOUN';
	if (known === undefined && possessive.test(word)) return 'DT';
	return known ?? tagOpen(word, context);
}

/** Words of which some have a reading of their own as a noun, a verb, an adjective. */
function tagOpen(word: string, context: Context): Tag {
	const {beforeTag} = context;
	if (word === 'used') return tagUsed(context);
	if (word === 'content' || word === 'contents') return tagContent(context);
	if (word === 'live' && broadcasts.has(context.before)) return 'ADJ';
	if (word === 'live' && context.before === 'long') return 'VERB';
	// "close to his chest", "it drew to a close"
	if (word === 'close' && context.after === 'to' && beforeTag !== 'MD' && beforeTag !== 'TO') return 'ADJ';
	if (
		word === 'close' &&
		beforeTag === 'DT' &&
		/^(?:to|at|toward|towards|before|until|till)$/.test(context.earlier)
	)
		return 'NOUN';
	// "The report, read by millions"
	if (sameInPast.has(word) && context.after === 'by' && beforeTag !== 'MD' && beforeTag !== 'TO')
		return 'VBN';
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
	if (auxiliary === 'HAVE') {
		// "It has separate rooms": of these no past form is spelled so.
		if (adjectives.has(word) && !word.endsWith('ed')) return 'ADJ';
		return sameInPast.has(word) || /ed$/.test(word) || !governsNoun.has(after) ? 'VBN' : 'NOUN';
	}
	if (/^(?:abuse|misuse|excuse|refuse)$/.test(word)) return 'NOUN';
	return sameInPast.has(word) ? 'VBN' : 'ADJ';
}

/** A sentence begins with them as with a name, but for the capital they have none. */
const groups =
	/(?:ists|ants|ents|ians|ees|users|readers|teachers|writers|workers|voters|lawyers|doctors|editors|kids|boys|girls|systems|programs|apps)$/;

function tagVerb(word: string, {beforeTag, before, beforeName, earlierTag, asks, past}: Context): Tag {
	if (!sameInPast.has(word) || asks || beforeTag === 'MD' || beforeTag === 'TO' || before === '')
		return 'VERB';
	// "Let me read", "users read": an object, or many of a kind
	if (/^(?:me|him|us|them)$/.test(before)) return 'VERB';
	if (/[^s]s$/.test(before) && earlierTag === undefined && (!beforeName || groups.test(before)))
		return 'VERB';
	const singular = beforeTag !== 'PRP' && !isPlural(before);
	const third =
		before === 'he' ||
		before === 'she' ||
		before === 'it' ||
		(beforeName && singular) ||
		(singular && earlierTag === 'DT');
	return third || past ? 'VBD' : 'VERB';
}

function isVerb(word: string, context: Context): boolean {
	const {before, beforeTag, after, afterTag} = context;
	const inflected = /[^s]s$/.test(word);
	if (beforeTag === 'MD' || beforeTag === 'TO') return !inflected;
	if (beforeTag === 'PRP') return !(adjectives.has(word) && /(?:thing|one|body)$/.test(before));
	// "This presents a problem", "which increases the risk"
	if (inflected && /^(?:this|that|which)$/.test(before)) return afterTag === 'DT' || afterTag === 'PRP';
	// "John's read it"
	if (word === 'read' && before.endsWith("'s")) return afterTag === 'DT' || afterTag === 'PRP';
	if (beforeTag === 'DT' || beforeTag === 'IN' || beforeTag === 'CD') return false;
	// "Close the door", "open it and close it", "close all of them"
	if (beforeTag === undefined || beforeTag === 'CC')
		return afterTag === 'DT' || afterTag === 'PRP' || after === 'all' || after === 'both';
	// "High winds are", "practice makes perfect": one verb is enough
	const followed = afterTag === 'BE' || afterTag === 'MD' || afterTag === 'HAVE';
	if ((beforeTag !== 'OTHER' && beforeTag !== 'NOUN') || followed || verbs.has(before)) return false;
	return isVerbAfterNoun(word, inflected, context);
}

/** Behind what may be its subject. */
function isVerbAfterNoun(word: string, inflected: boolean, context: Context): boolean {
	const {before, beforeName, after, afterTag, earlier, earlierTag} = context;
	// "The sign read Closed": it does not agree with its subject in the present.
	if (word === 'read' && after !== '' && earlierTag === 'DT' && !before.endsWith('s'))
		return afterTag !== 'IN' || after === 'as';
	// "the road wound through the hills", but "the wound in his arm"
	if (word === 'wound' && winding.has(after)) return true;
	// "Smith lives at", "the man lives in"; "people live in", "the dove dove into"
	const governs = after === '' || afterTag !== undefined;
	if (inflected)
		return beforeName ? governs : !before.endsWith('s') && afterTag !== undefined && after !== 'of';
	if (before === word) return true;
	// "a police escort"
	if (plurals.has(before)) return !singling.has(earlier);
	if (sameInPast.has(word)) return beforeName;
	// "Metals conduct heat", but "a sports record"
	const begins = earlierTag === undefined || earlierTag === 'DT';
	return isPlural(before) && !singling.has(earlier) && (governs || (begins && !attributive.has(before)));
}

const isPlural = (word: string) => /[^s]s$/.test(word) || plurals.has(word);

function isNoun({before, beforeTag, after, afterTag, earlierTag, asks}: Context): boolean {
	if (beforeTag === 'DT' || beforeTag === 'IN' || beforeTag === 'CD') return true;
	// "a recent convert to", "the product recall": a verb would not agree with one thing.
	if (earlierTag === 'DT' && !asks && !isPlural(before)) return true;
	if (attributive.has(before)) return true;
	// "Drug use rose", but "then use soap"
	const begins = beforeTag === 'OTHER' && earlierTag === undefined && !openers.has(before);
	if (begins && !isPlural(before) && afterTag !== 'DT' && afterTag !== 'PRP') return true;
	return after === '' || afterTag === 'IN' || afterTag === 'BE' || afterTag === 'CC';
}
