import type {InstalledVoice} from '../installed.js';

/** What was measured of a voice when it spoke its first phrase. */
export type Proof = Pick<InstalledVoice, 'loudness' | 'realTimeFactor' | 'wordTimes'>;

/** Lets a voice speak a phrase, before it counts as installed. Throws what the engine throws; and the signal's reason. */
export async function proveVoice(_voice: InstalledVoice, _signal: AbortSignal | undefined): Promise<Proof> {
	return {};
}
