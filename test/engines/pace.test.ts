import test from 'ava';
import {Pace} from '../../lib/engines/pace.js';

/** Plays what a plan gives, each worker slowed by as much as the plan reckons with, all but the first busy with loading so long; gives the gaps in units of speech. */
function play(
	pace: Pace,
	{factor, workers, loading}: {factor: number; workers: number; loading: number},
	wanted: readonly number[],
) {
	const free = Array.from({length: workers}, (_, index) => (index === 0 ? 0 : loading));
	const lengths: number[] = [];
	let heard: number | undefined;
	let gaps = 0;
	const speak = (units: number) => {
		const start = Math.min(...free);
		const ready = start + units * factor;
		free[free.indexOf(start)] = ready;
		if (heard !== undefined) gaps += Math.max(0, ready - heard);
		heard = Math.max(heard ?? 0, ready) + units;
		pace.add(units);
		lengths.push(units);
	};
	for (const units of wanted) {
		for (let rest = units; rest > 0; ) {
			const piece = Math.min(rest, pace.most);
			speak(piece);
			rest -= piece;
		}
	}
	return {gaps, lengths};
}

test('what is quick is never cut', t => {
	const pace = new Pace({realTimeFactor: 0.1, workers: 2});
	t.is(pace.firstClause, 20);
	t.is(pace.most, Infinity);
	pace.add(10);
	t.is(pace.most, Infinity);
});

for (const [realTimeFactor, workers] of [
	[0.7, 1],
	[1.2, 2],
	[1.4, 2],
	[2.8, 4],
] as const) {
	test(`at ${realTimeFactor} on ${workers} workers there is no gap after the first, and utterances grow`, t => {
		const pace = new Pace({realTimeFactor, workers});
		const first = Math.min(1.5 * pace.firstClause, pace.most);
		const factor = realTimeFactor * 1.25;
		for (const loading of [0, 40]) {
			const fresh = new Pace({realTimeFactor, workers});
			const {gaps, lengths} = play(fresh, {factor, workers, loading}, [
				first,
				...Array.from({length: 6}, () => 120),
			]);
			t.is(gaps, 0, lengths.join(' '));
			t.true(lengths.length < 22, lengths.join(' '));
		}
	});
}

test('a slow voice begins with a longer utterance, but one that ends', t => {
	const first = (realTimeFactor: number, workers: number) => new Pace({realTimeFactor, workers}).firstClause;
	t.true(first(1.2, 2) > first(0.3, 2));
	t.true(first(1.2, 1) > first(1.2, 2));
	t.is(first(100, 1), 80);
});

test('the plan depends on the lengths alone', t => {
	const plan = () =>
		play(new Pace({realTimeFactor: 1.3, workers: 2}), {factor: 1, workers: 2, loading: 0}, [40, 300, 90])
			.lengths;
	t.deepEqual(plan(), plan());
});
