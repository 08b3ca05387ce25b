import type {Audit} from '../in/audit.js';
import {type BookFiles, findPath, resolveLink} from '../in/files.js';
import {decodeFile} from '../in/markup.js';
import type {Package} from '../in/package.js';
import {tagsIn} from '../in/tags.js';
import {attributesOf, localName, valueIn} from './markup.js';

const isText = /^text\/|html|xml|script/;

/** The media overlays that a book has, and the audio that nothing but they play: paths in the archive. */
export async function oldOverlays({items}: Package, files: BookFiles, audit: Audit): Promise<Set<string>> {
	const text = async (path: string) => decodeFile(await files.read(path), path, audit);
	const found = new Set<string>();
	const others: string[] = [];
	for (const {file, mediaType} of items) {
		const path = file === undefined ? undefined : findPath(files.paths, file);
		if (path === undefined) continue;
		if (mediaType === 'application/smil+xml') found.add(path);
		else if (isText.test(mediaType)) others.push(path);
	}
	if (found.size === 0) return found;
	const audio = new Set<string>();
	for (const path of found)
		for (const played of audioIn(path, await text(path))) if (files.paths.has(played)) audio.add(played);
	// Whoever else names a file may play it.
	for (const path of others) {
		const source = await text(path);
		for (const played of audio) {
			const name = played.slice(played.lastIndexOf('/') + 1);
			if (source.includes(name) || source.includes(encodeURIComponent(name))) audio.delete(played);
		}
	}
	return new Set([...found, ...audio]);
}

function audioIn(path: string, source: string): string[] {
	return tagsIn(source)
		.filter(tag => localName(tag) === 'audio' && tag.kind !== 'close')
		.flatMap(tag => resolveLink(valueIn(attributesOf(source, tag), 'src') ?? '', path)?.file ?? []);
}
