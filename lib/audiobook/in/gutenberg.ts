import type {Metadata} from './metadata.js';
import type {Line} from './text-lines.js';

/** A text in three parts: what Project Gutenberg puts before and behind it, and itself. */
export interface Unwrapped {
	readonly header: readonly Line[];
	readonly body: readonly Line[];
	readonly footer: readonly Line[];
	readonly metadata: Metadata;
}

const start = /^\s*\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG/i;
const end = /^\s*\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|^\s*End of (?:the )?Project Gutenberg/i;

const languages: Readonly<Record<string, string>> = {
	english: 'en',
	german: 'de',
	french: 'fr',
	spanish: 'es',
	italian: 'it',
	portuguese: 'pt',
	dutch: 'nl',
	finnish: 'fi',
	swedish: 'sv',
	danish: 'da',
	russian: 'ru',
	chinese: 'zh',
	japanese: 'ja',
	greek: 'el',
	latin: 'la',
};

/** Takes Project Gutenberg's notices off a text; where there are none, all of it is body. */
export function unwrapGutenberg(lines: readonly Line[]): Unwrapped {
	const startLine = lines.findIndex(({text}) => start.test(text));
	if (startLine < 0) return {header: [], body: lines, footer: [], metadata: {authors: []}};
	// The title in it may break the line.
	const closing = lines.slice(startLine, startLine + 4).findIndex(({text}) => /\*{3}\s*$/.test(text));
	const from = startLine + Math.max(0, closing) + 1;
	const endLine = lines.findIndex(({text}, index) => index >= from && end.test(text));
	const to = endLine < 0 ? lines.length : endLine;
	const header = lines.slice(0, from);
	return {header, body: lines.slice(from, to), footer: lines.slice(to), metadata: metadataOf(header)};
}

function metadataOf(header: readonly Line[]): Metadata {
	const value = (name: string) => {
		const pattern = new RegExp(`^${name}:\\s*(\\S.*)$`, 'i');
		for (const {text} of header) {
			const found = pattern.exec(text.trim())?.[1];
			if (found !== undefined) return found;
		}
		return undefined;
	};
	const author = value('Author');
	return {
		title: value('Title'),
		authors: author === undefined ? [] : [author],
		language: languages[value('Language')?.toLowerCase() ?? ''],
		year: /\b\d{4}\b/.exec(value('Original publication') ?? value('Release date') ?? '')?.[0],
	};
}
