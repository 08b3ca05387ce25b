import type {ReadAlongChapter} from './read-along.js';
import {type Clip, clockUnits} from './smil.js';
import type {Mark} from './weave.js';

/**
 * The clips of each file, in the order of its text. Within a chapter's audio they adjoin, from its first sample to its last: a
 * player plays nothing but clips, and pauses and what stands in no file are to be heard too.
 */
export function clipsByFile(
	marks: readonly Mark[],
	chapters: readonly ReadAlongChapter[],
	audioPaths: ReadonlyMap<number, string>,
): ReadonlyMap<string, readonly Clip[]> {
	const byTime = marks.toSorted((a, b) => a.startSample - b.startSample);
	const byChapter = grouped(byTime, ({chapter}) => chapter);
	const placed: Array<{readonly file: string; readonly place: number; readonly clip: Clip}> = [];
	for (const {chapter, samples, sampleRate} of chapters) {
		const found = byChapter.get(chapter) ?? [];
		const units = (sample: number) => Math.round((sample * clockUnits) / sampleRate);
		const starts = increasing(found, ({startSample}) => units(startSample), units(samples));
		for (const [index, {mark, begin}] of starts.entries()) {
			const end = starts[index + 1]?.begin ?? units(samples);
			const clip = {id: mark.id, audio: audioPaths.get(chapter) ?? '', begin: index === 0 ? 0 : begin, end};
			placed.push({file: mark.file, place: mark.place, clip});
		}
	}
	const byFile = grouped(placed, ({file}) => file);
	return new Map(
		[...byFile].map(([file, found]) => [
			file,
			found.toSorted((a, b) => a.place - b.place).map(({clip}) => clip),
		]),
	);
}

/** Those that begin later than the one before, and before the end: a clip must last. */
function increasing(marks: readonly Mark[], beginOf: (mark: Mark) => number, end: number) {
	const kept: Array<{readonly mark: Mark; readonly begin: number}> = [];
	for (const mark of marks) {
		const begin = beginOf(mark);
		if (begin < end && begin > (kept.at(-1)?.begin ?? -1)) kept.push({mark, begin});
	}
	return kept;
}

function grouped<T, Key>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
	const groups = new Map<Key, T[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}
