import {availableParallelism} from 'node:os';
import {type ClusterWorkerEvent, clusterWorker} from '../audiobook/cluster/index.js';
import {synthesizerRenderer} from '../audiobook/index.js';
import {isAbort, LocalSynthesizer} from '../index.js';
import {aborted, UsageError} from './exit.js';
import {readLexicons} from './lexicon-option.js';
import type {WorkerOptions} from './worker-command.js';

/** Renders until it is `stopped`: what is being rendered then is finished. */
export async function work(options: WorkerOptions, stopped: AbortSignal): Promise<void> {
	const {redis, concurrency = availableParallelism(), maxModelMemory, json} = options;
	if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 256)
		throw new UsageError('--concurrency takes a whole number from 1 to 256.');
	const lexicon = await readLexicons(options.lexicon);
	const synthesizer = new LocalSynthesizer({workers: concurrency, lexicon, maxModelMemory});
	const renderer = synthesizerRenderer(synthesizer, {concurrency});
	let rendered = 0;
	const onEvent = (event: ClusterWorkerEvent) => {
		if (event.type === 'rendered') rendered++;
		else process.stderr.write(json ? `${JSON.stringify(event)}\n` : `${describe(event)}\n`);
	};
	try {
		const taken = concurrency + 1;
		const worker = await clusterWorker({redis, renderer, concurrency: taken, onEvent, signal: stopped});
		const ready = 'Waiting for books; it renders until it is stopped.';
		process.stdout.write(json ? `${JSON.stringify({ready: true})}\n` : `${ready}\n`);
		await aborted(stopped);
		process.stderr.write('Finishing what is being rendered; a second signal ends at once.\n');
		await worker.close();
	} catch (error) {
		// Stopped before it was ready: there is nothing to finish.
		if (!isAbort(error)) throw error;
	} finally {
		await renderer.close();
	}
	process.stderr.write(
		json
			? `${JSON.stringify({type: 'done', rendered})}\n`
			: `Rendered ${rendered} ${rendered === 1 ? 'utterance' : 'utterances'}.\n`,
	);
}

function describe(event: Exclude<ClusterWorkerEvent, {type: 'rendered'}>): string {
	if (event.type === 'serving') return `Rendering with the voice ${event.voiceId}.`;
	if (event.type === 'idle') return `No book wants the voice ${event.voiceId} any more.`;
	if (event.type === 'refused') return `A book is not served: this machine ${event.reason}.`;
	return event.message;
}
