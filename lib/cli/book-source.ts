import {type Book, readBook, selectChapters} from '../audiobook/index.js';
import {SpeechError} from '../index.js';
import type {BookOptions} from './book.js';
import {UsageError} from './exit.js';

/** Which voice reads: the book's, and those of parts in other languages, by BCP 47 tag. */
export interface BookVoices {
	readonly voiceId?: string | undefined;
	readonly byLanguage: ReadonlyMap<string, string>;
}

/** What `--voice ID` and `--voice LANGUAGE=ID` say. Throws UsageError. */
export function voicesOf(given: readonly string[] = []): BookVoices {
	const byLanguage = new Map<string, string>();
	let voiceId: string | undefined;
	for (const voice of given) {
		const [, language, id] = /^([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)=(.+)$/s.exec(voice) ?? [];
		if (language !== undefined && id !== undefined) {
			if (byLanguage.has(language)) throw new UsageError(`--voice names two voices for ${language}.`);
			byLanguage.set(language, id);
		} else if (voiceId === undefined) voiceId = voice;
		else throw new UsageError(`--voice names two voices for the book: ${voiceId} and ${voice}.`);
	}
	return {voiceId, byLanguage};
}

/** The book that a command names, as its options want it read. */
export async function bookFrom(input: string, options: BookOptions): Promise<Book> {
	const {notes, tables, code, images, frontMatter, backMatter, chapterLevels, language, chapters} = options;
	const languages = [...voicesOf(options.voice).byLanguage.keys()];
	try {
		const book = await readBook(input, {
			...{notes, tables, code, images, frontMatter, backMatter},
			...{chapterLevels, language, languages},
		});
		return chapters === undefined ? book : selectChapters(book, chapters);
	} catch (error) {
		throw inTheCommandsWords(error);
	}
}

/** The library names its options; the command's are spelled otherwise. */
export function inTheCommandsWords(error: unknown): unknown {
	if (!(error instanceof SpeechError) || error.code !== 'OPTION_INVALID') return error;
	const message = error.message
		.replace(/^languages\b/, '--voice')
		.replace(
			/^[a-z]+[A-Za-z]*/,
			name => `--${name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
		);
	return new SpeechError(error.code, message, {cause: error});
}
