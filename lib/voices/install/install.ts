import {rm, statfs} from 'node:fs/promises';
import {join} from 'node:path';
import {proveVoice} from '../../engines/neural/prove.js';
import {SpeechError} from '../../errors.js';
import {dataFolder} from '../home.js';
import type {InstalledVoice} from '../installed.js';
import {type Manifest, pathOf, type StoredFile, toInstalled} from '../manifest.js';
import {VoiceStore} from '../store.js';
import {changing} from './changing.js';
import type {DownloadOptions} from './download.js';
import {fetchFile, readSmall, sizeOf, writeManifest} from './files.js';
import {openPartials, Partial} from './partial.js';
import {type FileSource, type Plan, type PlanOptions, plan} from './plan.js';
import {type KokoroModel, kokoroModelNames} from './sources.js';
import {verifyVoices} from './verify.js';
import {usualStall, Web} from './web.js';

/** What is agreed to when a voice is installed. */
export interface VoiceTerms {
	readonly id: string;
	/** SPDX identifier, or how the publisher puts it; `unknown` where nothing tells. */
	readonly licence: string;
	/** Bytes to fetch; undefined where that is not known before. */
	readonly size: number | undefined;
}

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
	| {readonly type: 'installed'; readonly id: string}
	/** It was installed already. */
	| {readonly type: 'present'; readonly id: string};

export interface InstallOptions {
	/** Is shown what would be installed, before any of it is; false refuses all (LICENCE_REFUSED). */
	readonly accept: (terms: readonly VoiceTerms[]) => boolean | Promise<boolean>;
	/** Base URL of a mirror; by default the environment's `SPEECHPIPE_VOICES_URL`, else the publishers' own. */
	readonly from?: string | undefined;
	/** Which export of Kokoro's model: `int8` by default, or the one that is installed. */
	readonly model?: KokoroModel | undefined;
	/** The data folder; by default this user's. */
	readonly home?: string | undefined;
	/** ms without a byte after which a server is given up, and asked again; 30,000 by default. */
	readonly stallTimeout?: number | undefined;
	readonly onEvent?: ((event: InstallEvent) => void) | undefined;
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
			const plans = await planAll(names, {web, folder, signal, from, model, manifests, staging});
			const wanted = plans.filter(one => !isPresent(one, manifests));
			for (const one of plans) if (!wanted.includes(one)) onEvent?.({type: 'present', id: one.id});
			if (wanted.length > 0) await agree(wanted, options);
			await refuseFull(home, folder, wanted);
			for (const one of wanted) await installOne(home, one, {web, folder, signal, onEvent, check});
			const store = new VoiceStore(home);
			return plans.map(({id}) => store.find(id)).filter(voice => voice !== undefined);
		} finally {
			await rm(staging, {recursive: true, force: true});
			web.close();
		}
	});
}

async function planAll(names: readonly string[], options: PlanOptions): Promise<Plan[]> {
	const plans = new Map<string, Plan>();
	for (const [index, name] of names.entries()) {
		const staging = join(options.staging, String(index));
		for (const one of await plan(name, {...options, staging})) plans.set(one.id, one);
	}
	return [...plans.values()];
}

/** Whether it is installed, and nothing that is published of it says otherwise. What comes from a path is installed anew. */
function isPresent({id, model, companion}: Plan, installed: readonly Manifest[]): boolean {
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
async function dropDamaged(
	home: string,
	names: readonly string[],
	signal: AbortSignal | undefined,
): Promise<void> {
	const installed = names.filter(name => new VoiceStore(home).manifests().some(({id}) => id === name));
	if (installed.length === 0) return;
	for (const {path} of await verifyVoices(installed, {home, signal})) await rm(path, {force: true});
}

/** Those whose files are all here. */
async function wholeVoices(home: string): Promise<Manifest[]> {
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

async function agree(plans: readonly Plan[], {accept}: InstallOptions): Promise<void> {
	const counted = new Set<string>();
	const terms: VoiceTerms[] = [];
	for (const {id, licence, model, companion} of plans) {
		const sizes: Array<number | undefined> = [];
		for (const source of [model, companion]) sizes.push(source ? await sizeLeft(source, counted) : 0);
		const isKnown = sizes.every(size => size !== undefined);
		terms.push({
			id,
			licence,
			size: isKnown ? sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) : undefined,
		});
	}
	if (await accept(terms)) return;
	throw new SpeechError(
		'LICENCE_REFUSED',
		`Nothing was installed: the licence was not accepted of ${terms.map(({id, licence}) => `${id} (${licence})`).join(', ')}.`,
	);
}

/** Bytes to fetch: what several voices share is counted with the first. */
async function sizeLeft(source: FileSource, counted: Set<string>): Promise<number | undefined> {
	if ('stored' in source) return 0;
	if ('path' in source) return sizeOf(source.path);
	const [first] = source.published;
	if (!first || counted.has(first.url)) return 0;
	counted.add(first.url);
	return first.size;
}

/** Says so before anything is fetched. Throws FILE_FAILED. */
async function refuseFull(home: string, folder: string, plans: readonly Plan[]): Promise<void> {
	const counted = new Set<string>();
	let needed = 0;
	for (const source of plans.flatMap(({model, companion}) => [model, companion])) {
		needed += (source && (await sizeLeft(source, counted))) ?? 0;
		if (!source || !('published' in source)) continue;
		for (const {url} of source.published) needed -= (await new Partial(folder, url).state()).size;
	}
	const {bavail, bsize} = await statfs(home);
	const free = bavail * bsize;
	if (needed <= free) return;
	throw new SpeechError(
		'FILE_FAILED',
		`There is no room in ${home}: ${megabytes(needed)} are needed, ${megabytes(free)} are free. Make room, or choose another place (SPEECHPIPE_HOME).`,
	);
}

function megabytes(bytes: number): string {
	return `${Math.ceil(bytes / 1e6)} MB`;
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
	const proof = await proveVoice(toInstalled(home, manifest), {signal});
	signal?.throwIfAborted();
	await check();
	await writeManifest(home, {...manifest, ...proof});
	onEvent?.({type: 'installed', id});
}

/** Throws OPTION_INVALID. */
export function checkFrom(from: string | undefined): string | undefined {
	if (from === undefined || /^https?:\/\/[^/]/.test(from)) return from;
	throw new SpeechError(
		'OPTION_INVALID',
		`The base URL of a mirror (--from, SPEECHPIPE_VOICES_URL) is ${JSON.stringify(from)}; it must be http://… or https://….`,
	);
}
