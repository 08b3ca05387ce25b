import {join} from 'node:path';
import type {Family, InstalledVoice} from './installed.js';

/** One file of a voice, as it was published. It lies at `files/SHA256/NAME` below the data folder: voices share what is the same. */
export interface StoredFile {
	/** Its published name, without a path. */
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** Hexadecimal. */
	readonly sha256: string;
	/** The URL or path that it came from. */
	readonly source: string;
}

/** What is kept of a voice: `voices/ID.json` below the data folder. The voice is installed when it is there. */
export interface Manifest extends Omit<InstalledVoice, 'model' | 'companion'> {
	readonly version: 1;
	readonly model: StoredFile;
	readonly companion?: StoredFile | undefined;
	/** ISO 8601. */
	readonly installedAt: string;
}

type Check = (value: unknown) => boolean;

const isText: Check = value => typeof value === 'string' && value !== '' && value.length <= 4096;
const isNumber: Check = value => typeof value === 'number' && Number.isFinite(value);
const isCount: Check = value => Number.isSafeInteger(value) && Number(value) > 0;
const matches =
	(pattern: RegExp): Check =>
	value =>
		typeof value === 'string' && pattern.test(value);
const oneOf =
	(...values: readonly string[]): Check =>
	value =>
		values.includes(value as string); // `includes` compares, whatever it is given.
const optional =
	(check: Check): Check =>
	value =>
		value === undefined || check(value);
const record =
	(fields: Readonly<Record<string, Check>>): Check =>
	value =>
		typeof value === 'object' &&
		value !== null &&
		Object.entries(fields).every(([name, check]) => check((value as Record<string, unknown>)[name])); // Any object may be asked for a field.

const families = ['hibari', 'kokoro', 'piper'] as const satisfies readonly Family[];

/** A family's name and a colon, or nothing, before letters, digits and what Piper has in names. Never a path. */
const idPattern = /^(?:[a-z]+:)?[\p{L}\p{M}\p{N}_+-][\p{L}\p{M}\p{N}_+.-]*$/u;
/** A name in one folder, on any platform. */
const namePattern = /^[\p{L}\p{M}\p{N}_+-][\p{L}\p{M}\p{N}_+. -]*$/u;

const isStoredFile = record({
	name: value => isFileName(value),
	size: isCount,
	sha256: matches(/^[0-9a-f]{64}$/),
	source: isText,
});

// By hand: the schemas' library takes longer to load than heart takes to speak, and this is read before every speech.
const isManifest = record({
	version: value => value === 1,
	id: value => isVoiceId(value),
	family: oneOf(...families),
	name: isText,
	language: isText,
	gender: oneOf('female', 'male', 'neutral', 'unknown'),
	licence: isText,
	model: isStoredFile,
	companion: optional(isStoredFile),
	nativeRate: isCount,
	speakers: optional(isCount),
	loudness: optional(isNumber),
	wordTimes: optional(oneOf('exact', 'estimated')),
	realTimeFactor: optional(isNumber),
	installedAt: isText,
});

/** Whether it may be a voice's id: `emma`, `kokoro:af_heart`. */
export function isVoiceId(value: unknown): value is string {
	return typeof value === 'string' && value.length <= 128 && idPattern.test(value);
}

/** Whether it is a file's name, and no path. */
export function isFileName(value: unknown): value is string {
	return typeof value === 'string' && value.length <= 128 && namePattern.test(value);
}

/** Undefined for what is no manifest. */
export function parseManifest(text: string): Manifest | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isManifest(value) ? (value as Manifest) : undefined; // `isManifest` has looked at each field.
	} catch {
		return undefined;
	}
}

/** Name of the manifest of a voice. A colon is no letter of a file's name on Windows. */
export function manifestName(id: string): string {
	return `${id.replace(':', '=')}.json`;
}

/** Where a file lies. */
export function pathOf(home: string, {sha256, name}: Pick<StoredFile, 'sha256' | 'name'>): string {
	return join(home, 'files', sha256, name);
}

/** The record that engines take. */
export function toInstalled(home: string, manifest: Manifest): InstalledVoice {
	const {version: _, installedAt: __, model, companion, ...facts} = manifest;
	return {...facts, model: pathOf(home, model), companion: companion && pathOf(home, companion)};
}
