import {statfs} from 'node:fs/promises';
import {SpeechError} from '../../errors.js';
import {sizeOf} from './files.js';
import {Partial} from './partial.js';
import type {FileSource, Plan} from './plan.js';

/** What is agreed to when a voice is installed. */
export interface VoiceTerms {
	/** The voice's id. */
	readonly id: string;
	/** SPDX identifier, or how the publisher puts it; `unknown` where nothing tells. */
	readonly licence: string;
	/** Bytes to fetch; undefined where that is not known before. */
	readonly size: number | undefined;
}

/** Is shown what would be installed; false refuses all. */
export type Accept = (terms: readonly VoiceTerms[]) => boolean | Promise<boolean>;

/** Throws LICENCE_REFUSED. */
export async function agree(plans: readonly Plan[], accept: Accept): Promise<void> {
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
export async function refuseFull(home: string, folder: string, plans: readonly Plan[]): Promise<void> {
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
