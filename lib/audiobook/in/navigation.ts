import type {Entry} from './chapters.js';
import {resolveLink} from './files.js';
import {typesOf} from './semantics.js';
import {childrenOf, collapsed, type Element, elementsIn, find, textOf} from './tree.js';

/** What a book says of its own parts. */
export interface Navigation {
	readonly entries: readonly Entry[];
	/** Places of page numbers. */
	readonly pages: readonly string[];
	readonly landmarks: ReadonlyArray<{
		readonly types: ReadonlySet<string>;
		readonly file: string;
		readonly fragment: string;
	}>;
}

/** A navigation document (EPUB 3.3, 7). */
export function navigationOf(root: Element, path: string): Navigation {
	const navs = [...elementsIn(root)].filter(({name}) => name === 'nav');
	const named = (type: string) => navs.find(nav => typesOf(nav).has(type));
	const toc = named('toc') ?? navs[0];
	const links = (type: string) => {
		const nav = named(type);
		return nav ? [...elementsIn(nav)].filter(({name}) => name === 'a') : [];
	};
	return {
		entries: toc ? listEntries(toc, path, 1) : [],
		pages: links('pagelist').flatMap(link => placeOf(link.attributes.get('href'), path)),
		landmarks: links('landmarks').flatMap(link => {
			const target = resolveLink(link.attributes.get('href') ?? '', path);
			return target ? [{types: typesOf(link), ...target}] : [];
		}),
	};
}

/** EPUB 2's (DAISY's) navigation control file (OPF 2.0.1, 2.4.1). */
export function ncxNavigationOf(root: Element, path: string): Navigation {
	const map = find(root, 'navmap');
	const pages = [...elementsIn(root)].filter(({name}) => name === 'pagetarget');
	return {
		entries: map ? pointEntries(map, path, 1) : [],
		pages: pages.flatMap(target => placeOf(find(target, 'content')?.attributes.get('src'), path)),
		landmarks: [],
	};
}

function listEntries(around: Element, path: string, level: number): Entry[] {
	return childrenOf(around, 'ol').flatMap(list =>
		childrenOf(list, 'li').flatMap(item => {
			const link = item.children.find(
				child => child.type === 'element' && (child.name === 'a' || child.name === 'span'),
			);
			const own = link?.type === 'element' ? entryOf(link, link.attributes.get('href'), path, level) : [];
			// What is no link names a group: what is in it stands at its own level.
			return [...own, ...listEntries(item, path, own.length > 0 ? level + 1 : level)];
		}),
	);
}

function pointEntries(around: Element, path: string, level: number): Entry[] {
	return childrenOf(around, 'navpoint').flatMap(point => {
		const label = childrenOf(point, 'navlabel')[0];
		const own = label
			? entryOf(label, childrenOf(point, 'content')[0]?.attributes.get('src'), path, level)
			: [];
		return [...own, ...pointEntries(point, path, level + 1)];
	});
}

function entryOf(label: Element, href: string | undefined, path: string, level: number): Entry[] {
	const title = collapsed(textOf(label)) || collapsed(label.attributes.get('title') ?? '');
	return placeOf(href, path).map(place => ({title, place, level}));
}

function placeOf(href: string | undefined, path: string): string[] {
	const target = href === undefined ? undefined : resolveLink(href, path);
	return target ? [`${target.file}#${target.fragment}`] : [];
}
