import test from 'ava';
import fc from 'fast-check';
import {mapPosition, msToSamples, samplesToMs} from '../../lib/audio/clock.js';

const rate = fc.integer({min: 8000, max: 48_000});

test('positions never go back, and come back within a sample of the lower rate', t => {
	fc.assert(
		fc.property(fc.nat({max: 2 ** 36}), fc.nat({max: 1000}), rate, rate, (n, more, from, to) => {
			const mapped = mapPosition(n, from, to);
			t.true(mapPosition(n + more, from, to) >= mapped);
			t.true(Math.abs(mapPosition(mapped, to, from) - n) <= Math.ceil(from / to / 2));
		}),
	);
});

test('milliseconds', t => {
	t.is(msToSamples(15, 22_050), 331);
	t.is(samplesToMs(36, 24_000), 1.5);
});
