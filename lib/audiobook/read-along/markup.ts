import type {Tag} from '../in/tags.js';

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

/** With its colon; empty where it has none. */
export function prefixOf({name}: Tag): string {
	return name.slice(0, name.indexOf(':') + 1);
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
