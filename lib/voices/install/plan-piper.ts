import {SpeechError} from '../../errors.js';
import {licenceAt, toPiper} from './piper-files.js';
import {unlistedPiperVoice} from './piper-list.js';
import type {Plan, PlanOptions} from './plan.js';

/** A voice of Piper's, by its list, or of a mirror that has none. */
export async function planPiper(key: string, options: PlanOptions): Promise<Plan | undefined> {
	const list = await options.piperList();
	const wrong = list?.wrong.get(key);
	if (wrong !== undefined)
		throw new SpeechError(
			'DOWNLOAD_INVALID',
			`The entry of piper:${key} in voices.json is not to be used: ${wrong}.`,
		);
	const voice = list
		? list.voices.find(candidate => candidate.key === key)
		: options.from === undefined
			? undefined
			: unlistedPiperVoice(key, options.from);
	if (!voice) return undefined;
	const licence = await licenceAt(voice.card?.published.map(({url}) => url) ?? [], options);
	return {
		id: `piper:${key}`,
		licence,
		model: voice.model,
		companion: voice.config,
		facts: text => toPiper(key, licence, text),
	};
}
