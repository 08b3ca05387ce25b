import type {Cover} from '../book.js';
import {Audit} from './audit.js';
import {coverFrom} from './cover.js';
import {type BookFiles, findPath, resolveLink} from './files.js';
import {parseXhtml} from './markup.js';
import type {Package} from './package.js';
import {elementsIn} from './tree.js';

/** The cover: as the manifest says (EPUB 3, then EPUB 2), else the picture on the page that the guide calls the cover. */
export async function coverOf(files: BookFiles, opf: Package, audit: Audit): Promise<Cover | undefined> {
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
