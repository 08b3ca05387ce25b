import {readFileSync} from 'node:fs';
import test from 'ava';
import {loadEnglish} from '../../helpers/english.js';

/**
 * Lines of every kind, written without a look at the rules and judged one by one, as a General American or a British reader says
 * them: variety TAB text TAB accepted phonemes (TAB others that are as right).
 */
const lines = readFileSync(new URL('./held-out.tsv', import.meta.url), 'utf8')
	.trim()
	.split('\n')
	.map(line => line.split('\t'));

for (const [variety, least] of [
	['us', 450],
	['gb', 35],
] as const) {
	test(`lines that no rule was written for, ${variety}`, async t => {
		const english = await loadEnglish(variety);
		const ours = lines.filter(([of]) => of === variety);
		t.true(ours.length >= least);
		for (const [, text = '', ...accepted] of ours) {
			const {phonemes} = await english.phonemize(text);
			t.is(phonemes, accepted.find(reading => reading === phonemes) ?? accepted[0] ?? '', text);
		}
	});
}
