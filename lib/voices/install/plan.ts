import {existsSync} from 'node:fs';
import {basename} from 'node:path';
import {SpeechError} from '../../errors.js';
import {heart} from '../catalogue.js';
import {licenceOnCard, maxConfigBytes, piperFacts, voicesAt} from '../folder.js';
import type {InstalledVoice} from '../installed.js';
import {kokoroFacts} from '../kokoro-names.js';
import {isFileName, isVoiceId, type Manifest, type StoredFile} from '../manifest.js';
import {isArchive, unpack} from './archive.js';
import {type DownloadOptions, download, downloadFailed, fetchText, type Published} from './download.js';
import {kokoroStyles} from './kokoro-table.js';
import {hibariFacts, hibariFiles, kokoroOffer, offeredId} from './offered.js';
import {Partial} from './partial.js';
import {fetchPiperList, type PiperFile, type PiperList, unlistedPiperVoice} from './piper-list.js';
import {addresses, type KokoroModel, kokoroModelFiles} from './sources.js';
import {shown, WebFailure} from './web.js';

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
	/** A folder for what has to be unpacked; removed by the caller. */
	readonly staging: string;
}

/**
 * What a name stands for: a voice of the catalogue, a folder or file of this machine, an address of the web. A folder may hold
 * several voices. Throws `SpeechError`: VOICE_UNKNOWN for what stands for none, and what `download` throws.
 */
export async function plan(name: string, options: PlanOptions): Promise<readonly Plan[]> {
	if (/^https?:\/\//i.test(name)) return planAddress(name, options);
	const offered = isVoiceId(name) ? await planOffered(name, options) : undefined;
	if (offered) return [offered];
	if (existsSync(name)) return planPath(name, options);
	throw unknown(name);
}

function unknown(name: string): SpeechError {
	if (name === heart.id || name.startsWith('espeak:'))
		return new SpeechError(
			'VOICE_UNKNOWN',
			`The voice ${name} is not one to add: it comes along (see: speechpipe voices).`,
		);
	const near = offeredId(name);
	const hint =
		near === undefined
			? 'speechpipe voices --available lists those that can be added; or name a folder or an address (https://…).'
			: `do you mean ${near}?`;
	return new SpeechError('VOICE_UNKNOWN', `There is no voice ${JSON.stringify(name)} to add: ${hint}`);
}

async function planOffered(id: string, options: PlanOptions): Promise<Plan | undefined> {
	const [family, key = ''] = id.includes(':') ? id.split(':', 2) : ['hibari', id];
	if (family === 'hibari') return planHibari(key, options);
	if (family === 'kokoro') return planKokoro(key, options);
	return family === 'piper' ? planPiper(key, options) : undefined;
}

function planHibari(name: string, {from}: PlanOptions): Plan | undefined {
	const facts = hibariFacts(name);
	const file = hibariFiles[name];
	if (!facts || !file) return undefined;
	const urls = addresses('hibari', `voices/${file.file}`, from);
	return {
		...facts,
		model: {name: file.file, published: urls.map(url => ({url, size: file.size, sha256: file.sha256}))},
		facts: () => ({...facts, nativeRate: 24_000}),
	};
}

/** Bytes: 510 rows of 256 float32. */
export const styleSize = 522_240;

function planKokoro(key: string, options: PlanOptions): Plan | undefined {
	const facts = kokoroOffer(key);
	const style = kokoroStyles[key];
	if (!facts || !style) return undefined;
	const urls = addresses('kokoro', `voices/${key}.bin`, options.from);
	return {
		...facts,
		model: kokoroModel(options),
		companion: {
			name: `${key}.bin`,
			published: urls.map(url => ({url, size: styleSize, sha256: style.sha256})),
		},
		facts: () => ({...facts, nativeRate: 24_000}),
	};
}

/** The one that is installed, unless another export was asked for. */
function kokoroModel({model, manifests, from}: PlanOptions): FileSource {
	const published = kokoroModelFiles(model ?? 'int8', from);
	const installed = manifests
		.filter(({family}) => family === 'kokoro')
		.map(({model: file}) => file)
		.find(file => model === undefined || published.some(({sha256}) => sha256 === file.sha256));
	return installed ? {stored: installed} : {name: `kokoro-v1.0.${model ?? 'int8'}.onnx`, published};
}

async function planPiper(key: string, options: PlanOptions): Promise<Plan> {
	const list = await listOnce(options);
	const wrong = list?.wrong.get(key);
	if (wrong !== undefined)
		throw new SpeechError(
			'DOWNLOAD_INVALID',
			`The entry of piper:${key} in voices.json is not to be used: ${wrong}.`,
		);
	const voice = list
		? list.voices.find(candidate => candidate.key === key)
		: options.from === undefined
			? undefined
			: unlistedPiperVoice(key, options.from);
	if (!voice) throw unknown(`piper:${key}`);
	const licence = (voice.card && (await licenceOf(voice.card, options))) ?? 'unknown';
	return {
		id: `piper:${key}`,
		licence,
		model: voice.model,
		companion: voice.config,
		facts: text => toPiper(key, licence, text),
	};
}

function toPiper(key: string, licence: string, text: string): VoiceFacts | undefined {
	const facts = piperFacts(key, text);
	return facts && {id: `piper:${key}`, family: 'piper', licence, ...facts};
}

/** One list serves all names of an install. */
const lists = new WeakMap<object, Promise<PiperList | undefined>>();

function listOnce(options: PlanOptions): Promise<PiperList | undefined> {
	const list = lists.get(options.web) ?? fetchPiperList(options);
	lists.set(options.web, list);
	return list;
}

async function licenceOf({published}: PiperFile, options: PlanOptions): Promise<string | undefined> {
	for (const {url} of published) {
		const card = await fetchIfThere(url, options);
		if (card !== undefined) return licenceOnCard(card);
	}
	return undefined;
}

async function fetchIfThere(url: string, options: PlanOptions): Promise<string | undefined> {
	try {
		return await fetchText(url, maxConfigBytes, options);
	} catch (error) {
		if (error instanceof WebFailure && error.missing) return undefined;
		throw downloadFailed(error);
	}
}

async function planPath(path: string, {staging}: PlanOptions): Promise<readonly Plan[]> {
	const voices = isArchive(path) ? await unpack(path, staging, path) : voicesAt(path);
	if (voices.length > 0) return voices.map(voice => planLocal(voice, path));
	throw new SpeechError(
		'VOICE_UNKNOWN',
		`${path} holds no voice: a voice is X.onnx with X.onnx.json (Piper), a model with a folder voices of .bin files (Kokoro), or X.onnx (hibari).`,
	);
}

function planLocal({model, companion, ...facts}: InstalledVoice, source: string): Plan {
	const file = (path: string): FileSource => ({name: basename(path), path, source});
	for (const path of [model, ...(companion === undefined ? [] : [companion])]) {
		if (!isFileName(basename(path)))
			throw new SpeechError(
				'VOICE_UNKNOWN',
				`${path} has a name that no voice has: letters, digits, and ._+- alone.`,
			);
	}
	if (!isVoiceId(facts.id))
		throw new SpeechError('VOICE_UNKNOWN', `${facts.id} is no id that a voice can have.`);
	return {
		...facts,
		model: file(model),
		companion: companion === undefined ? undefined : file(companion),
		facts: () => facts,
	};
}

/** A Piper or hibari model, a style vector of Kokoro, or an archive. */
async function planAddress(address: string, options: PlanOptions): Promise<readonly Plan[]> {
	const url = new URL(address);
	const name = decodeURIComponent(basename(url.pathname));
	if (isFileName(name)) {
		if (isArchive(name)) return planArchive(address, options);
		if (name.endsWith('.onnx')) return [await planModel(url, name, options)];
		if (name.endsWith('.bin')) return [await planStyle(url, name, options)];
	}
	throw new SpeechError(
		'VOICE_UNKNOWN',
		`${shown(address)} names no voice: an address ends in .onnx (Piper with .onnx.json beside it, or hibari), .bin (a voice of Kokoro) or .tar.gz.`,
	);
}

async function planArchive(address: string, options: PlanOptions): Promise<readonly Plan[]> {
	const {path} = await download([{url: address}], options);
	const voices = await unpack(path, options.staging, shown(address)).finally(() =>
		new Partial(options.folder, address).forget(),
	);
	if (voices.length === 0) throw new SpeechError('DOWNLOAD_INVALID', `${shown(address)} holds no voice.`);
	return voices.map(voice => planLocal(voice, shown(address)));
}

async function planModel(url: URL, name: string, options: PlanOptions): Promise<Plan> {
	const key = basename(name, '.onnx');
	const beside = (file: string) => {
		const other = new URL(url);
		other.pathname = `${url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1)}${encodeURIComponent(file)}`;
		return other.href;
	};
	const model = {name, published: [{url: url.href}]};
	const card = await fetchIfThere(beside('MODEL_CARD'), options);
	const licence = (card && licenceOnCard(card)) ?? 'unknown';
	const config = await fetchIfThere(beside(`${name}.json`), options);
	if (config !== undefined) {
		const companion = {name: `${name}.json`, published: [{url: beside(`${name}.json`)}]};
		return {id: `piper:${key}`, licence, model, companion, facts: text => toPiper(key, licence, text)};
	}
	const plain = key.replace(/\.int8$/, '');
	const facts = {
		id: `hibari:${plain}`,
		family: 'hibari',
		...kokoroFacts(plain),
		licence,
		nativeRate: 24_000,
	} as const;
	return {...facts, model, facts: () => facts};
}

async function planStyle(url: URL, name: string, options: PlanOptions): Promise<Plan> {
	const key = basename(name, '.bin');
	const facts = {
		id: `kokoro:${key}`,
		family: 'kokoro',
		...kokoroFacts(key),
		licence: 'unknown',
		nativeRate: 24_000,
	} as const;
	const companion = {name, published: [{url: url.href, size: styleSize}]};
	return {...facts, model: kokoroModel(options), companion, facts: () => facts};
}
