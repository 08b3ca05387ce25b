import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {proveVoice} from '../../engines/neural/prove.js';
import {SpeechError} from '../../errors.js';
import {dataFolder} from '../home.js';
import type {InstalledVoice} from '../installed.js';
import {type Manifest, pathOf, type StoredFile, toInstalled} from '../manifest.js';
import {VoiceStore} from '../store.js';
import {changing} from './changing.js';
import type {DownloadOptions} from './fetch-rest.js';
import {fetchFile, readSmall, writeManifest} from './files.js';
import {openPartials} from './partial.js';
import {fetchPiperList} from './piper-list.js';
import type {FileSource, Plan, PlanOptions} from './plan.js';
import {planName} from './plan-name.js';
import {dropDamaged, isPresent, wholeVoices} from './present.js';
import {type KokoroModel, kokoroModelNames} from './sources.js';
import {type Accept, agree, refuseFull} from './terms.js';
import {usualStall, Web} from './web.js';

/** What happens while voices are installed. */
export type InstallEvent =
	/** Another process changes the data folder: its id. */
	| {readonly type: 'waiting'; readonly pid: number}
	/** Bytes of a file are here, of how many. */
	| {
			readonly type: 'progress';
			readonly id: string;
			readonly file: string;
			readonly received: number;
			readonly total: number | undefined;
	  }
	/** All files are here; now it must speak. */
	| {readonly type: 'proving'; readonly id: string}
	/** `realTimeFactor`: seconds of work for a second of speech, on one core. */
	| {readonly type: 'installed'; readonly id: string; readonly realTimeFactor: number}
	/** It was installed already. */
	| {readonly type: 'present'; readonly id: string};

/** Of `installVoices`; only `accept` is needed. */
export interface InstallOptions {
	/** Is shown what would be installed, before any of it is; false refuses all (LICENCE_REFUSED). */
	readonly accept: Accept;
	/** Base URL of a mirror; by default the environment's `SPEECHPIPE_VOICES_URL`, else the publishers' own. */
	readonly from?: string | undefined;
	/** Which export of Kokoro's model: `int8` by default, or the one that is installed. */
	readonly model?: KokoroModel | undefined;
	/** The data folder; by default this user's. */
	readonly home?: string | undefined;
	/** ms without a byte after which a server is given up, and asked again; 30,000 by default. */
	readonly stallTimeout?: number | undefined;
	/** Is told what happens, in order. */
	readonly onEvent?: ((event: InstallEvent) => void) | undefined;
	/** Stops it: what was fetched is kept for the next time, no voice is half there, and the signal's reason is thrown. */
	readonly signal?: AbortSignal | undefined;
}

/**
 * Installs voices: by their names (`emma`, `kokoro:af_heart`, `piper:en_US-joe-medium`), or from folders, files and addresses. Each
 * is fetched, checked, made to speak a phrase, and appears whole; those before one that fails stay. What was interrupted goes on
 * where it stopped. Gives the voices, those that were installed already too.
 *
 * Throws `SpeechError`: OPTION_INVALID, VOICE_UNKNOWN, LICENCE_REFUSED, OFFLINE, DOWNLOAD_FAILED, DOWNLOAD_INVALID, FILE_FAILED, and
 * what a voice throws that cannot speak; and the signal's reason.
 */
export async function installVoices(
	names: readonly string[],
	options: InstallOptions,
): Promise<readonly InstalledVoice[]> {
	const from = checkFrom(options.from ?? (process.env['SPEECHPIPE_VOICES_URL'] || undefined));
	const {home = dataFolder(), signal, onEvent, model, stallTimeout = usualStall} = options;
	if (model !== undefined && !kokoroModelNames.includes(model))
		throw new SpeechError(
			'OPTION_INVALID',
			`model must be one of ${kokoroModelNames.join(', ')}, not ${model}.`,
		);
	return changing(home, {signal, onWait: pid => onEvent?.({type: 'waiting', pid})}, async check => {
		const web = new Web(stallTimeout);
		const staging = join(home, `staging-${process.pid}`);
		try {
			const folder = join(home, 'partial');
			await openPartials(folder);
			await dropDamaged(home, names, signal);
			const manifests = await wholeVoices(home);
			let list: ReturnType<typeof fetchPiperList> | undefined;
			const piperList = () => (list ??= fetchPiperList({web, signal, from}));
			const {present, wanted} = await sortOut(names, {
				web,
				folder,
				signal,
				from,
				model,
				manifests,
				piperList,
				staging,
			});
			for (const id of present) onEvent?.({type: 'present', id});
			if (wanted.length > 0) await agree(wanted, options.accept);
			await refuseFull(home, folder, wanted);
			for (const one of wanted) await installOne(home, one, {web, folder, signal, onEvent, check});
			const store = new VoiceStore(home);
			const ids = [...present, ...wanted.map(({id}) => id)];
			return ids.map(id => store.find(id)).filter(voice => voice !== undefined);
		} finally {
			await rm(staging, {recursive: true, force: true});
			web.close();
		}
	});
}

/** The ids of what is installed already, and plans for what is not. Who names an installed voice needs no network. */
async function sortOut(
	names: readonly string[],
	options: PlanOptions,
): Promise<{readonly present: readonly string[]; readonly wanted: readonly Plan[]}> {
	const {manifests, model} = options;
	const present = new Set(names.filter(name => model === undefined && manifests.some(({id}) => id === name)));
	const wanted = new Map<string, Plan>();
	for (const [index, name] of names.entries()) {
		if (present.has(name)) continue;
		const staging = join(options.staging, String(index));
		for (const one of await planName(name, {...options, staging})) {
			if (isPresent(one, manifests)) present.add(one.id);
			else wanted.set(one.id, one);
		}
	}
	return {present: [...present], wanted: [...wanted.values()]};
}

interface Work extends Omit<DownloadOptions, 'onProgress'> {
	readonly onEvent: ((event: InstallEvent) => void) | undefined;
	/** Throws where others change the folder too. */
	readonly check: () => Promise<void>;
}

async function installOne(home: string, {id, model, companion, facts}: Plan, work: Work): Promise<void> {
	const {signal, onEvent, check} = work;
	const fetched = (source: FileSource) => {
		const file = 'stored' in source ? source.stored.name : source.name;
		const onProgress = (received: number, total: number | undefined) =>
			onEvent?.({type: 'progress', id, file, received, total});
		return fetchFile(home, source, {...work, onProgress});
	};
	// The small one first: what is wrong with it is known early.
	const beside = companion && (await fetched(companion));
	const told = facts(beside ? await readSmall(pathOf(home, beside)) : '');
	if (!told)
		throw new SpeechError('DOWNLOAD_INVALID', `${beside?.source} is no configuration of a Piper voice.`);
	const stored = {model: await fetched(model), companion: beside};
	const manifest: Manifest = {...told, version: 1, ...stored, installedAt: new Date().toISOString()};
	onEvent?.({type: 'proving', id});
	const proof = await proveVoice(toInstalled(home, manifest), {signal}).catch(error => {
		throw byItsSource(error, home, stored.model);
	});
	signal?.throwIfAborted();
	await check();
	const realTimeFactor = Number(proof.realTimeFactor.toPrecision(3));
	await writeManifest(home, {...manifest, ...proof, realTimeFactor});
	onEvent?.({type: 'installed', id, realTimeFactor});
}

/** A copy that is no good goes again: what names it is to name where it came from. */
function byItsSource(error: unknown, home: string, file: StoredFile): unknown {
	const copy = pathOf(home, file);
	if (!(error instanceof SpeechError && error.message.includes(copy))) return error;
	return new SpeechError(error.code, error.message.replaceAll(copy, file.source), {cause: error});
}

/** Throws OPTION_INVALID. */
export function checkFrom(from: string | undefined): string | undefined {
	if (from === undefined || /^https?:\/\/[^/]/.test(from)) return from;
	throw new SpeechError(
		'OPTION_INVALID',
		`The base URL of a mirror (--from, SPEECHPIPE_VOICES_URL) is ${JSON.stringify(from)}; it must be http://… or https://….`,
	);
}
