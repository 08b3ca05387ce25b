/** Text of a file, and what was odd about its bytes. */
export interface Decoded {
	/** Without a byte order mark: offsets count from behind it. */
	readonly text: string;
	readonly warning?: string | undefined;
}

/**
 * Decodes a file of a book: by its byte order mark, else by what it declares (XML, 4.3.3; HTML, 13.2.3.2), else as UTF-8, and where
 * it is not that, as windows-1252. Never fails: what fits no encoding is told in `warning`.
 */
export function decodeSource(bytes: Uint8Array): Decoded {
	const marked = byMark(bytes);
	if (marked) return {text: new TextDecoder(marked).decode(bytes)};
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
	const wide = byZeros(head);
	if (wide) return {text: new TextDecoder(wide).decode(bytes)};
	const declared =
		/^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1] ??
		/<meta[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
	const label = declared?.toLowerCase() ?? 'utf-8';
	// A declaration that could be read here is not in UTF-16, whatever it says (HTML, 13.2.3.2).
	const strict = decodeStrictly(bytes, label.startsWith('utf-16') ? 'utf-8' : label);
	if (strict !== undefined) return {text: strict};
	const utf8 = decodeStrictly(bytes, 'utf-8');
	if (utf8 !== undefined) return {text: utf8, warning: `it says that it is ${label}, and is UTF-8`};
	return {
		text: decodeWindows1252(bytes),
		warning: declared
			? `it says that it is ${label}, which it is not: read as windows-1252`
			: 'it is not UTF-8 and names no encoding: read as windows-1252',
	};
}

function byMark(bytes: Uint8Array): string | undefined {
	const [first, second, third] = bytes;
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	return undefined;
}

/** UTF-16 without a mark: every other byte of the first characters is zero. */
function byZeros(head: string): string | undefined {
	if (/^(?:[^\0]\0){4}/.test(head)) return 'utf-16le';
	return /^(?:\0[^\0]){4}/.test(head) ? 'utf-16be' : undefined;
}

function decodeStrictly(bytes: Uint8Array, label: string): string | undefined {
	try {
		const decoder = new TextDecoder(label, {fatal: true});
		return decoder.encoding === 'windows-1252' ? decodeWindows1252(bytes) : decoder.decode(bytes);
	} catch {
		return undefined;
	}
}

/** Characters 80 to 9F (Encoding Standard, index windows-1252); the others are ISO-8859-1's. */
const upper = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The decoder of some versions of Node.js (20, 22) takes it for ISO-8859-1: this is right everywhere. */
function decodeWindows1252(bytes: Uint8Array): string {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
	return text.replaceAll(/[\x80-\x9f]/g, character => upper[character.charCodeAt(0) - 0x80] ?? character);
}
