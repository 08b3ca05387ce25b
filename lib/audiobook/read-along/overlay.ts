import {SpeechError} from '../../errors.js';
import type {Book} from '../book.js';
import {Audit} from '../in/audit.js';
import {packageOf} from '../in/epub-package.js';
import {type BookFiles, findPath} from '../in/files.js';
import {decodeFile} from '../in/markup.js';
import type {Item, Package} from '../in/package.js';
import type {ArchiveEntry} from './archive.js';
import {modifiedAfter} from './dates.js';
import {type EditedDocument, editDocument} from './documents.js';
import {namesFor} from './names.js';
import {audioName, audioOf, type NewFile, overlaysOf, stylesheet} from './new-files.js';
import {newNavigation} from './new-navigation.js';
import {oldOverlays} from './old-overlays.js';
import {editPackage, oldTypes, xhtmlType} from './package-edits.js';
import type {ReadAlongChapter} from './read-along.js';
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

/** An EPUB's files with media overlays (EPUB 3.3, 9): audio, what is highlighted when, and the documents with ids for it. */
export async function overlay(options: OverlayOptions): Promise<Overlaid> {
	const {name, files, book, chapters} = options;
	const audit = new Audit();
	const opf = await packageOf(files, name, audit);
	const source = decodeFile(await files.read(opf.path), opf.path, audit);
	const isOld = /^[12]/.test(versionOf(source));
	const documents = contentDocuments(opf, files);
	const units = unitsByFile(options, documents);
	const texts = await textsOf(isOld ? documents.keys() : units.keys(), options, audit);
	const names = namesFor(opf.path, files.paths, [source, ...texts.values()]);
	const style = stylesheet(names);
	const edited = new Map<string, EditedDocument>();
	for (const [file, text] of texts) {
		const {idPrefix} = names;
		const settings = {file, isOld, title: book.title, style: style.path, idPrefix};
		edited.set(file, editDocument(text, units.get(file) ?? [], settings));
	}
	const marks = [...edited.values()].flatMap(({marks}) => marks);
	if (marks.length === 0)
		throw new SpeechError(
			'BOOK_INVALID',
			`Nothing of what was spoken stands in the text of ${name}: there is nothing to highlight.`,
		);
	const audioPaths = new Map(chapters.map(chapter => [chapter.chapter, names.path(audioName(chapter))]));
	const clips = clipsByFile(marks, chapters, audioPaths);
	const overlays = overlaysOf(clips, names);
	const added: NewFile[] = [...overlays.values(), ...audioOf(chapters, audioPaths, clips, names), style];
	if (isOld && !opf.nav) {
		const path = names.path('nav.xhtml');
		const content = Buffer.from(await newNavigation(path, {files, opf, book, audit}));
		added.push({id: names.id('nav'), path, mediaType: xhtmlType, properties: 'nav', content});
	}
	const old = await oldOverlays(opf, files, audit);
	const modified = modifiedAfter(source, book.year);
	const changed = editPackage(source, {
		path: opf.path,
		additions: added,
		removed: new Set(opf.items.filter(({file}) => isAmong(old, file)).map(({id}) => id)),
		overlays: new Map([...overlays].map(([file, {id}]) => [documents.get(file)?.id ?? '', id])),
		modified: modified.toISOString().replace(/\.\d+Z$/, 'Z'),
	});
	const contents = new Map([...edited].map(([file, {text}]) => [file, text]));
	contents.set(opf.path, changed);
	return {modified, entries: [...keptOf(files, contents, old), ...added]};
}

function versionOf(source: string): string {
	return /<(?:\w+:)?package\b[^>]*?\sversion\s*=\s*["']([^"']*)/.exec(source)?.[1] ?? '2.0';
}

/** The documents of the manifest that are XHTML, or HTML and become it, by their paths in the archive. */
function contentDocuments({items}: Package, {paths}: BookFiles): ReadonlyMap<string, Item> {
	const documents = new Map<string, Item>();
	for (const item of items) {
		const file = item.file === undefined ? undefined : findPath(paths, item.file);
		const isText = item.mediaType === xhtmlType || oldTypes.has(item.mediaType);
		if (file !== undefined && isText && !documents.has(file)) documents.set(file, item);
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

async function textsOf(
	paths: Iterable<string>,
	{files, signal}: OverlayOptions,
	audit: Audit,
): Promise<ReadonlyMap<string, string>> {
	const texts = new Map<string, string>();
	for (const path of paths) {
		signal.throwIfAborted();
		texts.set(path, decodeFile(await files.read(path), path, audit));
	}
	return texts;
}

function isAmong(paths: ReadonlySet<string>, file: string | undefined): boolean {
	return file !== undefined && findPath(paths, file) !== undefined;
}

/** Signatures do not fit any more, and overlays that the book had are replaced. */
function keptOf(
	files: BookFiles,
	contents: ReadonlyMap<string, string>,
	old: ReadonlySet<string>,
): ArchiveEntry[] {
	const dropped = new Set(['mimetype', 'META-INF/signatures.xml', ...old]);
	return [...files.paths]
		.filter(path => !dropped.has(path))
		.map(path => {
			const text = contents.get(path);
			return {path, content: text === undefined ? () => files.read(path) : Buffer.from(text)};
		});
}
