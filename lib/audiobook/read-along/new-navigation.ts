import type {Book} from '../book.js';
import type {Audit} from '../in/audit.js';
import {navigationIn} from '../in/epub-package.js';
import {type BookFiles, findPath} from '../in/files.js';
import type {Package} from '../in/package.js';
import {type NavigationEntry, navigationDocument} from './navigation-document.js';
import {hrefFrom} from './paths.js';

/** EPUB 2's table of contents as EPUB 3 has it, for a path in the archive; where there is none, the chapters. */
export async function newNavigation(
	path: string,
	{
		files,
		opf,
		book,
		audit,
	}: {readonly files: BookFiles; readonly opf: Package; readonly book: Book; readonly audit: Audit},
): Promise<string> {
	const {entries} = await navigationIn(files, opf, audit);
	const told = entries.flatMap(({title, place, level}): NavigationEntry[] => {
		const [wanted = '', fragment = ''] = place.split(/#(.*)/s);
		const file = findPath(files.paths, wanted);
		if (file === undefined || title === '') return [];
		const hash = fragment === '' ? '' : `#${encodeURIComponent(fragment)}`;
		return [{title, href: hrefFrom(path, file) + hash, level}];
	});
	const own = book.chapters.flatMap(({title, number, blocks}): NavigationEntry[] => {
		const file = blocks.flatMap(({runs}) => runs)[0]?.file;
		if (file === undefined) return [];
		return [{title: title || `Chapter ${number}`, href: hrefFrom(path, file), level: 1}];
	});
	return navigationDocument(book.title, book.language, told.length > 0 ? told : own);
}
