import {Command} from 'commander';
import {cacheOption} from './cache-option.js';
import {examples} from './examples.js';
import {UsageError} from './exit.js';
import {megabytes} from './megabytes.js';
import {bytesOf, numberOf} from './number-of.js';
import {print} from './standard-output.js';

interface CacheOptions {
	readonly cache?: string;
	readonly maxSize?: number;
	readonly json?: boolean;
}

export function cacheCommand(): Command {
	return new Command('cache')
		.description(
			'What was rendered for audiobooks, and is not rendered again: its size; verify it, prune it.',
		)
		.argument(
			'[action]',
			'verify: read every entry, remove what is damaged; prune: remove what was used longest ago',
		)
		.addOption(cacheOption())
		.option(
			'--max-size <gb>',
			'with prune: what may stay; 10 by default, 0 removes all',
			numberOf('--max-size'),
		)
		.option('--json', 'print as JSON')
		.addHelpText(
			'after',
			examples('speechpipe cache', 'speechpipe cache verify', 'speechpipe cache prune --max-size 2'),
		)
		.action(cache);
}

async function cache(action: string | undefined, options: CacheOptions): Promise<void> {
	const {cacheUsage, defaultCacheFolder, pruneCache, verifyCache} = await import('../audiobook/index.js');
	const folder = options.cache ?? defaultCacheFolder();
	const {maxSize} = options;
	if (maxSize !== undefined && action !== 'prune')
		throw new UsageError('--max-size is for: speechpipe cache prune.');
	const maxBytes = bytesOf('--max-size', maxSize);
	if (action === undefined) {
		const usage = await cacheUsage(folder);
		return tell(
			{folder, ...usage},
			`${folder}: ${entries(usage.entries)}, ${megabytes(usage.bytes)}`,
			options,
		);
	}
	if (action === 'verify') {
		const verdict = await verifyCache(folder);
		const found = verdict.damaged === 0 ? 'none damaged' : `${entries(verdict.damaged)} damaged and removed`;
		return tell(
			{folder, ...verdict},
			`${folder}: ${entries(verdict.entries)}, ${megabytes(verdict.bytes)}; ${found}`,
			options,
		);
	}
	if (action === 'prune') {
		const pruned = await pruneCache(folder, {maxBytes});
		const removed = `${entries(pruned.removedEntries)} removed, ${megabytes(pruned.removedBytes)}`;
		return tell(
			{folder, ...pruned},
			`${folder}: ${removed}; ${entries(pruned.entries)} left, ${megabytes(pruned.bytes)}`,
			options,
		);
	}
	throw new UsageError(
		`There is no speechpipe cache ${action}: it is verify, prune, or nothing for its size.`,
	);
}

async function tell(facts: object, line: string, {json}: CacheOptions): Promise<void> {
	await print(process.stdout, `${json ? JSON.stringify(facts) : line}\n`);
}

function entries(count: number): string {
	return count === 1 ? '1 entry' : `${count.toLocaleString('en-US')} entries`;
}
