import {gunzipSync, gzipSync} from 'node:zlib';
import test from 'ava';
import {inflateLexicon, Lexicon} from '../../lib/phonemes/lexicon.js';
import {readData} from '../../lib/voices/data.js';

const lines = [
	"'em\tg\təm",
	'A\tg\tˈA',
	'Zoo\ts\tzˈu',
	'a\tg\tˈA',
	'abstract\tg\tˈæbstɹˌækt\tVERB=əbstɹˈækt',
	'an\tg\tæn',
	'ant\tg\tˈænt',
	'it\tg\tɪt\tNOUN=',
	'naïve\ts\tnɑˈiv',
];
const small = new Lexicon(await inflateLexicon(gzipSync(`${lines.join('\n')}\n`)));

for (const line of lines) {
	const [word = '', , phonemes] = line.split('\t');
	test(`finds "${word}" among ${lines.length}`, t => {
		t.is(small.lookup(word)?.phonemes, phonemes);
	});
}

for (const word of ['', '!', 'zzz', 'ab', 'abstracts', 'an ', 'ant\tg', 'An', '世界', '\ud800', '\0']) {
	test(`has no "${word}"`, t => {
		t.is(small.lookup(word), undefined);
	});
}

test('tells gold from silver', t => {
	t.is(small.lookup('ant')?.source, 'gold');
	t.is(small.lookup('Zoo')?.source, 'silver');
});

test('keeps the readings by part of speech; an empty one means: spell it', t => {
	t.deepEqual([...(small.lookup('abstract')?.tagged ?? [])], [['VERB', 'əbstɹˈækt']]);
	t.deepEqual([...(small.lookup('it')?.tagged ?? [])], [['NOUN', null]]);
	t.is(small.lookup('ant')?.tagged.size, 0);
});

test('an empty lexicon knows nothing', t => {
	t.is(new Lexicon(new Uint8Array()).lookup('a'), undefined);
});

test('inflates into memory that threads share, and reads any bytes', async t => {
	const shared = await inflateLexicon(gzipSync('a\tg\tˈA\n'));
	t.true(shared instanceof SharedArrayBuffer);
	t.is(new Lexicon(Buffer.from(shared)).lookup('a')?.phonemes, 'ˈA');
});

for (const variety of ['us', 'gb']) {
	test(`${variety}: finds the first line, the last, and every 997th`, async t => {
		const gzip = await readData(`en/${variety}-lexicon.txt.gz`);
		const lexicon = new Lexicon(await inflateLexicon(gzip));
		const entries = gunzipSync(gzip).toString().trimEnd().split('\n');
		const sample = entries.filter((_, index) => index % 997 === 0 || index === entries.length - 1);
		t.true(sample.length > 150);
		for (const line of sample) {
			const [word = '', source, phonemes] = line.split('\t');
			const entry = lexicon.lookup(word);
			t.is(entry?.phonemes, phonemes, word);
			t.is(entry?.source.charAt(0), source, word);
		}
	});
}
