import {setTimeout as sleep} from 'node:timers/promises';
import {delay, patience} from './download.js';
import {bytesOf, type DownloadOptions} from './fetch-rest.js';
import {WebFailure} from './web-failure.js';

/** Reads a small file whole. Throws as `download` does; `WebFailure` with `missing` where there is none. */
export async function fetchText(
	url: string,
	maxBytes: number,
	{web, signal}: Pick<DownloadOptions, 'web' | 'signal'>,
): Promise<string> {
	for (let tries = 1; ; tries++) {
		try {
			const answer = await web.get(url, {}, signal);
			const chunks: Buffer[] = [];
			try {
				for await (const chunk of bytesOf({url}, answer, maxBytes, 0)) chunks.push(chunk);
			} finally {
				answer.drop();
			}
			return Buffer.concat(chunks).toString();
		} catch (error) {
			signal?.throwIfAborted();
			if (!(error instanceof WebFailure && error.transient) || tries >= patience) throw error;
			await sleep(delay(tries), undefined, {signal}).catch(() => {});
		}
	}
}
