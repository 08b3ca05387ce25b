import {execFileSync} from 'node:child_process';
import {cpus, release, totalmem} from 'node:os';

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

/** Runs every case in turn, round after round, so that the machine's moods meet all alike; gives what each took. */
export async function interleave(
	cases: Readonly<Record<string, () => Promise<number>>>,
	{warmUp, rounds}: {readonly warmUp: number; readonly rounds: number},
): Promise<Record<string, number[]>> {
	const taken: Record<string, number[]> = Object.fromEntries(Object.keys(cases).map(name => [name, []]));
	for (let round = -warmUp; round < rounds; round++) {
		for (const [name, run] of Object.entries(cases)) {
			const ms = await run();
			if (round >= 0) taken[name]?.push(ms);
		}
	}
	return taken;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map(row => row[column]?.length ?? 0)));
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
	return [line(head), line(widths.map(width => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** ms with one decimal. */
export function ms(value: number): string {
	return `${value.toFixed(1)} ms`;
}

export function ratio(value: number, base: number): string {
	return `${(value / base).toFixed(2)}x`;
}

/** Where and when: a number without it says nothing. */
export function machine(): string {
	const [cpu] = cpus();
	const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
	const date = new Date().toISOString().slice(0, 10);
	return `${date}, ${cpus().length} cores of ${cpu?.model.trim()}, ${memory}, ${process.platform} ${release()}, Node.js ${process.version}, commit ${commit()}`;
}

function commit(): string {
	try {
		return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {encoding: 'utf8', stdio: 'pipe'}).trim();
	} catch {
		return 'unknown';
	}
}
