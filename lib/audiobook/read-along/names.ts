import {beside} from './paths.js';

/** Names for what is new in a book, none of which the book has itself. */
export interface Names {
	/** Begins the ids of all that is highlighted, followed by a number. */
	readonly idPrefix: string;
	/** An id in the package document. */
	id(name: string): string;
	/** A path in the archive. */
	path(file: string): string;
}

/** `texts`: those that ids must not clash in. */
export function namesFor(opfPath: string, paths: Iterable<string>, texts: readonly string[]): Names {
	const taken = [...paths];
	let [folder, idPrefix] = ['read-along', 'ra-'];
	while (taken.some(path => path.includes(`${folder}/`))) folder += '-1';
	const isTaken = (prefix: string) =>
		texts.some(text => text.includes(`"${prefix}`) || text.includes(`'${prefix}`));
	while (isTaken(idPrefix)) idPrefix += 'x-';
	return {
		idPrefix,
		id: name => idPrefix + name,
		path: file => beside(opfPath, `${folder}/${file}`),
	};
}
