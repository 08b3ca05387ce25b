import {SpeechError} from '../../errors.js';
import type {Cover} from '../book.js';
import {Audit} from './audit.js';
import {type Chapters, chaptersAt, chaptersByHeadings, type Entry} from './chapters.js';
import {coverFrom} from './cover.js';
import {documentsOf, type EpubDocument} from './epub-documents.js';
import {type BookFiles, findPath, resolveLink} from './files.js';
import {decodeFile, parseXhtml} from './markup.js';
import {type Navigation, navigationOf, ncxNavigationOf} from './navigation.js';
import {Notes} from './notes.js';
import {canonicalLanguage, type Reading} from './options.js';
import {type Package, parsePackage} from './package.js';
import {refuseProtected} from './protection.js';
import {Reader} from './reader.js';
import type {ReadSource} from './source.js';
import {type Element, elementsIn, find} from './tree.js';
import {parseXml} from './xml.js';

const containerPath = 'META-INF/container.xml';

/** Whether these are the files of an EPUB. */
export function isEpub({paths}: BookFiles): boolean {
	return paths.has(containerPath) || [...paths].some(path => path.endsWith('.opf'));
}

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

/** The package document of an EPUB. Throws SpeechError BOOK_INVALID. */
export async function packageOf(files: BookFiles, name: string, audit: Audit): Promise<Package> {
	const path = await packagePath(files, name, audit);
	const found = findPath(files.paths, path);
	if (found === undefined)
		throw new SpeechError(
			'BOOK_INVALID',
			`${name} lacks its package document ${path}, which ${containerPath} names.`,
		);
	return parsePackage(decodeFile(await files.read(found), found, audit), found);
}

async function packagePath(files: BookFiles, name: string, audit: Audit): Promise<string> {
	if (files.paths.has(containerPath)) {
		const {root} = parseXml(decodeFile(await files.read(containerPath), containerPath, audit));
		const path = root && find(root, 'rootfile')?.attributes.get('full-path');
		if (path) return path;
	}
	const [path, ...others] = [...files.paths].filter(file => file.endsWith('.opf'));
	if (path === undefined || others.length > 0)
		throw new SpeechError(
			'BOOK_INVALID',
			`${name} is an archive (ZIP), but no EPUB: ${containerPath} ${files.paths.has(containerPath) ? 'names no package document' : 'is missing'}.`,
		);
	audit.warn(`${name} does not say where its package document is: ${path} was taken.`);
	return path;
}

/** What an EPUB's navigation document says, or its NCX where that says more. */
export async function navigationIn(files: BookFiles, opf: Package, audit: Audit): Promise<Navigation> {
	const nav = await readWith(navigationOf, files, opf.nav?.file, audit);
	const ncx = await readWith(ncxNavigationOf, files, opf.ncx?.file, audit);
	const best = nav && nav.entries.length > 0 ? nav : ncx;
	return {
		entries: best?.entries ?? [],
		pages: [...(nav?.pages ?? []), ...(ncx?.pages ?? [])],
		landmarks: nav?.landmarks ?? [],
	};
}

async function readWith(
	read: (root: Element, path: string) => Navigation,
	files: BookFiles,
	wanted: string | undefined,
	audit: Audit,
): Promise<Navigation | undefined> {
	if (wanted === undefined) return undefined;
	const path = findPath(files.paths, wanted);
	if (path !== undefined) return read(parseXhtml(await files.read(path), path, audit), path);
	audit.warn(`The table of contents ${wanted} is missing.`);
	return undefined;
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

/** The cover: as the manifest says (EPUB 3, then EPUB 2), else the picture on the page that the guide calls the cover. */
async function coverOf(files: BookFiles, opf: Package, audit: Audit): Promise<Cover | undefined> {
	const file = opf.cover?.file ?? (await coverPagePicture(files, opf)) ?? likelyCover(opf);
	if (file === undefined) return undefined;
	const path = findPath(files.paths, file);
	if (path !== undefined) return coverFrom(await files.read(path), path, audit);
	audit.warn(`The cover ${file} is missing.`);
	return undefined;
}

async function coverPagePicture(files: BookFiles, {guide}: Package): Promise<string | undefined> {
	const page = guide.find(({type}) => type.toLowerCase() === 'cover')?.file;
	const path = page === undefined ? undefined : findPath(files.paths, page);
	if (path === undefined) return undefined;
	if (/\.(?:jpe?g|png|svg)$/i.test(path)) return path;
	const root = parseXhtml(await files.read(path), path, new Audit());
	for (const {name, attributes} of elementsIn(root)) {
		if (name !== 'img' && name !== 'image') continue;
		const href = attributes.get('src') ?? attributes.get('xlink:href') ?? attributes.get('href');
		return href === undefined ? undefined : resolveLink(href, path)?.file;
	}
	return undefined;
}

function likelyCover({items}: Package): string | undefined {
	return items.find(
		({mediaType, id, file}) => mediaType.startsWith('image/') && /cover/i.test(`${id} ${file}`),
	)?.file;
}
