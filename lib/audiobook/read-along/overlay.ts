import {SpeechError} from '../../errors.js';
import type {Book} from '../book.js';
import {Audit} from '../in/audit.js';
import {navigationIn, packageOf} from '../in/epub-package.js';
import {type BookFiles, findPath} from '../in/files.js';
import {decodeFile} from '../in/markup.js';
import type {Item, Package} from '../in/package.js';
import type {ArchiveEntry} from './archive.js';
import {modifiedAfter} from './dates.js';
import {type EditedDocument, editDocument} from './documents.js';
import {type NavigationEntry, navigationDocument} from './navigation-document.js';
import {type Addition, activeClass, editPackage} from './package-edits.js';
import {beside, hrefFrom} from './paths.js';
import type {ReadAlongChapter} from './read-along.js';
import {type Clip, smil} from './smil.js';
import {clipsByFile} from './timeline.js';
import {type Unit, unitsOf} from './units.js';

export interface OverlayOptions {
	/** As messages name it. */
	readonly name: string;
	readonly files: BookFiles;
	readonly book: Book;
	readonly chapters: readonly ReadAlongChapter[];
	readonly by: 'word' | 'sentence';
	readonly signal: AbortSignal;
}

export interface Overlaid {
	readonly entries: readonly ArchiveEntry[];
	/** Of its last change, by what the book says. */
	readonly modified: Date;
}

/** Not for what is new: signatures no longer fit. */
const dropped = new Set(['mimetype', 'META-INF/signatures.xml']);

/** An EPUB's files with media overlays (EPUB 3.3, 9): audio, what is highlighted when, and the documents with ids for it. */
export async function overlay(options: OverlayOptions): Promise<Overlaid> {
	const {name, files, book, chapters, signal} = options;
	const audit = new Audit();
	const opf = await packageOf(files, name, audit);
	const source = decodeFile(await files.read(opf.path), opf.path, audit);
	const isOld = /^[12]/.test(versionOf(source));
	const documents = contentDocuments(opf, files);
	const units = unitsByFile(options, documents);
	const texts = new Map<string, string>();
	for (const file of isOld ? documents.keys() : units.keys()) {
		signal.throwIfAborted();
		texts.set(file, decodeFile(await files.read(file), file, audit));
	}
	const names = freeNames([...files.paths], [source, ...texts.values()]);
	const at = (file: string) => beside(opf.path, `${names.folder}/${file}`);
	const audioPaths = new Map(
		chapters.map(({chapter, mediaType}) => [
			chapter,
			at(`chapter-${chapter + 1}.${mediaType === 'audio/mp4' ? 'm4a' : 'mp3'}`),
		]),
	);
	const edited = new Map<string, EditedDocument>();
	for (const [file, text] of texts)
		edited.set(
			file,
			editDocument(text, units.get(file) ?? [], {
				file,
				isOld,
				title: book.title,
				style: at('read-along.css'),
				idPrefix: names.idPrefix,
			}),
		);
	const marks = [...edited.values()].flatMap(({marks}) => marks);
	if (marks.length === 0)
		throw new SpeechError(
			'BOOK_INVALID',
			`Nothing of what was spoken stands in the text of ${name}: there is nothing to highlight.`,
		);
	const clips = clipsByFile(marks, chapters, audioPaths);
	const overlays = [...clips].map(([file, found], index) =>
		overlayFor(file, found, `${names.idPrefix}overlay-${index + 1}`, at(`overlay-${index + 1}.smil`)),
	);
	const heard = new Set([...clips.values()].flatMap(found => found.map(({audio}) => audio)));
	const audio = chapters.flatMap(({chapter, audio, mediaType}): Array<Addition & {readonly file: string}> => {
		const path = audioPaths.get(chapter) ?? '';
		const id = `${names.idPrefix}audio-${chapter + 1}`;
		return heard.has(path) ? [{id, path, mediaType, file: audio}] : [];
	});
	const style: Addition = {id: `${names.idPrefix}style`, path: at('read-along.css'), mediaType: 'text/css'};
	const nav = isOld && !opf.nav ? await newNavigation(options, opf, at('nav.xhtml'), audit) : undefined;
	const modified = modifiedAfter(source, book.year);
	const changed = editPackage(source, {
		path: opf.path,
		additions: [
			...overlays.map(({addition}) => addition),
			...audio,
			style,
			...(nav
				? [
						{
							id: `${names.idPrefix}nav`,
							path: nav.path,
							mediaType: 'application/xhtml+xml',
							properties: 'nav',
						},
					]
				: []),
		],
		overlays: new Map(overlays.map(({file, addition}) => [documents.get(file)?.id ?? '', addition.id])),
		modified: modified.toISOString().replace(/\.\d+Z$/, 'Z'),
	});
	const old = new Set(
		opf.items.filter(({mediaType}) => mediaType === 'application/smil+xml').map(({file}) => file),
	);
	const kept = [...files.paths].filter(path => !dropped.has(path) && !old.has(path));
	return {
		modified,
		entries: [
			...kept.map(path => ({path, content: contentOf(path, {opf, changed, edited, files})})),
			...(nav ? [{path: nav.path, content: Buffer.from(nav.text)}] : []),
			{path: style.path, content: Buffer.from(stylesheet(names.idPrefix))},
			...overlays.map(({addition, text}) => ({path: addition.path, content: Buffer.from(text)})),
			...audio.map(({path, file}) => ({path, content: {file}})),
		],
	};
}

function contentOf(
	path: string,
	{
		opf,
		changed,
		edited,
		files,
	}: {
		readonly opf: Package;
		readonly changed: string;
		readonly edited: ReadonlyMap<string, EditedDocument>;
		readonly files: BookFiles;
	},
): ArchiveEntry['content'] {
	if (path === opf.path) return Buffer.from(changed);
	const document = edited.get(path);
	return document ? Buffer.from(document.text) : () => files.read(path);
}

function versionOf(source: string): string {
	return /<(?:\w+:)?package\b[^>]*?\sversion\s*=\s*["']([^"']*)/.exec(source)?.[1] ?? '2.0';
}

/** The XHTML documents of the manifest, by their paths in the archive. */
function contentDocuments({items}: Package, {paths}: BookFiles): ReadonlyMap<string, Item> {
	const documents = new Map<string, Item>();
	for (const item of items) {
		const file = item.file === undefined ? undefined : findPath(paths, item.file);
		if (file !== undefined && item.mediaType === 'application/xhtml+xml' && !documents.has(file))
			documents.set(file, item);
	}
	return documents;
}

function unitsByFile(
	{book, chapters, by}: OverlayOptions,
	documents: ReadonlyMap<string, Item>,
): ReadonlyMap<string, Unit[]> {
	const found = new Map<string, Unit[]>();
	for (const chapter of chapters)
		for (const unit of unitsOf(book, chapter, by)) {
			const units = found.get(unit.file);
			if (units) units.push(unit);
			else if (documents.has(unit.file)) found.set(unit.file, [unit]);
		}
	return found;
}

/** Names that the book does not use itself. */
function freeNames(paths: readonly string[], texts: readonly string[]): {folder: string; idPrefix: string} {
	let [folder, idPrefix] = ['read-along', 'ra-'];
	while (paths.some(path => path.includes(`${folder}/`))) folder += '-1';
	const isTaken = (prefix: string) =>
		texts.some(text => text.includes(`"${prefix}`) || text.includes(`'${prefix}`));
	while (isTaken(idPrefix)) idPrefix += 'x-';
	return {folder, idPrefix};
}

function overlayFor(file: string, clips: readonly Clip[], id: string, path: string) {
	const duration = clips.reduce((sum, {begin, end}) => sum + end - begin, 0);
	const addition: Addition = {id, path, mediaType: 'application/smil+xml', duration};
	return {file, addition, text: smil(path, file, clips)};
}

/** What is highlighted stands in spans that the book's own styles must not see. */
function stylesheet(idPrefix: string): string {
	return `span[id^="${idPrefix}"] { all: unset !important; }
.${activeClass}, span[id^="${idPrefix}"].${activeClass} { background-color: #fd6 !important; color: #000 !important; }
`;
}

/** EPUB 2's table of contents as EPUB 3 has it; where there is none, the chapters. */
async function newNavigation(
	{files, book}: OverlayOptions,
	opf: Package,
	path: string,
	audit: Audit,
): Promise<{readonly path: string; readonly text: string}> {
	const {entries} = await navigationIn(files, opf, audit);
	const told = entries.flatMap(({title, place, level}) => {
		const hash = place.indexOf('#');
		const file = findPath(files.paths, place.slice(0, hash));
		return file === undefined || title === ''
			? []
			: [
					{
						title,
						href:
							hrefFrom(path, file) +
							(hash < place.length - 1 ? `#${encodeURIComponent(place.slice(hash + 1))}` : ''),
						level,
					},
				];
	});
	const own = book.chapters.flatMap(({title, blocks}, index): NavigationEntry[] => {
		const file = blocks.flatMap(({runs}) => runs)[0]?.file;
		return file === undefined
			? []
			: [{title: title || `Chapter ${index + 1}`, href: hrefFrom(path, file), level: 1}];
	});
	return {path, text: navigationDocument(book.title, book.language, told.length > 0 ? told : own)};
}
