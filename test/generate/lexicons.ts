/**
 * Makes lib/voices/en/{us,gb}-lexicon.txt.gz from misaki's lexicons and lexicon-additions.tsv (what was changed:
 * lib/voices/en/README.md).
 * Run as: node --import=tsx test/generate/lexicons.ts FOLDER, which holds {us,gb}-{gold,silver}.json.gz.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync, gzipSync} from 'node:zlib';
import {dataFile} from '../../lib/voices/data.js';

type Reading = string | {readonly [tag: string]: string | null};

function read(folder: string, name: string): [string, Reading][] {
	const json = gunzipSync(readFileSync(join(folder, `${name}.json.gz`))).toString();
	// The file's shape is misaki's: a word's phonemes, or an object of them by part of speech.
	return Object.entries(JSON.parse(json) as Record<string, Reading>);
}

/** The voices' alphabet writes the flap as T and has no glottal stop. */
const spelled = (phonemes: string | null | undefined) =>
	(phonemes ?? '').replaceAll('ɾ', 'T').replaceAll('ʔ', 't');

function line(word: string, source: 'g' | 's', reading: Reading): string {
	if (typeof reading === 'string') return `${word}\t${source}\t${spelled(reading)}`;
	const {DEFAULT, ...others} = reading;
	const tagged = Object.entries(others).map(([tag, phonemes]) => `\t${tag}=${spelled(phonemes)}`);
	return `${word}\t${source}\t${spelled(DEFAULT)}${tagged.join('')}`;
}

/**
 * Words that misaki lacks, and those with ! that it has wrong: lines `word,other spelling TAB phonemes (TAB British phonemes)`. Without the latter they follow from the
 * American ones, in which ɒ is the vowel of "lot" (American ɑ).
 */
function additions(variety: string): [string, string][] {
	const file = readFileSync(new URL('./lexicon-additions.tsv', import.meta.url), 'utf8');
	return file
		.trim()
		.split('\n')
		.flatMap(written => {
			const [words = '', common = '', british] = written.split('\t');
			const phonemes = variety === 'us' ? common.replaceAll('ɒ', 'ɑ') : (british ?? toBritish(common));
			return words.split(',').map((word): [string, string] => [word, phonemes]);
		});
}

/** Non-rhotic, with long vowels, Q for O and no flap. */
function toBritish(common: string): string {
	return common
		.replace(/[Oæᵻ]|T/g, letter => ({O: 'Q', æ: 'a', ᵻ: 'ɪ'})[letter] ?? 't')
		.replace(/([ɑɔɜ])(?!ː)/g, '$1ː')
		.replace(/(?<=[ˈˌ])([iu])(?!ː)/g, '$1ː')
		.replace(/ʊɹ(?![aɑɒɔəɛɜiɪuʊʌAIQWY])/g, 'ʊə')
		.replace(/ɪɹ(?![aɑɒɔəɛɜiɪuʊʌAIQWY])/g, 'ɪə')
		.replace(/ɛɹ(?![aɑɒɔəɛɜiɪuʊʌAIQWYˈˌ])/g, 'ɛː')
		.replace(/(?<=[əː])ɹ(?![aɑɒɔəɛɜiɪuʊʌAIQWYˈˌ])/g, '');
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder that holds us-gold.json.gz and its like.');
for (const variety of ['us', 'gb']) {
	const lines = new Map<string, string>();
	for (const [word, reading] of read(folder, `${variety}-silver`)) lines.set(word, line(word, 's', reading));
	for (const [word, reading] of read(folder, `${variety}-gold`)) lines.set(word, line(word, 'g', reading));
	for (const [written, phonemes] of additions(variety)) {
		const word = written.replace('!', '');
		if (written !== word || !lines.has(word)) lines.set(word, line(word, 'g', phonemes));
	}
	const sorted = [...lines].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
	const text = sorted.map(([, entry]) => `${entry}\n`).join('');
	writeFileSync(dataFile(`en/${variety}-lexicon.txt.gz`), gzipSync(text, {level: 9}));
	process.stdout.write(`${variety}: ${sorted.length} words, ${Buffer.byteLength(text)} bytes\n`);
}
