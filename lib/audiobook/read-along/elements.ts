import type {Tag} from '../in/tags.js';
import {localName} from './markup.js';

/** A stretch of a source, in UTF-16 units. */
export interface Stretch {
	readonly start: number;
	readonly end: number;
}

/** An element within which no `span` may stand, or that a `span` must not divide: it is highlighted as a whole. */
export interface Atom extends Stretch {
	readonly tag: Tag;
}

/** HTML, 4.8 (embedded content), 4.5.10 (ruby), 4.5.14 (time), 4.10 (forms). */
const atomic = new Set(['math', 'object', 'option', 'ruby', 'select', 'svg', 'textarea', 'time', 'button']);

/** What a highlighted sentence may hold besides text (phrasing content, HTML, 3.2.5.2.5); no `span`: styles count those. */
const phrasing = new Set(
	'a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark picture q s samp small source strike strong sub sup tt u var wbr'.split(
		' ',
	),
);

/** Elements without content (HTML, 13.1.2). */
export const voids: ReadonlySet<string> = new Set(
	'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** The outermost atomic elements of a source, in order. */
export function atomsIn(tags: readonly Tag[]): Atom[] {
	const atoms: Atom[] = [];
	let open: {readonly tag: Tag; readonly name: string; depth: number} | undefined;
	for (const tag of tags) {
		const name = localName(tag);
		if (!open) {
			if (!atomic.has(name)) continue;
			if (tag.kind === 'empty') atoms.push({start: tag.start, end: tag.end, tag});
			else if (tag.kind === 'open') open = {tag, name, depth: 1};
		} else if (name === open.name && tag.kind !== 'empty') {
			open.depth += tag.kind === 'open' ? 1 : -1;
			if (open.depth > 0) continue;
			atoms.push({start: open.tag.start, end: tag.end, tag: open.tag});
			open = undefined;
		}
	}
	return atoms;
}

export interface Surroundings {
	readonly tags: readonly Tag[];
	readonly atoms: readonly Atom[];
}

/**
 * The stretch, made longer by tags at its ends, that one `span` can go around; undefined where none can. `within`: it is one
 * word, so that even a `span` (a dropped initial) may be in it.
 */
export function spannable(
	{tags, atoms}: Surroundings,
	{start, end}: Stretch,
	within: boolean,
): Stretch | undefined {
	const first = firstAt(tags, start);
	const open: string[] = [];
	const closed: string[] = [];
	for (let index = first; index < tags.length; index++) {
		const tag = tags[index];
		if (!tag || tag.start >= end) break;
		if (!isMarkup(tag) || isInside(atoms, tag)) continue;
		const name = localName(tag);
		if (!phrasing.has(name) && !(within && name === 'span')) return undefined;
		if (tag.kind === 'empty' || voids.has(name)) continue;
		if (tag.kind === 'open') open.push(name);
		else if (open.length === 0) closed.push(name);
		else if (open.pop() !== name) return undefined;
	}
	let [from, to] = [start, end];
	for (let index = first - 1; closed.length > 0; index--) {
		const tag = tags[index];
		if (tag?.end !== from || tag.kind !== 'open' || localName(tag) !== closed.shift()) return undefined;
		from = tag.start;
	}
	for (let index = firstAt(tags, end); open.length > 0; index++) {
		const tag = tags[index];
		if (tag?.start !== to || tag.kind !== 'close' || localName(tag) !== open.pop()) return undefined;
		to = tag.end;
	}
	return {start: from, end: to};
}

/** The atom that a place lies in. */
export function atomAt(atoms: readonly Atom[], place: number): Atom | undefined {
	// The first that begins behind it; the one before is the only one that may hold it.
	const atom = atoms[firstAt(atoms, place + 1) - 1];
	return atom && place < atom.end ? atom : undefined;
}

/** The index of the first that begins at `place` or behind it. */
export function firstAt(sorted: readonly Stretch[], place: number): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle]?.start ?? 0) < place) low = middle + 1;
		else high = middle;
	}
	return low;
}

export function isMarkup({kind}: Tag): boolean {
	return kind === 'open' || kind === 'close' || kind === 'empty';
}

function isInside(atoms: readonly Atom[], {start}: Stretch): boolean {
	return atomAt(atoms, start) !== undefined;
}
