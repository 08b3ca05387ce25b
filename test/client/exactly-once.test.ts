import {setTimeout as sleep} from 'node:timers/promises';
import test from 'ava';
import {LocalSynthesizer} from '../../lib/engines/local-synthesizer.js';
import {cuttingProxy} from '../helpers/cutting-proxy.js';
import {inPieces, localRun, remote, speakAll, toneServer} from '../helpers/remote.js';
import {spelled} from '../helpers/tone.js';

/** Numbers from 0 to 1, the same each time (Park and Miller's generator). */
function randoms(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 48_271) % 2_147_483_647;
		return state / 2_147_483_647;
	};
}

const vocabulary = 'the a one two of and cat, dog; ran. is it? no! Yes. well: 12 — (so) quite 日本'.split(
	' ',
);

function someText(random: () => number, words: number): string[] {
	return Array.from({length: words}, () => `${vocabulary[Math.floor(random() * vocabulary.length)]} `);
}

test('under 500 cuts at random points every stream is whole: no sample, no word twice or missing', async t => {
	t.timeout(100_000);
	const random = randoms(20_261_122);
	const {url, engine} = await toneServer(t);
	// An engine that takes no time would speak one stream whole before it hears of the next.
	engine.gate = () => new Promise(resolve => setImmediate(resolve));
	let early = false;
	const proxy = await cuttingProxy(t, url, () => {
		// Within the upgrade or the first messages too, but not in a row: three sockets without a word would be the end.
		early = !early && random() < 0.2;
		return Math.floor(early ? random() * 4000 : 4000 + random() ** 2 * 150_000);
	});
	const reconnect = {delay: 1, attempts: 50};
	const synthesizer = remote(t, {url: proxy.url, maxGenerationsPerSocket: 5, window: 4, reconnect});
	let streams = 0;
	const oneAfterTheOther = async () => {
		while (proxy.cuts < 500) {
			const pieces = someText(random, 200);
			const text = pieces.join('');
			const spoken = await speakAll(synthesizer, inPieces(pieces));
			const covered = spoken.ranges.reduce((end, range) => (range.textStart === end ? range.textEnd : -1), 0);
			t.is(covered, text.length);
			const local = await localRun(text, spoken.ranges);
			t.true(spoken.pcm.equals(local.pcm));
			t.deepEqual(
				spoken.words.map(({word, textStart, startSample}) => [word, textStart, startSample]),
				local.words,
			);
			streams++;
		}
	};
	await Promise.all(Array.from({length: 20}, oneAfterTheOther));
	t.log(`${proxy.cuts} cuts, ${streams} streams`);
	t.true(proxy.cuts >= 500);
});

test('a real voice goes on sample for sample', async t => {
	const local = new LocalSynthesizer();
	t.teardown(() => local.close());
	const {url} = await toneServer(t, {synthesizer: local});
	let carried = 0;
	// Each socket carries more than the one before, so that every utterance gets through in the end.
	const proxy = await cuttingProxy(t, url, () => (carried += 25_000));
	const synthesizer = remote(t, {url: proxy.url, reconnect: {delay: 1, attempts: 20}});
	const text =
		'The quick brown fox jumps over the lazy dog. Pack my box, with five dozen jugs! Is that all there is?';
	const options = {voiceId: 'heart', sampleRate: 24_000};
	const {pcm, ranges} = await speakAll(synthesizer, text, options);
	t.true(proxy.cuts > 3);
	t.true(pcm.equals((await localRun(text, ranges, local, options)).pcm));
});

test('who stands still for longer than textIdle when the connection is lost loses nothing', async t => {
	const {url} = await toneServer(t);
	// Within the second sentence.
	const cuts = [130_000];
	const proxy = await cuttingProxy(t, url, () => cuts.shift() ?? Infinity);
	const synthesizer = remote(t, {url: proxy.url, window: 1, textIdle: 200, reconnect: {delay: 1}});
	const text = `${'and on it goes '.repeat(16)}to its end. `.repeat(8);
	const said: Buffer[] = [];
	let events = 0;
	for await (const event of synthesizer.speak(inPieces([text]), {sampleRate: 16_000})) {
		// More waits unread then than the window lets through.
		if (events++ === 0) await sleep(1500);
		if (event.type === 'audio') said.push(event.pcm);
	}
	t.is(proxy.cuts, 1);
	t.is(spelled(Buffer.concat(said)).replaceAll(' ', ''), text.replaceAll(' ', ''));
});
