import {extname} from 'node:path';
import type {DocumentKind} from './document.js';

const byExtension: Readonly<Record<string, DocumentKind | 'epub'>> = {
	'.epub': 'epub',
	'.htm': 'html',
	'.html': 'html',
	'.xhtml': 'html',
	'.markdown': 'markdown',
	'.md': 'markdown',
	'.mdown': 'markdown',
	'.txt': 'text',
	'.text': 'text',
};

/** What a file is by its name. */
export function kindByName(path: string): DocumentKind | 'epub' | undefined {
	return byExtension[extname(path).toLowerCase()];
}

/** Kinds of books that are not read, by their first bytes. */
const others: ReadonlyArray<readonly [RegExp, name: string]> = [
	[/^%PDF-/, 'a PDF'],
	[/^.{60}(?:BOOKMOBI|TEXtREAd)/s, 'a Kindle book (MOBI, AZW)'],
	[/^TPZ/, 'a Kindle book (Topaz)'],
	[/^\xD0\xCF\x11\xE0/, 'a Word document'],
	[/^\{\\rtf/, 'a rich text document (RTF)'],
	[/^AT&TFORM/, 'a DjVu document'],
	[/^Rar!/, 'a RAR archive'],
	[/^\x1F\x8B/, 'a gzip file'],
	[/^7z\xBC\xAF/, 'a 7-Zip archive'],
];

/** What a file is by its first bytes and its name; `{other}` for what is no book that is read here. */
export function kindOfFile(head: Buffer, path: string): DocumentKind | 'epub' | {readonly other: string} {
	const start = head.toString('latin1');
	const other = others.find(([pattern]) => pattern.test(start))?.[1];
	if (other !== undefined) return {other};
	const named = kindByName(path);
	if (/^PK(?:\x03\x04|\x05\x06)/.test(start)) return 'epub';
	if (named !== undefined) return named;
	// Text in UTF-16 begins with a byte order mark.
	if (start.includes('\0') && !/^(?:\xFF\xFE|\xFE\xFF)/.test(start)) return {other: 'not text'};
	return /^[\s\xEF\xBB\xBF]*(?:<!doctype html|<html|<\?xml)/i.test(start) ? 'html' : 'text';
}
