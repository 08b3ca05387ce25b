/** The files of a book, wherever they are: in an archive, in a folder. Paths have `/` between their parts and never lead out. */
export interface BookFiles {
	readonly paths: ReadonlySet<string>;
	/** The bytes of a file that is there. */
	read(path: string): Promise<Buffer>;
	close(): Promise<void>;
}

/**
 * Where a link leads from a file: a path within the book and a fragment, percent-encoding decoded (RFC 3986). Undefined for a
 * link to elsewhere or out of the book.
 */
export function resolveLink(
	href: string,
	from: string,
): {readonly file: string; readonly fragment: string} | undefined {
	if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('//')) return undefined;
	const hash = href.indexOf('#');
	const path = (hash < 0 ? href : href.slice(0, hash)).replace(/\?.*$/s, '');
	const fragment = hash < 0 ? '' : decoded(href.slice(hash + 1));
	const file = path === '' ? from : joined(from, decoded(path));
	return file === undefined ? undefined : {file, fragment};
}

/** The path as the book spells it: writers of books are careless about case, escapes and Unicode's forms. */
export function findPath(paths: ReadonlySet<string>, wanted: string): string | undefined {
	if (paths.has(wanted)) return wanted;
	const same = (path: string) => decoded(path).normalize('NFC').toLowerCase();
	const key = same(wanted);
	for (const path of paths) if (same(path) === key) return path;
	return undefined;
}

function joined(from: string, path: string): string | undefined {
	const parts = /^[/\\]/.test(path) ? [] : from.split('/').slice(0, -1);
	// As in URLs of the web, and in archives made on Windows.
	for (const part of path.split(/[/\\]/)) {
		if (part === '' || part === '.') continue;
		if (part !== '..') parts.push(part);
		else if (parts.pop() === undefined) return undefined;
	}
	return parts.join('/');
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
