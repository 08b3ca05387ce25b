import {rm} from 'node:fs/promises';
import {type Manifest, pathOf, type StoredFile} from '../manifest.js';
import {VoiceStore} from '../store.js';
import {sizeOf} from './files.js';
import type {FileSource, Plan} from './plan.js';
import {verifyVoices} from './verify.js';

/** Whether it is installed, and nothing that is published of it says otherwise. What comes from a path is installed anew. */
export function isPresent({id, model, companion}: Plan, installed: readonly Manifest[]): boolean {
	const manifest = installed.find(candidate => candidate.id === id);
	if (!manifest || 'path' in model) return false;
	return isSame(model, manifest.model) && isSame(companion, manifest.companion);
}

function isSame(source: FileSource | undefined, stored: StoredFile | undefined): boolean {
	if (!source || !('published' in source)) return true;
	return source.published.some(
		({sha256, size}) =>
			(sha256 ?? stored?.sha256) === stored?.sha256 && (size ?? stored?.size) === stored?.size,
	);
}

/** Removes files that are not what was installed of the voices that are named: they are fetched anew. */
export async function dropDamaged(
	home: string,
	names: readonly string[],
	signal: AbortSignal | undefined,
): Promise<void> {
	const installed = names.filter(name => new VoiceStore(home).manifests().some(({id}) => id === name));
	if (installed.length === 0) return;
	for (const {path} of await verifyVoices(installed, {home, signal})) await rm(path, {force: true});
}

/** Those whose files are all here. */
export async function wholeVoices(home: string): Promise<Manifest[]> {
	const whole: Manifest[] = [];
	for (const manifest of new VoiceStore(home).manifests())
		if (await isWhole(home, manifest)) whole.push(manifest);
	return whole;
}

async function isWhole(home: string, {model, companion}: Manifest): Promise<boolean> {
	for (const file of [model, companion])
		if (file && (await sizeOf(pathOf(home, file))) !== file.size) return false;
	return true;
}
