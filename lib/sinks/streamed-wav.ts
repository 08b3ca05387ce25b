import {fileWavHeader, padBytes, parseWavHeader, type WavHeader} from '../audio/wav.js';

/** What a file sink does with the bytes that come. */
export interface StreamedWav {
	/** What to write now for what came. */
	next(chunk: Buffer): Buffer;
	/** What to write at the end, and what to write over the start then. */
	end(): {readonly rest: Buffer; readonly header: Buffer | undefined};
}

/**
 * Recognises a mono WAV whose sizes were not known when it began, and gives it the header of a file: with room for RF64,
 * and the right sizes in the end. All else passes unchanged.
 */
export function streamedWav(): StreamedWav {
	let start: Buffer | undefined = Buffer.alloc(0);
	let wav: WavHeader | undefined;
	let dataBytes = 0;
	return {
		next(chunk) {
			if (!start) {
				dataBytes += chunk.length;
				return chunk;
			}
			start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
			const header = readHeader(start);
			if (header === 'incomplete') return Buffer.alloc(0);
			const bytes = start;
			start = undefined;
			if (header === undefined) return bytes;
			wav = header;
			const samples = bytes.subarray(header.dataOffset);
			dataBytes = samples.length;
			return Buffer.concat([fileWavHeader({...header, dataBytes: 0}), samples]);
		},
		end() {
			if (!wav) return {rest: start ?? Buffer.alloc(0), header: undefined};
			return {rest: Buffer.alloc(padBytes(dataBytes)), header: fileWavHeader({...wav, dataBytes})};
		},
	};
}

/** The header, if it is one to be replaced. */
function readHeader(start: Buffer): WavHeader | 'incomplete' | undefined {
	try {
		const header = parseWavHeader(start);
		if (!header) return 'incomplete';
		// Some writers put 0 where they don't know the size.
		return header.channels === 1 && !header.dataBytes ? header : undefined;
	} catch {
		return undefined;
	}
}
