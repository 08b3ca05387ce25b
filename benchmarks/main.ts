import {machine} from './measure.js';

/** One file a question; each prints its table. */
const benchmarks = ['first-chunk', 'throughput', 'memory', 'cold-start', 'install'] as const;

const wanted = process.argv.slice(2);
const unknown = wanted.filter(name => !benchmarks.some(known => known === name));
if (unknown.length > 0) {
	console.error(`There is no benchmark ${unknown.join(', ')}: npm run bench -- [${benchmarks.join('|')}]...`);
	process.exit(2);
}

console.log(`Measured ${machine()}\n`);
for (const name of benchmarks) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	// Each file exports the one function.
	const {default: run} = (await import(`./${name}.js`)) as {default: () => Promise<string>};
	console.log(`## ${name}\n\n${await run()}\n`);
}
