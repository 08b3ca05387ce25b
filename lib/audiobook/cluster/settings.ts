import {SpeechError} from '../../errors.js';
import type {Renderer} from '../rendered.js';

/** Of `clusterRenderer`. */
export interface ClusterRendererOptions {
	/** `redis://[[user]:password@]host[:port][/database]`; `rediss:` over TLS. */
	readonly redis: string;
	/** Says what the samples must be: workers prove by a probe utterance that theirs are the same. It is closed with the cluster's. */
	readonly local: Renderer;
	/** Whether workers that make other samples are welcome too: the book is then no more what this machine alone would make. False by default. */
	readonly mixed?: boolean | undefined;
	/** How many utterances are on their way at most, from 1 to 1,000; 32 by default. Twice the cores of all workers keeps them busy. */
	readonly jobs?: number | undefined;
	/** How long it waits for a worker where there is none, in ms; 120,000 by default. */
	readonly workerTimeout?: number | undefined;
	/** How long it waits for a Redis that went away, in ms; 120,000 by default. */
	readonly redisTimeout?: number | undefined;
	/** Takes back what no worker has begun; what one has is waited for. */
	readonly signal?: AbortSignal | undefined;
	/** Hears what people should know: workers that are missing or refused, Redis away and back. */
	readonly notice?: ((message: string) => void) | undefined;
}

export interface Settings {
	readonly local: Renderer;
	readonly mixed: boolean;
	readonly jobs: number;
	readonly workerTimeout: number;
	readonly redisTimeout: number;
	readonly signal: AbortSignal | undefined;
	readonly notice: (message: string) => void;
}

/** Throws OPTION_INVALID. */
export function checkSettings(options: ClusterRendererOptions): Settings {
	const {local, mixed = false, jobs = 32, workerTimeout = 120_000, redisTimeout = 120_000} = options;
	if (!Number.isInteger(jobs) || jobs < 1 || jobs > 1000)
		throw new SpeechError('OPTION_INVALID', `jobs must be an integer from 1 to 1000, not ${jobs}.`);
	for (const [name, value] of Object.entries({workerTimeout, redisTimeout})) {
		if (!(value >= 0))
			throw new SpeechError('OPTION_INVALID', `${name} must be ms, 0 or more, not ${value}.`);
	}
	const {signal, notice = () => {}} = options;
	return {local, mixed, jobs, workerTimeout, redisTimeout, signal, notice};
}
