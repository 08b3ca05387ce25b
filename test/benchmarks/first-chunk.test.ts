import test from 'ava';
import firstChunk from '../../benchmarks/first-chunk.js';

test('a benchmark runs, and every row of its tables has a number', async t => {
	const tables = await firstChunk({warmUp: 0, rounds: 1});
	t.regex(tables, /^\| heart, from the first write +\| +\d+\.\d ms/m);
	t.notRegex(tables, /NaN/);
});
