import {SpeechError} from '../../errors.js';
import type {Audit} from './audit.js';
import {type Chapters, chaptersAt, chaptersByHeadings, type Entry} from './chapters.js';
import {coverOf} from './epub-cover.js';
import {documentsOf, type EpubDocument} from './epub-documents.js';
import {navigationIn, packageOf} from './epub-package.js';
import {type BookFiles, findPath, resolveLink} from './files.js';
import {Notes} from './notes.js';
import {canonicalLanguage, type Reading} from './options.js';
import {refuseProtected} from './protection.js';
import {Reader} from './reader.js';
import type {ReadSource} from './source.js';

/** Reads an EPUB, 2 or 3. `name` is how messages name it. Throws SpeechError: BOOK_INVALID, BOOK_PROTECTED, BOOK_TOO_LARGE. */
export async function readEpub(
	files: BookFiles,
	name: string,
	reading: Reading,
	audit: Audit,
): Promise<ReadSource> {
	const opf = await packageOf(files, name, audit);
	await refuseProtected(files, name, new Set(opf.spine.flatMap(({item}) => item.file ?? [])));
	for (const id of opf.unknown) audit.miss('missing from the manifest', opf.path, id);
	const navigation = await navigationIn(files, opf, audit);
	const documents = await documentsOf({files, opf, navigation, reading, audit});
	if (documents.length === 0)
		throw new SpeechError(
			'BOOK_INVALID',
			`${name} has none of the files that its spine lists: there is nothing to read.`,
		);
	const language = reading.language ?? opf.metadata.language ?? languageOf(documents) ?? 'en';
	const entries = entriesIn(documents, navigation.entries, reading.chapterLevels);
	const reader = new Reader({
		reading,
		notes: new Notes(documents, resolveLink),
		audit,
		language,
		places: new Set(entries.map(({place}) => place)),
		pages: new Set(navigation.pages),
	});
	for (const document of documents) {
		reading.signal?.throwIfAborted();
		reader.read(document);
	}
	reader.finish();
	const title = opf.metadata.title ?? 'Untitled';
	const {chapters, empty}: Chapters =
		entries.length > 0
			? chaptersAt(entries, reader.blocks, title)
			: {chapters: chaptersByHeadings(reader.blocks, title), empty: []};
	for (const entry of empty) tellEmpty(entry, audit);
	return {metadata: opf.metadata, language, cover: await coverOf(files, opf, audit), chapters};
}

/** An entry at which nothing begins; where the whole file is skipped, that is told already. */
function tellEmpty({title, place}: Entry, audit: Audit): void {
	const [file = '', fragment] = place.split(/#(.*)/s);
	const isTold = fragment === '' && audit.skipped.some(piece => piece.file === file);
	if (!isTold) audit.miss('chapter with nothing to read', file, title);
}

/** Where chapters begin: the entries of the table of contents with the places as the documents spell them; without one, each document. */
function entriesIn(documents: readonly EpubDocument[], entries: readonly Entry[], levels: number): Entry[] {
	const byFile = new Map(documents.map(document => [document.file, document]));
	const files = new Set(byFile.keys());
	const found = entries.flatMap(entry => {
		const hash = entry.place.indexOf('#');
		const file = findPath(files, entry.place.slice(0, hash));
		if (file === undefined || entry.level > levels) return [];
		const fragment = entry.place.slice(hash + 1);
		const known = byFile.get(file)?.ids.has(fragment) ? fragment : '';
		return [{...entry, place: `${file}#${known}`}];
	});
	if (found.length > 0) return found;
	const read = documents.filter(({apart}) => apart === undefined);
	return read.length < 2
		? []
		: read.map(({file, title}, index) => ({
				title: title ?? `Chapter ${index + 1}`,
				place: `${file}#`,
				level: 1,
			}));
}

function languageOf(documents: readonly EpubDocument[]): string | undefined {
	for (const {root} of documents) {
		const tag = root.attributes.get('xml:lang') ?? root.attributes.get('lang');
		const language = tag === undefined ? undefined : canonicalLanguage(tag);
		if (language !== undefined) return language;
	}
	return undefined;
}
