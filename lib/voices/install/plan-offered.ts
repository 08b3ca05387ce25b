import {SpeechError} from '../../errors.js';
import {heart} from '../catalogue.js';
import {isVoicePath} from '../folder.js';
import {kokoroModel, styleSize} from './kokoro-files.js';
import {kokoroStyles} from './kokoro-table.js';
import {hibariFacts, hibariFiles, kokoroOffer, offeredId} from './offered.js';
import type {Plan, PlanOptions} from './plan.js';
import {planPiper} from './plan-piper.js';
import {addresses} from './sources.js';

/** A voice of the catalogue; undefined where it has none of the id. */
export async function planOffered(id: string, options: PlanOptions): Promise<Plan | undefined> {
	const [family, key = ''] = id.includes(':') ? id.split(':', 2) : ['hibari', id];
	if (family === 'hibari') return planHibari(key, options);
	if (family === 'kokoro') return planKokoro(key, options);
	return family === 'piper' ? planPiper(key, options) : undefined;
}

function planHibari(name: string, {from}: PlanOptions): Plan | undefined {
	const facts = hibariFacts(name);
	const file = hibariFiles[name];
	if (!facts || !file) return undefined;
	const urls = addresses('hibari', `voices/${file.file}`, from);
	return {
		...facts,
		model: {name: file.file, published: urls.map(url => ({url, size: file.size, sha256: file.sha256}))},
		facts: () => ({...facts, nativeRate: 24_000}),
	};
}

function planKokoro(key: string, options: PlanOptions): Plan | undefined {
	const facts = kokoroOffer(key);
	const style = kokoroStyles[key];
	if (!facts || !style) return undefined;
	const urls = addresses('kokoro', `voices/${key}.bin`, options.from);
	return {
		...facts,
		model: kokoroModel(options),
		companion: {
			name: `${key}.bin`,
			published: urls.map(url => ({url, size: styleSize, sha256: style.sha256})),
		},
		facts: () => ({...facts, nativeRate: 24_000}),
	};
}

/** VOICE_UNKNOWN, with what may have been meant. */
export function unknownVoice(name: string): SpeechError {
	if (name === heart.id || name.startsWith('espeak:'))
		return new SpeechError(
			'VOICE_UNKNOWN',
			`The voice ${name} is not one to add: it comes along (see: speechpipe voices).`,
		);
	const near = offeredId(name);
	const hint = isVoicePath(name)
		? 'there is no such file or folder.'
		: near === undefined
			? 'speechpipe voices --available lists those that can be added; or name a folder or an address (https://…).'
			: `do you mean ${near}?`;
	return new SpeechError('VOICE_UNKNOWN', `There is no voice ${JSON.stringify(name)} to add: ${hint}`);
}
