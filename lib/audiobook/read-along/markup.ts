/** A tag of an XML source, or what else is no text of it, and where it stands (UTF-16 units). */
export interface Tag {
	readonly kind: 'open' | 'close' | 'empty' | 'comment' | 'cdata' | 'doctype' | 'instruction';
	/** As written, prefix included; empty for what is no element's. */
	readonly name: string;
	readonly start: number;
	readonly end: number;
}

export interface Attribute {
	/** As written, prefix included. */
	readonly name: string;
	/** References resolved. */
	readonly value: string;
	/** From its name to behind its last quote. */
	readonly start: number;
	readonly end: number;
	/** Between the quotes. */
	readonly valueStart: number;
	readonly valueEnd: number;
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

const attribute = /([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

export function attributesOf(source: string, tag: Tag): Attribute[] {
	const inside = source.slice(tag.start, tag.end);
	return [...inside.matchAll(attribute)].map(({0: all, 1: name = '', 2: double, 3: single, index}) => {
		const [start, end] = [tag.start + index, tag.start + index + all.length];
		const raw = double ?? single ?? '';
		return {name, value: unescaped(raw), start, end, valueStart: end - 1 - raw.length, valueEnd: end - 1};
	});
}

/** The value of the attribute of this name, or undefined where there is none. */
export function valueIn(attributes: readonly Attribute[], name: string): string | undefined {
	return attributes.find(attribute => attribute.name === name)?.value;
}

/** Without its prefix, in lower case. */
export function localName({name}: Tag): string {
	return name.slice(name.indexOf(':') + 1).toLowerCase();
}

/** Where a tag takes one more attribute: behind its name. */
export function attributePlace(tag: Tag): number {
	return tag.start + 1 + tag.name.length;
}

export function escaped(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

const named: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

export function unescaped(text: string): string {
	return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
		const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
		if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : all;
		return named[name] ?? all;
	});
}
