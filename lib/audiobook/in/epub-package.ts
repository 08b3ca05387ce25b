import {SpeechError} from '../../errors.js';
import type {Audit} from './audit.js';
import {type BookFiles, findPath} from './files.js';
import {decodeFile, parseXhtml} from './markup.js';
import {type Navigation, navigationOf, ncxNavigationOf} from './navigation.js';
import {type Package, parsePackage} from './package.js';
import {type Element, find} from './tree.js';
import {parseXml} from './xml.js';

const containerPath = 'META-INF/container.xml';

/** Whether these are the files of an EPUB. */
export function isEpub({paths}: BookFiles): boolean {
	return paths.has(containerPath) || [...paths].some(path => path.endsWith('.opf'));
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
