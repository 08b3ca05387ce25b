import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Manifest} from '../../lib/voices/manifest.js';

/** A manifest of a voice whose one file is a few bytes, written into a data folder as an install would. */
export function writeVoice(home: string, id: string, changes: Partial<Manifest> = {}): Manifest {
	const bytes = Buffer.from(`the model of ${id}`);
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const manifest: Manifest = {
		version: 1,
		id,
		family: 'hibari',
		name: 'Someone',
		language: 'en-US',
		gender: 'female',
		licence: 'Apache-2.0',
		nativeRate: 24_000,
		model: {name: 'someone.onnx', size: bytes.length, sha256, source: 'https://example.org/someone.onnx'},
		installedAt: '2026-11-25T12:00:00.000Z',
		...changes,
	};
	mkdirSync(join(home, 'voices'), {recursive: true});
	mkdirSync(join(home, 'files', sha256), {recursive: true});
	writeFileSync(join(home, 'files', sha256, manifest.model.name), bytes);
	writeFileSync(join(home, 'voices', `${id.replace(':', '=')}.json`), JSON.stringify(manifest));
	return manifest;
}
