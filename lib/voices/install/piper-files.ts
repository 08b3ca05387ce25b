import {licenceOnCard, maxConfigBytes, piperFacts} from '../folder.js';
import {downloadFailed} from './download.js';
import {fetchText} from './fetch-text.js';
import type {PlanOptions, VoiceFacts} from './plan.js';
import {WebFailure} from './web-failure.js';

/** What the JSON beside a model tells of a voice of Piper's; undefined where it is none. */
export function toPiper(key: string, licence: string, text: string): VoiceFacts | undefined {
	const facts = piperFacts(key, text);
	return facts && {id: `piper:${key}`, family: 'piper', licence, ...facts};
}

/** The licence on the first model card that is there; `unknown` where none tells. */
export async function licenceAt(urls: readonly string[], options: PlanOptions): Promise<string> {
	for (const url of urls) {
		const card = await fetchIfThere(url, options);
		if (card !== undefined) return licenceOnCard(card) ?? 'unknown';
	}
	return 'unknown';
}

/** A small file; undefined where the server has none. Throws as `download` does. */
export async function fetchIfThere(url: string, options: PlanOptions): Promise<string | undefined> {
	try {
		return await fetchText(url, maxConfigBytes, options);
	} catch (error) {
		if (error instanceof WebFailure && error.missing) return undefined;
		throw downloadFailed(error);
	}
}
