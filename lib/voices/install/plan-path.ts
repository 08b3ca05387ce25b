import {basename, resolve} from 'node:path';
import {SpeechError} from '../../errors.js';
import {piperProblem, voicesAt, whatIsAVoice} from '../folder.js';
import type {InstalledVoice} from '../installed.js';
import {isFileName, isVoiceId} from '../manifest.js';
import {isArchive, unpack} from './archive.js';
import type {FileSource, Plan, PlanOptions} from './plan.js';

/** The voices of a folder, a file or an archive of this machine. */
export async function planPath(path: string, {staging}: PlanOptions): Promise<readonly Plan[]> {
	const voices = isArchive(path) ? await unpack(path, staging, path) : voicesAt(path);
	if (voices.length > 0) return voices.map(voice => planLocal(voice, resolve(path)));
	throw new SpeechError('VOICE_UNKNOWN', `${path} holds no voice: ${piperProblem(path) ?? whatIsAVoice}.`);
}

/** A voice whose files are here. `source` is where they came from. */
export function planLocal({model, companion, ...facts}: InstalledVoice, source: string): Plan {
	const file = (path: string): FileSource => ({name: basename(path), path, source});
	for (const path of [model, ...(companion === undefined ? [] : [companion])]) {
		if (!isFileName(basename(path)))
			throw new SpeechError(
				'VOICE_UNKNOWN',
				`${path} has a name that no voice has: letters, digits, and ._+- alone.`,
			);
	}
	if (!isVoiceId(facts.id))
		throw new SpeechError('VOICE_UNKNOWN', `${facts.id} is no id that a voice can have.`);
	return {
		...facts,
		model: file(model),
		companion: companion === undefined ? undefined : file(companion),
		facts: () => facts,
	};
}
