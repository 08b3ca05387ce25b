import {readFile, writeFile} from 'node:fs/promises';

const page = new URL('../docs/benchmarks.md', import.meta.url);

/** Replaces what a benchmark gave before, between its markers in docs/benchmarks.md. */
export async function writeSection(name: string, section: string): Promise<void> {
	const text = await readFile(page, 'utf8');
	const [start, end] = [`<!-- bench ${name} -->\n`, `<!-- bench end -->`];
	const from = text.indexOf(start);
	const to = text.indexOf(end, from);
	if (from < 0 || to < 0) throw new Error(`docs/benchmarks.md has no place for ${name}`);
	await writeFile(page, `${text.slice(0, from + start.length)}${section}\n${text.slice(to)}`);
}
