import {Command} from 'commander';
import {examples} from './examples.js';
import {stopSignal} from './exit.js';
import {lexiconOption} from './lexicon-option.js';
import {modelMemoryOption} from './model-memory-option.js';
import {numberOf} from './number-of.js';

export interface WorkerOptions {
	readonly redis: string;
	readonly concurrency?: number;
	readonly lexicon?: readonly string[];
	readonly maxModelMemory?: number;
	readonly json?: boolean;
}

export function workerCommand(): Command {
	return new Command('worker')
		.description(
			'Render for the books that other machines make: speechpipe book --redis. Runs until it is stopped.',
		)
		.requiredOption('--redis <url>', 'the Redis server: redis://host:6379, rediss://user:password@host:6379')
		.option(
			'--concurrency <number>',
			'how many utterances to render side by side; one for each processor by default',
			numberOf('--concurrency'),
		)
		.addOption(lexiconOption())
		.addOption(modelMemoryOption())
		.option('--json', 'tell what happens as JSON, one object a line')
		.addHelpText(
			'after',
			examples(
				'speechpipe worker --redis redis://redis.local',
				'speechpipe book novel.epub -o novel.m4b --redis redis://redis.local',
			),
		)
		.action(async (options: WorkerOptions) => {
			const stopped = stopSignal();
			// BullMQ takes a while to load: only who works waits for it.
			const {work} = await import('./worker.js');
			await work(options, stopped);
		});
}
