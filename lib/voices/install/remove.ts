import {dataFolder} from '../home.js';
import {changing} from './changing.js';
import {removeManifest} from './files.js';
import {type FolderOptions, manifestsOf} from './verify.js';

/**
 * Removes installed voices, and the files that no other voice needs: Kokoro's model goes with its last voice. All of the ids must be
 * installed, or none is removed. Throws `SpeechError` VOICE_UNKNOWN and FILE_FAILED, and the signal's reason.
 */
export async function removeVoices(
	ids: readonly string[],
	{home = dataFolder(), signal}: FolderOptions = {},
): Promise<void> {
	manifestsOf(ids, home);
	await changing(home, {signal}, async () => {
		for (const {id} of manifestsOf(ids, home)) await removeManifest(home, id);
	});
}
