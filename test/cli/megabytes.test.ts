import test from 'ava';
import {megabytes} from '../../lib/cli/megabytes.js';

test('sizes are told in a unit in which they are something', t => {
	t.deepEqual([0, 4_873, 522_240, 92_361_271, 1_250_000_000].map(megabytes), [
		'0.0 kB',
		'4.9 kB',
		'0.5 MB',
		'92.4 MB',
		'1.25 GB',
	]);
});
