import test from 'ava';
import type {EnglishPhonemizer} from '../../../lib/phonemes/english/phonemizer.js';
import {loadEnglish} from '../../helpers/english.js';
import {rate, readReference, referenceLines} from '../../helpers/phoneme-errors.js';
import {goOnIf} from '../../helpers/shared.js';

let english: EnglishPhonemizer;
test.before(async () => {
	english = await loadEnglish('us');
});

test('prose: at most 0.65% of the phonemes differ from the reference or what is as right', async t => {
	if (!goOnIf(t, referenceLines.length > 0, 'the reference phonemes are not here')) return;
	const read = await readReference(english, 'prose');
	const [found, raw] = [rate(read, ({errors}) => errors), rate(read, line => line.raw)];
	t.log(`${found.toFixed(2)}%, against the reference alone ${raw.toFixed(2)}%`);
	t.true(found > 0 && found <= 0.65);
	t.true(raw <= 0.8);
});

test('hard lines: at most 0.5% differ from the reference or what is as right', async t => {
	if (!goOnIf(t, referenceLines.length > 0, 'the reference phonemes are not here')) return;
	const read = await readReference(english, 'hard');
	const [found, raw] = [rate(read, ({errors}) => errors), rate(read, line => line.raw)];
	t.log(`${found.toFixed(2)}%, against the reference alone ${raw.toFixed(2)}%`);
	t.true(found <= 0.5);
	t.true(raw <= 5);
});

test('prose: every word is spoken, and spelled only where it is an initialism', async t => {
	if (!goOnIf(t, referenceLines.length > 0, 'the reference phonemes are not here')) return;
	const spelled = new Set<string>();
	for (const {text} of referenceLines.filter(line => line.set === 'prose')) {
		const {words, phonemes} = await english.phonemize(text);
		for (const {index, 0: written} of text.matchAll(/[\p{L}\p{M}]+/gu)) {
			const word = words.find(({textStart, textEnd}) => textStart <= index && index < textEnd);
			t.truthy(word, `"${written}" is skipped in: ${text}`);
			if (word === undefined || written.length < 2) continue;
			const said = phonemes.slice(word.start, word.end);
			if (unstressed(said) === spell(written)) spelled.add(written);
		}
	}
	t.deepEqual([...spelled], []);
});

test('the test would notice a spelled word', async t => {
	t.is(unstressed((await english.phonemize('FBI')).phonemes), spell('FBI'));
});

/** The names of letters that make up the most spelled-out words. */
// biome-ignore format: a table
const names: {readonly [letter: string]: string} = {
	a: 'A', b: 'bi', c: 'si', d: 'di', e: 'i', f: 'ɛf', g: 'ʤi', h: 'Aʧ', i: 'I', j: 'ʤA', k: 'kA', l: 'ɛl', m: 'ɛm', n: 'ɛn', o: 'O', p: 'pi', q: 'kju', r: 'ɑɹ', s: 'ɛs', t: 'ti',
	u: 'ju', v: 'vi', w: 'dʌbᵊlju', x: 'ɛks', y: 'wI', z: 'zi',
};
const unstressed = (phonemes: string) => phonemes.replace(/[ˈˌ]/gu, '');
const spell = (word: string) => Array.from(word.toLowerCase(), letter => names[letter] ?? '').join('');
