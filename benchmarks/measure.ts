import {execFileSync} from 'node:child_process';
import {cpus, loadavg, release, totalmem} from 'node:os';

/** Of some values, those at the middle, at 95% and at 99%. */
export interface Spread {
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
}

export function spread(values: readonly number[]): Spread {
	const sorted = values.toSorted((a, b) => a - b);
	// The nearest-rank percentile: a value that was measured.
	const at = (part: number) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
	return {p50: at(0.5), p95: at(0.95), p99: at(0.99)};
}

export interface Rounds {
	readonly warmUp: number;
	readonly rounds: number;
}

/** One run of what is measured: a number for each name, or several. */
export type Run<Name extends string> = () => Promise<
	Readonly<Partial<Record<Name, number | readonly number[]>>>
>;

/**
 * Runs every case in turn, round after round, so that the machine's moods meet all alike; gives for each name what was
 * measured, the warm-up left out.
 */
export async function interleave<Name extends string>(
	cases: ReadonlyArray<Run<Name>>,
	{warmUp, rounds}: Rounds,
): Promise<(name: Name) => readonly number[]> {
	const measured = new Map<Name, number[]>();
	for (let round = -warmUp; round < rounds; round++) {
		for (const run of cases) {
			// `Object.entries` forgets what the keys are.
			for (const [name, value] of Object.entries(await run()) as Array<[Name, number | readonly number[]]>) {
				if (round >= 0) measured.set(name, (measured.get(name) ?? []).concat(value));
			}
		}
	}
	return name => measured.get(name) ?? [];
}

/** A Markdown table. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const widths = head.map((cell, column) =>
		Math.max(cell.length, ...rows.map(row => row[column]?.length ?? 0)),
	);
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
	return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** ms with one decimal. */
export function ms(value: number): string {
	return `${value.toFixed(1)} ms`;
}

export function seconds(value: number): string {
	return `${(value / 1000).toFixed(1)} s`;
}

/** Bytes as MiB. */
export function mib(bytes: number): string {
	return `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 24 ? 1 : 0)} MiB`;
}

export function ratio(value: number, base: number): string {
	return `${(value / base).toFixed(2)}x`;
}

/** Where and when: a number without it says nothing. `-dirty`: the code was not quite that of the commit. */
export function machine(): string {
	const [cpu] = cpus();
	const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
	const date = new Date().toISOString().slice(0, 10);
	return `${date}, ${cpus().length} cores of ${cpu?.model.trim()}, ${memory}, ${process.platform} ${release()}, Node.js ${process.version}, commit ${commit()}`;
}

/** Processes that run or want to, averaged over the last minute: above 0 before a benchmark starts, others disturb it. */
export function load(): string {
	return (loadavg()[0] ?? Number.NaN).toFixed(2);
}

function commit(): string {
	const git = (...args: string[]) => execFileSync('git', args, {encoding: 'utf8', stdio: 'pipe'}).trim();
	try {
		// The page that `--write` changes makes no number another.
		const changed = git('status', '--porcelain', '--', 'lib', 'benchmarks', 'package.json') !== '';
		return git('rev-parse', '--short', 'HEAD') + (changed ? '-dirty' : '');
	} catch {
		return 'unknown';
	}
}
