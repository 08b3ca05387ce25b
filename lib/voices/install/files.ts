import {copyFile, mkdir, open, readdir, readFile, rename, rm, stat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {SpeechError} from '../../errors.js';
import {maxConfigBytes} from '../folder.js';
import {type Manifest, manifestName, pathOf, type StoredFile} from '../manifest.js';
import {shown} from './address.js';
import {digestOf} from './digest.js';
import {download} from './download.js';
import {type DownloadOptions, maxFileBytes} from './fetch-rest.js';
import {Partial} from './partial.js';
import type {FileSource} from './plan.js';

/** Brings a file of a voice into the data folder, whole; gives it as it lies there. Throws as `download` does. */
export async function fetchFile(
	home: string,
	source: FileSource,
	options: DownloadOptions,
): Promise<StoredFile> {
	if ('stored' in source) return source.stored;
	const {name} = source;
	if ('path' in source) return copyIn(home, source, options);
	for (const {url, sha256, size} of source.published) {
		if (sha256 !== undefined && size !== undefined && (await sizeOf(pathOf(home, {sha256, name}))) === size)
			return {name, size, sha256, source: shown(url)};
	}
	const {path, size, sha256, url} = await download(source.published, options);
	const stored = {name, size, sha256, source: shown(url)};
	await place(path, pathOf(home, stored));
	await new Partial(options.folder, url).forget();
	return stored;
}

/** Once it has its name, it is whole, and on the disk. */
async function place(path: string, target: string): Promise<void> {
	await mkdir(dirname(target), {recursive: true});
	await rename(path, target);
	await syncFolder(dirname(target));
}

async function copyIn(
	home: string,
	{name, path, source}: {readonly name: string; readonly path: string; readonly source: string},
	{folder, signal}: DownloadOptions,
): Promise<StoredFile> {
	const {size} = await stat(path);
	if (size === 0 || size > maxFileBytes)
		throw new SpeechError(
			'DOWNLOAD_INVALID',
			`${path} is ${size === 0 ? 'empty' : 'too large for a voice'}.`,
		);
	const copy = join(folder, `copy-of-${name}`);
	try {
		await copyFile(path, copy);
		const digest = await digestOf(copy, signal);
		await syncFile(copy);
		const stored = {name, size: digest.size, sha256: digest.sha256, source};
		await place(copy, pathOf(home, stored));
		return stored;
	} finally {
		await rm(copy, {force: true});
	}
}

/** From now on the voice is installed. */
export async function writeManifest(home: string, manifest: Manifest): Promise<void> {
	const folder = join(home, 'voices');
	await mkdir(folder, {recursive: true});
	const temporary = join(folder, `.${manifestName(manifest.id)}.${process.pid}`);
	try {
		const handle = await open(temporary, 'w');
		try {
			await handle.writeFile(`${JSON.stringify(manifest, undefined, '\t')}\n`);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(temporary, join(folder, manifestName(manifest.id)));
		await syncFolder(folder);
	} finally {
		await rm(temporary, {force: true});
	}
}

/** From now on the voice is not installed; its files go with `sweep`. */
export async function removeManifest(home: string, id: string): Promise<void> {
	await rm(join(home, 'voices', manifestName(id)), {force: true});
}

/** Removes the files that no voice needs, and what an install that was killed has left. Only for who holds the lock. */
export async function sweep(home: string): Promise<void> {
	const needed = new Set<string>();
	for (const name of await names(join(home, 'voices'))) {
		// Those too of manifests that only a later version understands.
		const text = name.endsWith('.json') ? await readFile(join(home, 'voices', name), 'utf8') : '';
		for (const [hash] of text.matchAll(/\b[0-9a-f]{64}\b/g)) needed.add(hash);
	}
	for (const name of await names(join(home, 'files')))
		if (!needed.has(name)) await rm(join(home, 'files', name), {recursive: true, force: true});
	for (const name of await names(join(home, 'voices')))
		if (name.startsWith('.')) await rm(join(home, 'voices', name), {force: true});
	for (const name of await names(home))
		if (name.startsWith('staging-')) await rm(join(home, name), {recursive: true, force: true});
}

/** A companion's text, where it may be one; style vectors are none. */
export async function readSmall(path: string): Promise<string> {
	return ((await sizeOf(path)) ?? 0) <= maxConfigBytes ? readFile(path, 'utf8') : '';
}

async function names(folder: string): Promise<string[]> {
	return readdir(folder).catch(() => []);
}

/** Bytes; undefined where there is no such file. */
export async function sizeOf(path: string): Promise<number | undefined> {
	return stat(path).then(
		({size}) => size,
		() => undefined,
	);
}

async function syncFile(path: string): Promise<void> {
	const handle = await open(path, 'r+');
	await handle.sync().finally(() => handle.close());
}

/** Makes names as durable as contents; file systems that cannot are no reason to fail. */
async function syncFolder(path: string): Promise<void> {
	const handle = await open(path).catch(() => undefined);
	await handle?.sync().catch(() => {});
	await handle?.close();
}
