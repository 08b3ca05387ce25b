import test from 'ava';
import {flush} from '../../lib/synthesizer.js';
import {remoteTone, speakAll} from '../helpers/remote.js';
import {spelled, ToneSynthesizer} from '../helpers/tone.js';

const text = 'One two three, four. Five six! Seven? Eight nine ten eleven twelve.';

test('gives the events of a local run: audio, words, ranges', async t => {
	const {synthesizer} = await remoteTone(t);
	const there = await speakAll(synthesizer, text);
	const here = await speakAll(new ToneSynthesizer(), text);
	t.true(there.pcm.equals(here.pcm));
	t.deepEqual(
		there.words.map(word => ({...word, timing: 'exact'})),
		here.words,
	);
	t.deepEqual(there.ranges, here.ranges);
});

test('a flush speaks what was written, and the text goes on', async t => {
	const {synthesizer} = await remoteTone(t);
	const {pcm, ranges} = await speakAll(synthesizer, ['One, two', flush, ' three. ', flush, flush, 'Four']);
	t.is(spelled(pcm), 'One, two three. Four');
	t.deepEqual(
		ranges.map(({textEnd}) => textEnd),
		[8, 16, 20],
	);
});

test('empty text', async t => {
	const {synthesizer} = await remoteTone(t);
	t.deepEqual((await speakAll(synthesizer, [])).events, []);
	t.deepEqual((await speakAll(synthesizer, ' \n')).ranges, [{textStart: 0, textEnd: 2, spoken: false}]);
});
