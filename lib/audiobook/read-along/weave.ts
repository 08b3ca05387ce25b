import {tagsIn} from '../in/tags.js';
import type {Edits} from './edits.js';
import {type Atom, atomAt, atomsIn, firstAt, type Stretch, type Surroundings, spannable} from './elements.js';
import {attributePlace, attributesOf, localName, prefixOf, valueIn} from './markup.js';
import type {Piece, Unit} from './units.js';

/** A part of a source that has an id now, and when it is heard. */
export interface Mark {
	readonly id: string;
	readonly file: string;
	/** Where it stands in the file. */
	readonly place: number;
	readonly chapter: number;
	/** When it begins, in samples of its chapter's audio. */
	readonly startSample: number;
}

/** Some pieces of a unit that one element can hold, and the text offset at which they begin. */
interface Part extends Stretch {
	readonly atom?: Atom;
	readonly textStart: number;
}

/**
 * Gives every unit of a file an element with an id: a `span` around it, several where elements that are no part of it divide it.
 * Marks come in the order of the units. What was marked before is not marked again.
 */
export function weave(
	source: string,
	units: readonly Unit[],
	{edits, idPrefix}: {readonly edits: Edits; readonly idPrefix: string},
): Mark[] {
	const tags = tagsIn(source);
	const surroundings = {tags, atoms: atomsIn(tags)};
	const pieces = units.flatMap(unit => unit.pieces).toSorted((a, b) => a.start - b.start);
	const parts = new Map<number, {readonly unit: Unit; readonly part: Part}>();
	for (const unit of units)
		for (const part of partsOf(unit, surroundings, pieces))
			if (!parts.has(part.start)) parts.set(part.start, {unit, part});
	const root = tags.find(tag => localName(tag) === 'html');
	const span = `${root ? prefixOf(root) : ''}span`;
	const ids = new Map<Part, string>();
	// In the order of the source: where one ends and the next begins, the one ends first.
	for (const {part} of [...parts.values()].toSorted((a, b) => a.part.start - b.part.start))
		ids.set(part, identify(source, part, {id: `${idPrefix}${ids.size + 1}`, span, edits}));
	for (const tag of tags) {
		const found = tag.kind === 'cdata' ? pieces[firstAt(pieces, tag.start)] : undefined;
		if (found && found.start < tag.end) dissolve(source, tag, edits);
	}
	return [...parts.values()].map(({unit, part}) => ({
		id: ids.get(part) ?? '',
		file: unit.file,
		place: part.start,
		chapter: unit.chapter,
		startSample: sampleAt(unit, part.textStart),
	}));
}

function partsOf(unit: Unit, surroundings: Surroundings, all: readonly Piece[]): Part[] {
	const parts: Part[] = [];
	let open: {readonly start: number; readonly textStart: number; end: number; textEnd: number} | undefined;
	let span: Stretch | undefined;
	const close = () => {
		if (!open) return;
		const atom = atomAt(surroundings.atoms, open.start);
		const whole = atom && atom.start === open.start && atom.end === open.end ? {atom} : {};
		parts.push({...(span ?? open), textStart: open.textStart, ...whole});
		open = undefined;
	};
	for (const piece of unit.pieces.map(piece => aroundAtoms(piece, surroundings.atoms))) {
		if (open && piece.end <= open.end) continue;
		const longer = open && {start: open.start, end: piece.end};
		const within = open !== undefined && !/\s/.test(unit.text.slice(open.textEnd - 1, piece.textStart + 1));
		const wider =
			longer && !holdsOthers(longer, unit, all) ? spannable(surroundings, longer, within) : undefined;
		if (open && wider) {
			open.end = piece.end;
			open.textEnd = piece.textEnd;
			span = wider;
		} else {
			close();
			open = {...piece};
			span = undefined;
		}
	}
	close();
	return parts;
}

/** A piece within an atom stands for all of it. */
function aroundAtoms(piece: Piece, atoms: readonly Atom[]): Piece {
	const first = atomAt(atoms, piece.start);
	const last = atomAt(atoms, piece.end - 1);
	return {...piece, start: first?.start ?? piece.start, end: last?.end ?? piece.end};
}

/** Whether something else that is read stands within. */
function holdsOthers({start, end}: Stretch, unit: Unit, all: readonly Piece[]): boolean {
	for (let index = firstAt(all, start); index < all.length; index++) {
		const piece = all[index];
		if (!piece || piece.start >= end) return false;
		if (!unit.pieces.includes(piece)) return true;
	}
	return false;
}

/** Gives the id that the part has then. */
function identify(
	source: string,
	{start, end, atom}: Part,
	{id, span, edits}: {readonly id: string; readonly span: string; readonly edits: Edits},
): string {
	if (atom) {
		const own = valueIn(attributesOf(source, atom.tag), 'id');
		if (own !== undefined) return own;
		edits.insert(attributePlace(atom.tag), ` id="${id}"`);
		return id;
	}
	edits.insert(start, `<${span} id="${id}">`);
	edits.insert(end, `</${span}>`);
	return id;
}

/** When an offset of the text is heard: within a word, in proportion to its letters. */
function sampleAt({words}: Unit, textStart: number): number {
	const word = words.find(({textEnd}) => textEnd > textStart) ?? words.at(-1);
	if (!word) return 0;
	const part = (textStart - word.textStart) / (word.textEnd - word.textStart);
	return Math.round(word.startSample + Math.max(0, part) * (word.endSample - word.startSample));
}

/** A CDATA section becomes text in which elements may stand. */
function dissolve(source: string, {start, end}: Stretch, edits: Edits): void {
	const [from, to] = [start + '<![CDATA['.length, end - ']]>'.length];
	edits.remove(start, from);
	for (let at = from; at < to; at++) {
		if (source[at] === '&') edits.replace(at, at + 1, '&amp;');
		if (source[at] === '<') edits.replace(at, at + 1, '&lt;');
	}
	edits.remove(to, end);
}
