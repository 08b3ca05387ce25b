import {SpeechError} from '../errors.js';

const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

/** Decodes UTF-8 that comes in chunks split anywhere. A byte order mark at the start is dropped. Strict: nothing is replaced. */
export class Utf8Decoder {
	#rest: Buffer = Buffer.alloc(0);
	// Bytes before #rest.
	#decoded = 0;

	/** Gives the characters that are complete. Throws SpeechError TEXT_INVALID_UTF8, which names the byte. */
	push(bytes: Uint8Array): string {
		const chunk = Buffer.concat([this.#rest, bytes]);
		const end = chunk.length - incompleteBytes(chunk);
		const text = this.#decode(chunk.subarray(0, end));
		this.#rest = Buffer.from(chunk.subarray(end));
		return text;
	}

	/** The end of the bytes: gives what is left, which is never anything. Throws SpeechError TEXT_INVALID_UTF8 within a character. */
	end(): string {
		return this.#decode(this.#rest);
	}

	#decode(bytes: Buffer): string {
		try {
			const text = decoder.decode(bytes);
			const marked = this.#decoded === 0 && text.startsWith('\uFEFF');
			this.#decoded += bytes.length;
			return marked ? text.slice(1) : text;
		} catch (cause) {
			throw new SpeechError(
				'TEXT_INVALID_UTF8',
				`The text is not UTF-8: byte ${this.#decoded + invalidAt(bytes)} does not belong there. ` +
					'Convert it first: iconv -f ISO-8859-1 -t UTF-8, with the encoding that it has.',
				{cause},
			);
		}
	}
}

/** How many bytes at the end begin a character without completing it: at most 3. */
function incompleteBytes(bytes: Buffer): number {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte < 0x80) return 0;
		if (byte > 0xf4) return 0;
		if (byte >= 0xc2) {
			const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
			return length > back ? back : 0;
		}
	}
	return 0;
}

/** Where the first invalid sequence starts: at the first replacement character that the bytes do not hold themselves. */
function invalidAt(bytes: Buffer): number {
	const text = bytes.toString('utf8');
	let offset = 0;
	let from = 0;
	for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', from)) {
		offset += Buffer.byteLength(text.slice(from, at));
		if (bytes.compare(replacement, 0, 3, offset, Math.min(offset + 3, bytes.length)) !== 0) return offset;
		offset += 3;
		from = at + 1;
	}
	return offset;
}

const replacement = Buffer.from('\uFFFD');
