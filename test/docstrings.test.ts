import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import test from 'ava';

/** Each entry of the package, by its source. */
const entries: string[] = Object.values(
	JSON.parse(readFileSync('package.json', 'utf8')).exports as Record<string, {'speechpipe-source'?: string}>,
).flatMap(entry => entry['speechpipe-source'] ?? []);

/** `export {a, type B} from './c.js'` of a file. */
function exportsOf(file: string): ReadonlyArray<readonly [name: string, file: string]> {
	const source = readFileSync(file, 'utf8');
	return [...source.matchAll(/export (?:type )?\{([^}]+)\} from '([^']+)\.js'/g)].flatMap(
		([, names = '', from = '']) =>
			[...names.matchAll(/(\w+)(?=,|\s*$)/gm)].map(
				([, name = '']) => [name, join(dirname(file), `${from}.ts`)] as const,
			),
	);
}

/** The lines that say something to users: the declaration and, of an interface, its members. */
function told(lines: readonly string[], name: string): readonly number[] {
	const start = lines.findIndex(line =>
		new RegExp(
			`^export (?:async )?(?:abstract )?(?:interface|type|class|const|function\\*?) ${name}\\b`,
		).test(line),
	);
	if (!lines[start]?.startsWith('export interface')) return [start];
	const end = lines.indexOf('}', start);
	const members = lines
		.slice(start, end)
		.flatMap((line, index) => (/^\t(?:readonly )?\w+[?:(<]/.test(line) ? [start + index] : []));
	return [start, ...members];
}

for (const entry of entries) {
	test(`every export of ${entry} and every option has a docstring`, t => {
		const all = exportsOf(entry);
		t.true(all.length > 0);
		for (const [name, from] of all) {
			// A file may pass on what another one declares.
			const [, file] = exportsOf(from).find(([passed]) => passed === name) ?? [name, from];
			const lines = readFileSync(file, 'utf8').split('\n');
			for (const at of told(lines, name))
				t.true(lines[at - 1]?.trimEnd().endsWith('*/'), `${file}, ${name}: ${lines[at]?.trim()}`);
		}
	});
}
