import type {ArchiveEntry} from './archive.js';
import type {Names} from './names.js';
import {type Addition, activeClass} from './package-edits.js';
import type {ReadAlongChapter} from './read-along.js';
import {type Clip, smil} from './smil.js';

/** A new file, and what the package says of it. */
export interface NewFile extends Addition {
	readonly content: ArchiveEntry['content'];
}

/** What is highlighted stands in spans that the book's own styles must not see. */
export function stylesheet(names: Names): NewFile {
	const span = `span[id^="${names.idPrefix}"]`;
	const rules = `${span} { all: unset !important; }
.${activeClass}, ${span}.${activeClass} { background-color: #fd6 !important; }
.${activeClass}, ${span}.${activeClass}, .${activeClass} * { color: #000 !important; }
`;
	return {
		id: names.id('style'),
		path: names.path('read-along.css'),
		mediaType: 'text/css',
		content: Buffer.from(rules),
	};
}

export function audioName({chapter, mediaType}: ReadAlongChapter): string {
	return `chapter-${chapter + 1}.${mediaType === 'audio/mp4' ? 'm4a' : 'mp3'}`;
}

/** An overlay for each document in which something is heard, by the document's path. */
export function overlaysOf(
	clips: ReadonlyMap<string, readonly Clip[]>,
	names: Names,
): ReadonlyMap<string, NewFile> {
	const overlays = [...clips].map(([file, found], index) => {
		const path = names.path(`overlay-${index + 1}.smil`);
		const overlay = {
			id: names.id(`overlay-${index + 1}`),
			path,
			mediaType: 'application/smil+xml',
			duration: found.reduce((sum, {begin, end}) => sum + end - begin, 0),
			content: Buffer.from(smil(path, file, found)),
		};
		return [file, overlay] as const;
	});
	return new Map(overlays);
}

/** The audio of the chapters of which something is highlighted: of others nothing would be heard. */
export function audioOf(
	chapters: readonly ReadAlongChapter[],
	paths: ReadonlyMap<number, string>,
	clips: ReadonlyMap<string, readonly Clip[]>,
	names: Names,
): NewFile[] {
	const heard = new Set([...clips.values()].flatMap(found => found.map(({audio}) => audio)));
	return chapters.flatMap(({chapter, audio, mediaType}) => {
		const path = paths.get(chapter) ?? '';
		return heard.has(path)
			? [{id: names.id(`audio-${chapter + 1}`), path, mediaType, content: {file: audio}}]
			: [];
	});
}
