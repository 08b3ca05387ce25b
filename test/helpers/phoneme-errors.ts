import {readFileSync} from 'node:fs';
import type {EnglishPhonemizer} from '../../lib/phonemes/english/phonemizer.js';
import {accepted, corrected} from '../phonemes/english/accepted.js';
import {shared} from './shared.js';

/** A sentence of the reference, `prose` or `hard`, with its phonemes. */
export interface ReferenceLine {
	readonly set: string;
	readonly text: string;
	readonly reference: string;
}

const path = shared('voices/en/phonemes-us.tsv');

/** The reference phonemes; empty where they do not lie beside the checkout. */
export const referenceLines: readonly ReferenceLine[] =
	path === undefined ? [] : readFileSync(path, 'utf8').trim().split('\n').slice(1).map(parse);

function parse(line: string): ReferenceLine {
	const [set = '', text = '', reference = ''] = line.split('\t');
	return {set, text, reference};
}

/** How one line was read: phonemes wrong, against the reference alone and against what is as right. */
export interface LineErrors {
	readonly line: ReferenceLine;
	readonly ours: string;
	readonly total: number;
	readonly raw: number;
	readonly errors: number;
}

/** Reads the lines of a set. The rate is Levenshtein distance over phonemes, without spaces and punctuation, as the voices README defines it. */
export async function readReference(english: EnglishPhonemizer, set: string): Promise<LineErrors[]> {
	const read: LineErrors[] = [];
	for (const line of referenceLines.filter(candidate => candidate.set === set)) {
		const ours = (await english.phonemize(line.text)).phonemes;
		const [said, wanted] = [letters(ours), letters(line.reference)];
		const raw = distance(said, wanted);
		const other = accepted.get(line.text) ?? corrected(line.reference);
		const errors = Math.min(raw, distance(said, letters(other)));
		read.push({line, ours, total: wanted.length, raw, errors});
	}
	return read;
}

/** Errors in percent of the phonemes. */
export function rate(read: readonly LineErrors[], errors: (line: LineErrors) => number): number {
	const sum = (of: (line: LineErrors) => number) => read.reduce((all, line) => all + of(line), 0);
	return (100 * sum(errors)) / sum(({total}) => total);
}

const letters = (phonemes: string) => Array.from(phonemes.replace(/[\s;:,.!?—…"()“”]/gu, ''));

/** Levenshtein distance. */
function distance(a: readonly string[], b: readonly string[]): number {
	let previous = Array.from({length: b.length + 1}, (_, index) => index);
	for (const [row, letter] of a.entries()) {
		const current = [row + 1];
		for (const [column, other] of b.entries()) {
			const swap = (previous[column] ?? 0) + (letter === other ? 0 : 1);
			current.push(Math.min(swap, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
		}
		previous = current;
	}
	return previous.at(-1) ?? 0;
}
