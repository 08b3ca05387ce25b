import {createHash} from 'node:crypto';
import {SpeechError} from '../../errors.js';
import {keepPacked, packRendered, unpackRendered} from '../packing.js';
import type {Rendered} from '../rendered.js';

const hashBytes = 32;

const hashOf = (pcm: Buffer) => createHash('sha256').update(pcm).digest();

/** How a worker's audio travels: SHA-256 of its PCM, then the utterance as the cache packs it. */
export async function packResult(rendered: Rendered): Promise<Buffer> {
	return Buffer.concat([hashOf(rendered.pcm), await packRendered(rendered)]);
}

/** Throws AUDIO_INVALID for what was damaged on the way. */
export async function unpackResult(bytes: Buffer): Promise<Rendered> {
	const packed = bytes.subarray(hashBytes);
	const rendered = await unpackRendered(packed);
	if (hashOf(rendered.pcm).equals(bytes.subarray(0, hashBytes))) {
		// The book's cache takes it as it came.
		keepPacked(rendered, packed);
		return rendered;
	}
	throw new SpeechError('AUDIO_INVALID', 'A rendered utterance came back with other samples than were sent.');
}
