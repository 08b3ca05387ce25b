import type {Reading} from '../phonemes/reading.js';
import {white} from './marks.js';
import {scriptNames} from './scripts.js';
import type {TextRange} from './segmenter.js';

/** A part of a range: spoken as a whole, or not at all. */
export interface SpeakablePart {
	readonly range: TextRange;
	/** Why it is not spoken: `blank` for white space alone, else a sentence for people. */
	readonly unspoken?: string;
}

const nothingToSay = 'there is nothing to say here: no letter, no digit, no symbol that has a name in speech';
const blank = new RegExp(`^${white}*$`, 'u');
/** Matches text in which there is something to say. */
export const sayable =
	/[\p{L}\p{N}\p{Sc}%‰&+@§°©×÷±\p{Emoji_Presentation}\p{RI}]|\p{Extended_Pictographic}\uFE0F/u;
// Punctuation, symbols, digits, marks, lone surrogates: they belong to no script of their own.
const neutral = '\\p{Script=Common}\\p{Script=Inherited}\\p{N}\\p{M}\\p{C}';
const names = new Intl.ListFormat('en', {type: 'conjunction'});

/**
 * Splits a range into the parts that a voice reads and those in scripts (Unicode's names, as `\p{Script=…}` takes them)
 * that it does not. What belongs to no script stays with the part before it, but a number between a part that is not read
 * and one that is goes with the latter. What `readings` tell how to say is read, whatever its script. The parts adjoin and cover
 * the range; nothing is edited.
 */
export function splitByScript(
	range: TextRange,
	scripts: readonly string[],
	readings: readonly Reading[] = [],
): SpeakablePart[] {
	if (blank.test(range.text)) return [{range, unspoken: 'blank'}];
	const looked = masked(range.text, readings);
	if (!sayable.test(looked)) return [{range, unspoken: nothingToSay}];
	const parts: Part[] = [];
	let number: number | undefined;
	for (const {index, 0: text, groups} of looked.matchAll(runsOf(scripts))) {
		const last = parts.at(-1);
		if (groups?.['neutral'] !== undefined) {
			const found = text.search(sayable);
			number = found < 0 ? undefined : index + found;
			continue;
		}
		const read = groups?.['read'] !== undefined;
		if (last === undefined) parts.push({start: 0, read});
		else if (last.read !== read) parts.push({start: (read ? number : undefined) ?? index, read});
		number = undefined;
	}
	return parts.length < 2 && parts[0]?.read !== false ? [{range}] : cut(range, parts);
}

/** The text with letters that every voice reads where a reading stands, a mark where it says nothing. */
function masked(text: string, readings: readonly Reading[]): string {
	let looked = text;
	for (const {start, end, words} of readings)
		looked = looked.slice(0, start) + (words === '' ? '.' : 'a').repeat(end - start) + looked.slice(end);
	return looked;
}

/** A stretch of a range, up to the next one; offset in UTF-16 units. */
interface Part {
	readonly start: number;
	readonly read: boolean;
}

function cut(range: TextRange, parts: readonly Part[]): SpeakablePart[] {
	return parts.map(({start, read}, index) => {
		const end = parts[index + 1]?.start;
		const text = range.text.slice(start, end);
		const part: TextRange = {
			start: range.start + start,
			end: range.start + start + text.length,
			text,
			boundary: end === undefined ? range.boundary : 'cut',
		};
		return read
			? {range: part}
			: {range: part, unspoken: `the voice does not read ${scriptsIn(text)} script`};
	});
}

const cache = new Map<string, RegExp>();

/** Runs of text: of the scripts that are read, of none, of others. */
function runsOf(scripts: readonly string[]): RegExp {
	const key = scripts.join();
	const known = cache.get(key);
	if (known !== undefined) return known;
	const read = scripts.map(script => `\\p{Script_Extensions=${script}}`).join('');
	const runs = new RegExp(
		`(?<read>(?:(?=\\p{L})[${read}])+)|(?<neutral>[${neutral}]+)|[^${read}${neutral}]+`,
		'gu',
	);
	cache.set(key, runs);
	return runs;
}

const patterns = Object.values(scriptNames).map(
	name => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const,
);

function scriptsIn(text: string): string {
	const found = patterns
		.filter(([, pattern]) => pattern.test(text))
		.map(([name]) => name.replaceAll('_', ' '));
	return found.length === 0 ? 'this' : names.format(found);
}
