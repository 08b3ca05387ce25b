import {load, machine} from './measure.js';
import {writeSection} from './page.js';

/** One file a question; each gives its tables as Markdown. */
const benchmarks = [
	'first-chunk',
	'throughput',
	'voices',
	'memory',
	'cold-start',
	'install',
	'phonemes',
	'wire-first-chunk',
	'wire-capacity',
	'wire-slow-readers',
	'http-first-byte',
	'http-load',
	'cluster',
	'audiobook',
	'audiobook-espeak',
	'audiobook-resume',
	'audiobook-memory',
] as const;

const wanted = process.argv.slice(2).filter(argument => argument !== '--write');
const write = process.argv.includes('--write');
const unknown = wanted.filter(name => !benchmarks.some(known => known === name));
if (unknown.length > 0) {
	console.error(
		`There is no benchmark ${unknown.join(', ')}: npm run bench -- [--write] [${benchmarks.join('|')}]...`,
	);
	process.exit(2);
}

for (const name of benchmarks) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	// Each file exports the one function.
	const {default: run} = (await import(`./${name}.js`)) as {default: () => Promise<string>};
	const before = load();
	const tables = await run();
	const section = `Measured ${machine()}; load average ${before} before, ${load()} after.\n\n${tables}`;
	console.log(`## ${name}\n\n${section}\n`);
	if (write) await writeSection(name, section);
}
