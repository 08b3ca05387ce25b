import {readdirSync, readFileSync, type Stats, statSync} from 'node:fs';
import {basename, dirname, isAbsolute, join, resolve} from 'node:path';
import type {InstalledVoice} from './installed.js';
import {kokoroFacts} from './kokoro-names.js';

/** For who named a folder that holds none. */
export const whatIsAVoice =
	'a voice is X.onnx with X.onnx.json (Piper), a model beside a folder voices of .bin files (Kokoro), or X.onnx (hibari)';

/** Whether an id is a path: absolute, or beginning with `./` or `../`. No other id holds a slash. */
export function isVoicePath(id: string): boolean {
	return isAbsolute(id) || /^\.{1,2}(?:[\\/]|$)/.test(id);
}

/**
 * The voice whose files lie at a path: Piper's `X.onnx` with `X.onnx.json`; Kokoro's model, beside its folder `voices` of style
 * vectors (`af_heart`, or the first); hibari's `X.onnx`. The path is the folder, or the file in it that is meant: an ONNX file, or
 * a style vector. Undefined for anything else. Never throws; looks at names and at Piper's JSON alone.
 */
export function voiceAt(path: string): InstalledVoice | undefined {
	const plain = path.replace(/#\d+$/, '');
	const found = voicesAt(plain);
	const voice = found.find(({name}) => name === 'Heart') ?? found[0];
	return voice && {...voice, id: plain};
}

/** All the voices at a path, each with the id that it would be installed under. */
export function voicesAt(path: string): readonly InstalledVoice[] {
	try {
		const full = resolve(path);
		if (statSync(full).isDirectory()) return voicesIn(full);
		const folder = dirname(full);
		const candidates = full.endsWith('.bin') ? voicesIn(dirname(folder)) : voicesIn(folder);
		return candidates.filter(({model, companion}) => model === full || companion === full);
	} catch {
		return [];
	}
}

function voicesIn(folder: string): readonly InstalledVoice[] {
	const names = readdirSync(folder);
	const models = names.filter(name => name.endsWith('.onnx'));
	const licence = licenceIn(folder, names);
	if (names.includes('voices')) {
		const inFolder = names.includes('onnx') ? modelsIn(join(folder, 'onnx')) : [];
		const model = kokoroModel([...models.map(name => join(folder, name)), ...inFolder]);
		if (model !== undefined) return kokoroVoices(folder, model, licence);
	}
	return models
		.map(name => (names.includes(`${name}.json`) ? piperVoice : hibariVoice)(join(folder, name), licence))
		.filter(voice => voice !== undefined);
}

function modelsIn(folder: string): string[] {
	return readdirSync(folder)
		.filter(name => name.endsWith('.onnx'))
		.map(name => join(folder, name));
}

/** Of several exports the smallest in common use, int8, then as they come. */
function kokoroModel(models: readonly string[]): string | undefined {
	return models.find(model => /int8|quantized/.test(basename(model))) ?? models[0];
}

function kokoroVoices(folder: string, model: string, licence: string): InstalledVoice[] {
	const styles = join(folder, 'voices');
	return readdirSync(styles)
		.filter(name => name.endsWith('.bin'))
		.sort()
		.map(name => {
			const key = basename(name, '.bin');
			return {
				id: `kokoro:${key}`,
				family: 'kokoro',
				...kokoroFacts(key),
				licence,
				nativeRate: 24_000,
				model,
				companion: join(styles, name),
			};
		});
}

/** What is wrong with Piper's JSON at a path, a folder or a model, where no voice is found for it; undefined where there is none. */
export function piperProblem(path: string): string | undefined {
	const isFolder = statSync(path, {throwIfNoEntry: false})?.isDirectory() ?? false;
	const name = isFolder ? readdirSync(path).find(name => name.endsWith('.onnx.json')) : undefined;
	const json = name === undefined ? `${path}.json` : join(path, name);
	const found = statSync(json, {throwIfNoEntry: false});
	if (!found?.isFile()) return undefined;
	if (found.size > maxConfigBytes) return `${json} has more than ${maxConfigBytes} bytes`;
	try {
		JSON.parse(readFileSync(json, 'utf8'));
	} catch (error) {
		return `${json} is no JSON (${error instanceof Error ? error.message : error})`;
	}
	return `${json} tells no audio.sample_rate, as Piper's does`;
}

/** The little of Piper's JSON that is looked at; each field may be anything. */
interface PiperConfig {
	readonly language?: {readonly code?: unknown};
	readonly espeak?: {readonly voice?: unknown};
	readonly num_speakers?: unknown;
	readonly audio?: {readonly sample_rate?: unknown};
}

/** Undefined where its JSON is none of Piper's. */
function piperVoice(model: string, licence: string): InstalledVoice | undefined {
	const key = basename(model, '.onnx');
	const companion = `${model}.json`;
	if (statSync(companion).size > maxConfigBytes) return undefined;
	const facts = piperFacts(key, readFileSync(companion, 'utf8'));
	return facts && {id: `piper:${key}`, family: 'piper', ...facts, licence, model, companion};
}

/**
 * What a key of Piper's and the JSON beside the model tell. Undefined where the JSON does not tell the rate, which nothing
 * else does.
 */
export function piperFacts(
	key: string,
	text: string,
): Pick<InstalledVoice, 'name' | 'language' | 'gender' | 'nativeRate' | 'speakers'> | undefined {
	const {language, espeak, num_speakers: speakers, audio} = parseConfig(text);
	if (!isCount(audio?.sample_rate)) return undefined;
	// Piper's keys are LANGUAGE-NAME-QUALITY; older files tell the language in no other way.
	const [tag = '', name = key] = key.split('-');
	const code = [language?.code, tag, espeak?.voice].find(isLanguage);
	return {
		name,
		language: code === undefined ? 'und' : code.replace('_', '-'),
		gender: 'unknown',
		nativeRate: audio.sample_rate,
		speakers: isCount(speakers) ? speakers : 1,
	};
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) > 0;
}

/** Bytes: of Piper's JSON; the greatest, of 900 speakers, have 30 KB. */
export const maxConfigBytes = 1024 * 1024;

function parseConfig(text: string): PiperConfig {
	try {
		const config: unknown = JSON.parse(text);
		return typeof config === 'object' && config !== null ? (config as PiperConfig) : {}; // Each of its fields is unknown.
	} catch {
		return {};
	}
}

function isLanguage(value: unknown): value is string {
	try {
		return typeof value === 'string' && Intl.getCanonicalLocales(value.replace('_', '-')).length > 0;
	} catch {
		return false;
	}
}

/** The files are named after the voice of Kokoro that they were distilled from: `bf_emma.int8.onnx`. */
function hibariVoice(model: string, licence: string): InstalledVoice {
	const file = basename(model, '.onnx').replace(/\.int8$/, '');
	const key = file === 'model' ? basename(dirname(model)) : file;
	return {id: `hibari:${key}`, family: 'hibari', ...kokoroFacts(key), licence, nativeRate: 24_000, model};
}

/** What the files beside a model say; `unknown` where they say nothing that is understood. */
function licenceIn(folder: string, names: readonly string[]): string {
	const read = (name: string) => (names.includes(name) ? readSmall(join(folder, name)) : '');
	const text = read('LICENSE');
	const licence = /Apache License\s+Version 2\.0/.test(text)
		? 'Apache-2.0'
		: text.includes('MIT License')
			? 'MIT'
			: undefined;
	return licenceOnCard(read('MODEL_CARD')) ?? licence ?? 'unknown';
}

/** The line of Piper's model cards that names the licence of the data set. */
export function licenceOnCard(card: string): string | undefined {
	return /^\W*licen[cs]e:\s*(\S.{0,200})$/im.exec(card)?.[1]?.replaceAll(/\p{C}/gu, '').trim();
}

function readSmall(path: string): string {
	const stats: Stats = statSync(path);
	return stats.isFile() && stats.size <= maxConfigBytes ? readFileSync(path, 'utf8') : '';
}
