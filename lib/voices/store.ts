import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {isVoicePath, voiceAt} from './folder.js';
import {dataFolder} from './home.js';
import type {InstalledVoice} from './installed.js';
import {type Manifest, manifestName, parseManifest, toInstalled} from './manifest.js';

/** ms: a folder that changed less long ago may change again without another time of change (FAT counts in 2 s). */
const settled = 2500;

/** Of the manifests; one has about 1 KiB. */
const maxManifestBytes = 64 * 1024;

/**
 * The voices installed on this machine. What is added or removed, by any process, shows with the next call; as long as nothing
 * changes a call costs one look at the folder's time of change.
 */
export class VoiceStore {
	/** The data folder. */
	readonly home: string;
	#readAt = Number.NaN;
	#manifests: readonly Manifest[] = [];
	#voices: ReadonlyMap<string, InstalledVoice> = new Map();

	/** @param home by default this user's data folder; it need not exist. */
	constructor(home = dataFolder()) {
		this.home = home;
	}

	/** The installed voices, by id. Never throws: a manifest that is none is no voice. */
	list(): readonly InstalledVoice[] {
		this.#refresh();
		return [...this.#voices.values()];
	}

	/** Their manifests: what the records leave out are the hashes of the files and where they came from. */
	manifests(): readonly Manifest[] {
		this.#refresh();
		return this.#manifests;
	}

	/**
	 * The voice of an id, with or without the `#N` that chooses a speaker; or of a path (absolute, or beginning with `./` or `../`)
	 * that names a voice's folder or file. Undefined where there is none. Never throws.
	 */
	find(id: string): InstalledVoice | undefined {
		if (isVoicePath(id)) return voiceAt(id);
		this.#refresh();
		return this.#voices.get(id) ?? this.#voices.get(id.replace(/#\d+$/, ''));
	}

	#refresh(): void {
		const folder = join(this.home, 'voices');
		const changedAt = changeTime(folder);
		if (changedAt === this.#readAt) return;
		this.#manifests = readManifests(folder);
		this.#voices = new Map(this.#manifests.map(manifest => [manifest.id, toInstalled(this.home, manifest)]));
		this.#readAt = Math.abs(Date.now() - changedAt) > settled ? changedAt : Number.NaN;
	}
}

/** ms since the epoch; 0 where there is no such folder. */
function changeTime(folder: string): number {
	try {
		return statSync(folder, {throwIfNoEntry: false})?.mtimeMs ?? 0;
	} catch {
		return 0;
	}
}

function readManifests(folder: string): readonly Manifest[] {
	try {
		return readdirSync(folder)
			.filter(name => name.endsWith('.json'))
			.map(name => readManifest(folder, name))
			.filter(manifest => manifest !== undefined)
			.sort((a, b) => (a.id < b.id ? -1 : 1));
	} catch {
		return [];
	}
}

/** Undefined for what is none, or not the one that its name says: an id has one place. */
function readManifest(folder: string, name: string): Manifest | undefined {
	try {
		const path = join(folder, name);
		if (statSync(path).size > maxManifestBytes) return undefined;
		const manifest = parseManifest(readFileSync(path, 'utf8'));
		return manifest && manifestName(manifest.id).normalize() === name.normalize() ? manifest : undefined;
	} catch {
		return undefined;
	}
}
