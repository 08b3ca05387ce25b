import type {Piece, UtteranceWord} from './engine.js';
import type {Answer} from './serve.js';

/** A piece of audio on its way from a worker thread. */
export interface PcmPart {
	/** s16le. */
	readonly pcm: Uint8Array;
	readonly words: readonly UtteranceWord[];
}

/** Sends audio; its memory, which must be its own, moves to the other thread. */
export function sendPcm(pcm: Buffer, words: readonly UtteranceWord[], answer: Answer<PcmPart>): void {
	// `Buffer.alloc` never gives shared memory, which is what the type would allow.
	answer.send({pcm, words}, [pcm.buffer as ArrayBuffer]);
}

/** Threads hand on the bytes, not that they were a Buffer. */
export async function* toPieces(parts: AsyncIterable<PcmPart>): AsyncGenerator<Piece, void> {
	for await (const {pcm, words} of parts) {
		yield {pcm: Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength), words};
	}
}
