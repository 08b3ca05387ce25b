import {existsSync} from 'node:fs';
import {isVoiceId} from '../manifest.js';
import type {Plan, PlanOptions} from './plan.js';
import {planAddress} from './plan-address.js';
import {planOffered, unknownVoice} from './plan-offered.js';
import {planPath} from './plan-path.js';

/**
 * What a name stands for: a voice of the catalogue, a folder or file of this machine, an address of the web. A folder may hold
 * several voices. Throws `SpeechError`: VOICE_UNKNOWN for what stands for none, and what `download` throws.
 */
export async function planName(name: string, options: PlanOptions): Promise<readonly Plan[]> {
	if (/^https?:\/\//i.test(name)) return planAddress(name, options);
	const offered = isVoiceId(name) ? await planOffered(name, options) : undefined;
	if (offered) return [offered];
	if (existsSync(name)) return planPath(name, options);
	throw unknownVoice(name);
}
