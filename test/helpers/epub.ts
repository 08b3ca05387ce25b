import {readFileSync} from 'node:fs';
import {inflateRawSync} from 'node:zlib';

/** The content of one file in a ZIP without ZIP64, found by its central directory (PKWARE's APPNOTE, 4.3.12 and 4.3.16). */
export function readZipped(archive: string, name: string): Buffer {
	const zip = readFileSync(archive);
	const end = zip.lastIndexOf('PK\x05\x06');
	let entry = zip.readUInt32LE(end + 16);
	for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
		const [nameLength, extra, comment] = [28, 30, 32].map(field => zip.readUInt16LE(entry + field));
		const after = entry + 46 + (nameLength ?? 0);
		if (zip.toString('utf8', entry + 46, after) === name) return content(zip, entry);
		entry = after + (extra ?? 0) + (comment ?? 0);
	}
	throw new Error(`${archive} holds no ${name}`);
}

function content(zip: Buffer, entry: number): Buffer {
	const local = zip.readUInt32LE(entry + 42);
	const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
	const bytes = zip.subarray(start, start + zip.readUInt32LE(entry + 20));
	return zip.readUInt16LE(entry + 10) === 0 ? bytes : inflateRawSync(bytes);
}

/** The headings and paragraphs of a chapter as text, a blank line between them. */
export function chapterText(xhtml: string): string {
	const blocks = xhtml.matchAll(/<(h[1-6]|p)\b[^>]*>(.*?)<\/\1>/gs);
	return [...blocks].map(([, , inner = '']) => plain(inner)).join('\n\n');
}

function plain(markup: string): string {
	const entities: Record<string, string> = {
		'&amp;': '&',
		'&lt;': '<',
		'&gt;': '>',
		'&quot;': '"',
		'&apos;': "'",
	};
	return markup
		.replaceAll(/<[^>]+>/g, '')
		.replaceAll(/&\w+;/g, entity => entities[entity] ?? entity)
		.replaceAll(/\s+/g, ' ')
		.trim();
}
