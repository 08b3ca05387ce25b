import {SpeechError} from '../../errors.js';
import {dataFolder} from '../home.js';
import {type Manifest, pathOf} from '../manifest.js';
import {VoiceStore} from '../store.js';
import {digestOf} from './digest.js';

/** Where voices are installed. */
export interface FolderOptions {
	/** The data folder; by default this user's. */
	readonly home?: string | undefined;
	/** Stops it; the signal's reason is thrown. */
	readonly signal?: AbortSignal | undefined;
}

/** What is wrong with a file of an installed voice. */
export interface VoiceProblem {
	/** The voice's id. */
	readonly id: string;
	/** The file. */
	readonly path: string;
	/** What is wrong with it; reads as a sentence. */
	readonly problem: string;
}

/**
 * Reads all files of installed voices (of all, without ids) and compares them with what was installed. Gives what is wrong: nothing,
 * where all is well. Throws `SpeechError` VOICE_UNKNOWN, and the signal's reason.
 */
export async function verifyVoices(
	ids: readonly string[] = [],
	{home = dataFolder(), signal}: FolderOptions = {},
): Promise<readonly VoiceProblem[]> {
	const manifests = ids.length > 0 ? manifestsOf(ids, home) : new VoiceStore(home).manifests();
	const problems: VoiceProblem[] = [];
	const known = new Map<string, string | undefined>();
	for (const {id, model, companion} of manifests) {
		for (const file of companion ? [companion, model] : [model]) {
			const path = pathOf(home, file);
			if (!known.has(path)) known.set(path, await problemOf(path, file.sha256, signal));
			const problem = known.get(path);
			if (problem !== undefined) problems.push({id, path, problem});
		}
	}
	return problems;
}

async function problemOf(
	path: string,
	sha256: string,
	signal: AbortSignal | undefined,
): Promise<string | undefined> {
	try {
		const digest = await digestOf(path, signal);
		return digest.sha256 === sha256 ? undefined : 'it is not what was installed';
	} catch (error) {
		signal?.throwIfAborted();
		const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		return isMissing
			? 'it is missing'
			: `it cannot be read: ${error instanceof Error ? error.message : error}`;
	}
}

/** Those of installed voices. Throws `SpeechError` VOICE_UNKNOWN. */
export function manifestsOf(ids: readonly string[], home: string): readonly Manifest[] {
	const manifests = new VoiceStore(home).manifests();
	return ids.map(id => {
		const manifest = manifests.find(candidate => candidate.id === id);
		if (manifest) return manifest;
		const installed = manifests.map(one => one.id).join(', ') || 'none';
		throw new SpeechError(
			'VOICE_UNKNOWN',
			`The voice ${JSON.stringify(id)} is not installed; installed are: ${installed}.`,
		);
	});
}
