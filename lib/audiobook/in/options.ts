import {checkNames} from '../../check-names.js';
import {SpeechError} from '../../errors.js';

/** How a book is read from its source. */
export interface ReadBookOptions {
	/**
	 * Footnotes and endnotes: left out (`skip`, the default), read behind the paragraph that refers to them (`inline`), or at
	 * the end of their chapter (`end`).
	 */
	readonly notes?: 'skip' | 'inline' | 'end' | undefined;
	/** Tables: read row by row (`rows`, the default), or left out. Tables that only lay out text are read as text. */
	readonly tables?: 'rows' | 'skip' | undefined;
	/** Blocks of code: left out (`skip`, the default) or read. Code within a sentence is always read. */
	readonly code?: 'skip' | 'read' | undefined;
	/** Images: left out (`skip`, the default), or their alternative text read (`alt`). Captions are always read. */
	readonly images?: 'skip' | 'alt' | undefined;
	/**
	 * What stands before the text proper: what is worth hearing, such as a dedication or a preface, but no title page, contents,
	 * copyright page (`useful`, the default); `all`; or nothing (`skip`).
	 */
	readonly frontMatter?: 'useful' | 'all' | 'skip' | undefined;
	/** What stands behind it: `useful` (the default) reads an afterword or an appendix, but no index, bibliography, colophon. */
	readonly backMatter?: 'useful' | 'all' | 'skip' | undefined;
	/** How many levels of the table of contents make chapters, at least 1; all by default. */
	readonly chapterLevels?: number | undefined;
	/** BCP 47 tags of languages that have a voice of their own: parts in one of them become blocks of their own. */
	readonly languages?: readonly string[] | undefined;
	/** BCP 47 tag of the book's language, where the source tells none or the wrong one. */
	readonly language?: string | undefined;
	/** Stops the reading; the signal's reason is thrown. */
	readonly signal?: AbortSignal | undefined;
}

/** The options with their defaults. */
export interface Reading {
	readonly notes: 'skip' | 'inline' | 'end';
	readonly tables: 'rows' | 'skip';
	readonly code: 'skip' | 'read';
	readonly images: 'skip' | 'alt';
	readonly frontMatter: 'useful' | 'all' | 'skip';
	readonly backMatter: 'useful' | 'all' | 'skip';
	readonly chapterLevels: number;
	readonly languages: readonly string[];
	readonly language: string | undefined;
	readonly signal: AbortSignal | undefined;
}

const names = [
	'notes',
	'tables',
	'code',
	'images',
	'frontMatter',
	'backMatter',
	'chapterLevels',
	'languages',
	'language',
	'signal',
] satisfies Array<keyof ReadBookOptions>;

const matter = ['useful', 'all', 'skip'] as const;

/** Throws SpeechError OPTION_INVALID, which names the option and what it may be. */
export function readingOf(options: ReadBookOptions): Reading {
	checkNames(options, names);
	const {chapterLevels = Number.POSITIVE_INFINITY, languages = [], language, signal} = options;
	if (!(chapterLevels >= 1 && Math.floor(chapterLevels) === chapterLevels))
		throw new SpeechError(
			'OPTION_INVALID',
			`chapterLevels is ${chapterLevels}; it must be a whole number from 1.`,
		);
	return {
		notes: oneOf('notes', ['skip', 'inline', 'end'], options.notes),
		tables: oneOf('tables', ['rows', 'skip'], options.tables),
		code: oneOf('code', ['skip', 'read'], options.code),
		images: oneOf('images', ['skip', 'alt'], options.images),
		frontMatter: oneOf('frontMatter', matter, options.frontMatter),
		backMatter: oneOf('backMatter', matter, options.backMatter),
		chapterLevels,
		languages: languages.map(tag => canonicalTag('languages', tag)),
		language: language === undefined ? undefined : canonicalTag('language', language),
		signal,
	};
}

/** The first of `allowed` is the default. */
function oneOf<Value extends string>(
	name: string,
	allowed: readonly [Value, ...Value[]],
	value: Value | undefined,
): Value {
	if (value === undefined) return allowed[0];
	if (allowed.includes(value)) return value;
	throw new SpeechError(
		'OPTION_INVALID',
		`${name} is ${JSON.stringify(value)}; it must be one of ${allowed.join(', ')}.`,
	);
}

function canonicalTag(name: string, tag: string): string {
	const canonical = canonicalLanguage(tag);
	if (canonical !== undefined) return canonical;
	throw new SpeechError(
		'OPTION_INVALID',
		`${name} names ${JSON.stringify(tag)}; it must be a BCP 47 tag, such as de or pt-BR.`,
	);
}

/** A BCP 47 tag in its canonical spelling; undefined for what is none (`en_US` is taken for `en-US`: books spell it so). */
export function canonicalLanguage(tag: string): string | undefined {
	try {
		return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0];
	} catch {
		return undefined;
	}
}
