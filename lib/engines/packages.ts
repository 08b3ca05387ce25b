import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';

/** An npm package as it lies on this machine. */
export interface InstalledPackage {
	readonly folder: string;
	readonly version: string;
}

/** Looks an optional package up without loading it; undefined where it is not installed. */
export function findPackage(name: string): InstalledPackage | undefined {
	try {
		// Not every package exports its package.json: look for it from the main module up.
		let folder = dirname(createRequire(import.meta.url).resolve(name));
		for (;;) {
			const {name: found, version} = readManifest(folder);
			if (found === name) return {folder, version: String(version)};
			if (folder === dirname(folder)) return undefined;
			folder = dirname(folder);
		}
	} catch {
		return undefined;
	}
}

function readManifest(folder: string): {name?: unknown; version?: unknown} {
	try {
		return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	} catch {
		return {};
	}
}
