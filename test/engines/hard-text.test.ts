import {readFileSync} from 'node:fs';
import test from 'ava';
import {LocalSynthesizer} from '../../lib/engines/local-synthesizer.js';
import type {UnspokenEvent, WordEvent} from '../../lib/synthesizer.js';

const hardLines = readFileSync(new URL('../phonemes/english/hard-lines.tsv', import.meta.url), 'utf8');

/** What the list has not: prose around it, accents, quotes, headlines, emoji, words without an end. */
const others = [
	'BREAKING NEWS: STOCKS FALL AS FBI RAIDS BANK',
	'Trump Meets Xi in Beijing; Talks "Very Productive," Says Aide',
	'WASHINGTON (AP) — The president said Tuesday he’d sign it… maybe.',
	'“It’s ‘fine’,” she said—“really!”—and re-read the well-known, twenty-two-year-old author’s résumé.',
	'The quinoa, açaí, crème brûlée, jalapeño and piñata of São Paulo; Dvořák, Škoda, Łódź, Ångström, naïve Zoë.',
	'I object to that object. She read the live record he will read; the wind will wind; a tear, to tear.',
	'My iPhone’s Wi-Fi, eBay, macOS, PostgreSQL, GraphQL, LaTeX and C++ on localhost:8080.',
	'Great job 👍🏽🎉 and ❤️, team 🇺🇸! 👨‍👩‍👧 5️⃣',
	`A ${'antidisestablishmentarianism'.repeat(11)} and ${'1234567890'.repeat(6)} and https://example.com/${'path/'.repeat(30)}end.`,
	"I'd've gone if y'all'd asked; rock 'n' roll, 'twas, dancin', the Joneses' and James's o'clock.",
	'snake_case, camelCase, kebab-case, SCREAMING_SNAKE, AC/DC, and/or, w/o, n/a, he/she, LGBTQ+.',
];

test('a thousand words of every hard kind are read without an omission', async t => {
	const lines = hardLines
		.trim()
		.split('\n')
		.map(line => line.split('\t', 1)[0] ?? '');
	const text = [...lines, ...others].join('\n\n');
	t.true(text.split(/\s+/).length >= 1000);
	const synthesizer = new LocalSynthesizer();
	t.teardown(() => synthesizer.close());
	const words: WordEvent[] = [];
	const unspoken: UnspokenEvent[] = [];
	let samples = 0;
	const options = {voiceId: 'heart', sampleRate: 24_000, speed: 2, deadline: Infinity} as const;
	for await (const event of synthesizer.speak(once(text), options)) {
		if (event.type === 'word') words.push(event);
		else if (event.type === 'unspoken' && event.reason !== 'blank') unspoken.push(event);
		else if (event.type === 'audio') samples += event.pcm.length / 2;
	}
	t.deepEqual(unspoken, []);
	const written = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
	const skipped = written.filter(
		({index}) => !words.some(({textStart, textEnd}) => textStart <= index && index < textEnd),
	);
	t.deepEqual(
		skipped.map(([word]) => word),
		[],
	);
	// Each has its sound, in order.
	let end = 0;
	for (const {startSample, endSample, word} of words) {
		t.true(startSample >= end && endSample >= startSample && endSample <= samples, word);
		end = startSample;
	}
});

async function* once(text: string): AsyncGenerator<string> {
	yield text;
}
