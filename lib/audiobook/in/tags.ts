/** A tag of an XML source, or what else is no text of it, and where it stands (UTF-16 units). */
export interface Tag {
	readonly kind: 'open' | 'close' | 'empty' | 'comment' | 'cdata' | 'doctype' | 'instruction';
	/** As written, prefix included; empty for what is no element's. */
	readonly name: string;
	readonly start: number;
	readonly end: number;
}

const ends = [
	['<!--', '-->', 'comment'],
	['<![CDATA[', ']]>', 'cdata'],
	['<?', '?>', 'instruction'],
] as const;

/** The markup of a source, in order: as in XML, forgiving what is broken. Linear in time. */
export function tagsIn(source: string): Tag[] {
	const tags: Tag[] = [];
	for (let at = source.indexOf('<'); at >= 0; ) {
		const tag = tagAt(source, at);
		if (tag) tags.push(tag);
		at = source.indexOf('<', tag ? tag.end : at + 1);
	}
	return tags;
}

function tagAt(source: string, start: number): Tag | undefined {
	for (const [begin, end, kind] of ends)
		if (source.startsWith(begin, start)) {
			const found = source.indexOf(end, start + begin.length);
			return {kind, name: '', start, end: found < 0 ? source.length : found + end.length};
		}
	if (source.startsWith('<!', start))
		return {kind: 'doctype', name: '', start, end: doctypeEnd(source, start)};
	nameAt.lastIndex = start;
	const found = nameAt.exec(source);
	if (!found) return undefined;
	const end = tagEnd(source, nameAt.lastIndex);
	const closes = found[1] === '/';
	const kind = closes ? 'close' : source[end - 2] === '/' ? 'empty' : 'open';
	return {kind, name: found[2] ?? '', start, end};
}

const nameAt = /<(\/?)([A-Za-z_][^\s/>]*)/y;

/** Behind the `>` that ends a tag: none within quotes counts. */
function tagEnd(source: string, from: number): number {
	let quote = '';
	for (let at = from; at < source.length; at++) {
		const character = source[at] ?? '';
		if (quote !== '') {
			if (character === quote) quote = '';
		} else if (character === '>') return at + 1;
		else if ((character === '"' || character === "'") && source[at - 1] === '=') quote = character;
	}
	return source.length;
}

/** An internal subset stands in brackets. */
function doctypeEnd(source: string, from: number): number {
	const close = source.indexOf('>', from);
	const subset = source.indexOf('[', from);
	const end = subset >= 0 && subset < close ? source.indexOf('>', source.indexOf(']', subset)) : close;
	return end < 0 ? source.length : end + 1;
}
