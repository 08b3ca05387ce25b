import type {InstalledVoice} from '../installed.js';
import type {Manifest, StoredFile} from '../manifest.js';
import type {DownloadOptions, Published} from './fetch-rest.js';
import type {PiperList} from './piper-list.js';
import type {KokoroModel} from './sources.js';

/** Where a file of a voice comes from: a server, this machine, or the data folder, where it is already. */
export type FileSource =
	| {readonly name: string; readonly published: readonly Published[]}
	| {readonly name: string; readonly path: string; readonly source: string}
	| {readonly stored: StoredFile};

/** What an engine must know of a voice, its files aside. */
export type VoiceFacts = Omit<InstalledVoice, 'model' | 'companion'>;

/** All that is needed to install one voice. */
export interface Plan {
	readonly id: string;
	readonly licence: string;
	readonly model: FileSource;
	readonly companion?: FileSource | undefined;
	/** What is known of the voice once its companion is here, which is told as text. Undefined where that is none of its family. */
	readonly facts: (companion: string) => VoiceFacts | undefined;
}

export interface PlanOptions extends DownloadOptions {
	/** Base URL of a mirror. */
	readonly from: string | undefined;
	readonly model: KokoroModel | undefined;
	/** What is installed, with all its files: Kokoro's model is fetched once. */
	readonly manifests: readonly Manifest[];
	/** Fetches the list of Piper's voices, once. */
	readonly piperList: () => Promise<PiperList | undefined>;
	/** A folder for what has to be unpacked; removed by the caller. */
	readonly staging: string;
}
