import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import {createNeural, type NeuralEngine, type NeuralOptions} from '../../lib/engines/neural/neural.js';
import {readData} from '../../lib/voices/data.js';
import type {InstalledVoice} from '../../lib/voices/installed.js';

/** Kokoro's phonemes and their ids. */
export const vocabulary: Record<string, number> = JSON.parse(
	Buffer.from(await readData('heart/vocab.json')).toString(),
);

/** A folder that goes with the test. */
export async function folderFor(t: ExecutionContext): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'speechpipe-'));
	t.teardown(() => rm(folder, {recursive: true, force: true}));
	return folder;
}

/** An engine that has these voices and heart; it is closed with the test. */
export function engineOf(
	t: ExecutionContext,
	voices: readonly InstalledVoice[],
	options: NeuralOptions = {},
): NeuralEngine {
	const find = (id: string) => voices.find(voice => voice.id === id);
	const engine = createNeural({workers: 1, installed: {list: () => voices, find}, ...options});
	t.teardown(() => engine.close());
	return engine;
}
