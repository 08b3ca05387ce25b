import type {Synthesizer} from '../index.js';
import {UsageError} from './exit.js';

export interface RemoteOptions {
	readonly url?: string;
	readonly apiKey?: string;
}

/** The server that is to speak, if one is. Throws UsageError. */
export async function remoteFor({url, apiKey}: RemoteOptions): Promise<Synthesizer | undefined> {
	if (url !== undefined) {
		// It takes a while to load: only who needs it waits for it.
		const {RemoteSynthesizer} = await import('../client/index.js');
		return new RemoteSynthesizer({url, apiKey});
	}
	if (apiKey !== undefined) throw new UsageError('--api-key is for a server: name it with --url.');
	return undefined;
}
