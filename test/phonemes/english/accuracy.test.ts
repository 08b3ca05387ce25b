import {readFileSync} from 'node:fs';
import test from 'ava';
import type {EnglishPhonemizer} from '../../../lib/phonemes/english/phonemizer.js';
import {loadEnglish} from '../../helpers/english.js';
import {goOnIf, shared} from '../../helpers/shared.js';
import {accepted} from './accepted.js';

interface Line {
	readonly set: string;
	readonly text: string;
	readonly reference: string;
}

const path = shared('voices/en/phonemes-us.tsv');
const lines: readonly Line[] =
	path === undefined ? [] : readFileSync(path, 'utf8').trim().split('\n').slice(1).map(parse);

function parse(line: string): Line {
	const [set = '', text = '', reference = ''] = line.split('\t');
	return {set, text, reference};
}

let english: EnglishPhonemizer;
test.before(async () => {
	english = await loadEnglish('us');
});

/** Without spaces and punctuation, as the voices README defines the rate. */
const letters = (phonemes: string) => Array.from(phonemes.replace(/[\s;:,.!?—…"()“”]/gu, ''));

/** Levenshtein distance. */
function distance(a: readonly string[], b: readonly string[]): number {
	let previous = Array.from({length: b.length + 1}, (_, index) => index);
	for (const [row, letter] of a.entries()) {
		const current = [row + 1];
		for (const [column, other] of b.entries()) {
			const swap = (previous[column] ?? 0) + (letter === other ? 0 : 1);
			current.push(Math.min(swap, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
		}
		previous = current;
	}
	return previous.at(-1) ?? 0;
}

/** Phoneme errors over phonemes, in percent; of several right readings the nearest counts. */
async function errorRate(set: string): Promise<number> {
	let errors = 0;
	let total = 0;
	for (const {text, reference} of lines.filter(line => line.set === set)) {
		const ours = letters((await english.phonemize(text)).phonemes);
		const readings = [reference, accepted.get(text) ?? reference].map(letters);
		const distances = readings.map(reading => distance(ours, reading));
		errors += Math.min(...distances);
		total += letters(reference).length;
	}
	return (100 * errors) / total;
}

test('prose: at most 0.7% of the phonemes differ from the reference', async t => {
	if (!goOnIf(t, path, 'the reference phonemes are not here')) return;
	const rate = await errorRate('prose');
	t.log(`${rate.toFixed(2)}%`);
	t.true(rate > 0 && rate <= 0.7);
});

test('hard lines: at most 0.5% differ from the reference or what is as right', async t => {
	if (!goOnIf(t, path, 'the reference phonemes are not here')) return;
	const rate = await errorRate('hard');
	t.log(`${rate.toFixed(2)}%`);
	t.true(rate <= 0.5);
});

test('prose: every word is spoken, and spelled only where it is an initialism', async t => {
	if (!goOnIf(t, path, 'the reference phonemes are not here')) return;
	const spelled = new Set<string>();
	for (const {text} of lines.filter(line => line.set === 'prose')) {
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
