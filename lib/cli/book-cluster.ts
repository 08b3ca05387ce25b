import type {Renderer} from '../audiobook/index.js';
import {synthesizerRenderer} from '../audiobook/index.js';
import type {Synthesizer} from '../index.js';
import {UsageError} from './exit.js';

export interface ClusterOptions {
	readonly redis?: string;
	readonly mixed?: boolean;
	readonly jobs?: number;
	readonly concurrency?: number;
	readonly url?: string;
}

/** Throws UsageError for options that do not go together. */
export function checkClusterOptions({redis, mixed, jobs, concurrency, url}: ClusterOptions): void {
	if (redis === undefined && mixed)
		throw new UsageError('--mixed is for workers: name their Redis with --redis.');
	if (redis === undefined && jobs !== undefined)
		throw new UsageError(
			'--jobs is for workers: name their Redis with --redis; --concurrency is for this machine.',
		);
	if (redis !== undefined && url !== undefined)
		throw new UsageError('--redis and --url name two who are to speak: leave one out.');
	if (redis !== undefined && concurrency !== undefined)
		throw new UsageError('--concurrency is for this machine; what workers do at once is told by --jobs.');
}

/** The workers that are to render, if any are. */
export async function clusterFor(
	{redis, mixed, jobs}: ClusterOptions,
	synthesizer: Synthesizer,
	{signal, notice}: {readonly signal: AbortSignal; readonly notice: (message: string) => void},
): Promise<Renderer | undefined> {
	if (redis === undefined) return undefined;
	// BullMQ takes a while to load: only who needs it waits for it.
	const {clusterRenderer} = await import('../audiobook/cluster/index.js');
	const local = synthesizerRenderer(synthesizer, {concurrency: 1});
	return clusterRenderer({redis, local, mixed, jobs, signal, notice});
}
