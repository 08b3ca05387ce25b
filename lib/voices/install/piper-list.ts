import {type Static, Type} from 'typebox';
import {Compile} from 'typebox/compile';
import {SpeechError} from '../../errors.js';
import {isFileName, isVoiceId} from '../manifest.js';
import {shown} from './address.js';
import {downloadFailed} from './download.js';
import {type DownloadOptions, maxFileBytes, type Published} from './fetch-rest.js';
import {fetchText} from './fetch-text.js';
import {addresses} from './sources.js';
import {WebFailure} from './web-failure.js';

/** Bytes; the published list has some 300 KB. */
const maxListBytes = 16 * 1024 * 1024;

const fileSchema = Type.Object({
	size_bytes: Type.Integer({minimum: 1, maximum: maxFileBytes}),
	md5_digest: Type.String({pattern: '^[0-9a-f]{32}$'}),
});

/** The fields of an entry of `voices.json` that are looked at. */
const entrySchema = Type.Object({
	key: Type.String(),
	name: Type.String({minLength: 1, maxLength: 128}),
	language: Type.Object({code: Type.String({pattern: '^[a-z]{2,3}(_[A-Z0-9]{2,3})?$'})}),
	quality: Type.String({minLength: 1, maxLength: 32}),
	num_speakers: Type.Integer({minimum: 1, maximum: 100_000}),
	files: Type.Record(Type.String(), fileSchema),
});
const entryType = Compile(entrySchema);
type Entry = Static<typeof entrySchema>;

/** A voice of Piper's as its list has it. */
export interface PiperVoice {
	readonly key: string;
	readonly name: string;
	/** BCP 47 tag. */
	readonly language: string;
	readonly quality: string;
	readonly speakers: number;
	/** Bytes of all of its files. */
	readonly size: number;
	readonly model: PiperFile;
	readonly config: PiperFile;
	readonly card: PiperFile | undefined;
}

export interface PiperFile {
	readonly name: string;
	readonly published: readonly Published[];
}

export interface PiperList {
	readonly voices: readonly PiperVoice[];
	/** By the key of each entry that is not used, what is wrong with it. */
	readonly wrong: ReadonlyMap<string, string>;
}

type ListOptions = Pick<DownloadOptions, 'web' | 'signal'> & {readonly from: string | undefined};

/**
 * Fetches `voices.json`; undefined where a mirror has none. Entries that are not as they should be, or that name a file outside of
 * the list's folder, are left out and told apart. Throws as `download` does.
 */
export async function fetchPiperList({from, web, signal}: ListOptions): Promise<PiperList | undefined> {
	for (const url of addresses('piper', 'voices.json', from)) {
		try {
			return parsePiperList(await fetchText(url, maxListBytes, {web, signal}), url, from);
		} catch (error) {
			if (!(error instanceof WebFailure && error.missing)) throw downloadFailed(error);
			if (from === undefined) throw downloadFailed(error);
		}
	}
	return undefined;
}

/** Throws `SpeechError` DOWNLOAD_INVALID where it is no list at all. */
export function parsePiperList(text: string, url: string, from: string | undefined): PiperList {
	const voices: PiperVoice[] = [];
	const wrong = new Map<string, string>();
	for (const [key, value] of Object.entries(entriesOf(text, url))) {
		const problem = entryType.Check(value) ? entryProblem(key, value) : describe(value);
		if (problem !== undefined) wrong.set(key, problem);
		else voices.push(toVoice(key, value as Entry, from)); // `Check` has looked.
	}
	return {voices, wrong};
}

function entriesOf(text: string, url: string): Readonly<Record<string, unknown>> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		// The same error.
	}
	if (typeof value === 'object' && value !== null && !Array.isArray(value))
		return value as Record<string, unknown>; // A JSON object.
	throw new SpeechError(
		'DOWNLOAD_INVALID',
		`${shown(url)} is no list of Piper's voices: it is no JSON object.`,
	);
}

function describe(value: unknown): string {
	const [error] = entryType.Errors(value);
	return `${error?.instancePath || 'it'} ${error?.message ?? 'is not as it should be'}`;
}

/** What the schema cannot say. */
function entryProblem(key: string, entry: Entry): string | undefined {
	if (entry.key !== key || !isVoiceId(`piper:${key}`)) return `its key is ${JSON.stringify(entry.key)}`;
	if (/\p{C}/u.test(entry.name + entry.quality)) return 'its name holds control characters';
	for (const path of Object.keys(entry.files))
		if (!path.split('/').every(isFileName)) return `it names the file ${JSON.stringify(path)}`;
	if (!pathOf(entry, '.onnx') || !pathOf(entry, '.onnx.json')) return 'it names no model with its .onnx.json';
	return undefined;
}

function pathOf(entry: Entry, ending: string): string | undefined {
	return Object.keys(entry.files).find(path => path.endsWith(ending));
}

function toVoice(key: string, entry: Entry, from: string | undefined): PiperVoice {
	const file = (path: string): PiperFile => {
		const {size_bytes: size, md5_digest: md5} = entry.files[path] ?? {};
		const published = addresses('piper', path, from).map(url => ({url, size, md5}));
		return {name: path.slice(path.lastIndexOf('/') + 1), published};
	};
	const card = pathOf(entry, 'MODEL_CARD');
	return {
		key,
		name: entry.name,
		language: entry.language.code.replace('_', '-'),
		quality: entry.quality,
		speakers: entry.num_speakers,
		size: Object.values(entry.files).reduce((sum, {size_bytes: size}) => sum + size, 0),
		// `entryProblem` has found both.
		model: file(pathOf(entry, '.onnx') ?? ''),
		config: file(pathOf(entry, '.onnx.json') ?? ''),
		card: card === undefined ? undefined : file(card),
	};
}

/**
 * A voice of a mirror that has no list: in a folder of its own (`KEY/KEY.onnx`), or where the upstream repository has it
 * (`en/en_US/joe/medium/KEY.onnx`). Nothing tells its hashes.
 */
export function unlistedPiperVoice(key: string, from: string): PiperVoice | undefined {
	const [, language = '', region = '', name = '', quality = ''] =
		/^([a-z]{2,3})_([A-Z0-9]{2,3})-(.+)-([a-z_]+)$/.exec(key) ?? [];
	if (!isVoiceId(`piper:${key}`) || !isFileName(key) || language === '') return undefined;
	const folders = [key, `${language}/${language}_${region}/${name}/${quality}`];
	const file = (file: string): PiperFile => ({
		name: file,
		published: folders.flatMap(folder => addresses('piper', `${folder}/${file}`, from)).map(url => ({url})),
	});
	return {
		key,
		name,
		language: `${language}-${region}`,
		quality,
		speakers: 1,
		size: 0,
		model: file(`${key}.onnx`),
		config: file(`${key}.onnx.json`),
		card: file('MODEL_CARD'),
	};
}
