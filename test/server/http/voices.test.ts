import test from 'ava';
import {LocalSynthesizer} from '../../../lib/engines/local-synthesizer.js';
import type {VoicesAnswer} from '../../../lib/wire/http.js';
import {httpServer} from '../../helpers/http.js';
import {remote, speakAll} from '../../helpers/remote.js';
import {ToneSynthesizer, toneVoice} from '../../helpers/tone.js';

/** A tone voice under many names. */
class Choir extends ToneSynthesizer {
	readonly names: string[];

	constructor(names: readonly string[]) {
		super();
		this.names = [...names];
	}

	override async voices() {
		return this.names.map(id => ({...toneVoice, id, name: `Voice ${id}`}));
	}
}

const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

test('a voice is told with the published fields and ours', async t => {
	const synthesizer = new LocalSynthesizer();
	t.teardown(() => synthesizer.close());
	const {ask} = await httpServer(t, {synthesizer});
	const {voices, cursor} = (await (await ask('/api/voices?name=HEART')).json()) as VoicesAnswer;
	t.is(cursor, null);
	t.is(voices.length, 1);
	t.like(voices[0], {
		id: 'heart',
		name: 'Heart',
		voiceType: 'NEURAL',
		voiceTier: 'PREMIUM',
		description: 'A female voice for American English.',
		language: 'en-US',
		gender: 'female',
		wordTimes: 'exact',
		nativeRate: 24_000,
		speed: {min: 0.5, max: 2},
		pitch: null,
	});
	t.regex(voices[0]?.version ?? '', /^\d+\.\d+\.\d+ hibari \(onnxruntime/);
	const formant = (await (await ask('/api/voices?voiceType=formant&limit=1000')).json()) as VoicesAnswer;
	t.true(formant.voices.length > 50);
	t.true(formant.voices.every(voice => voice.voiceType === 'FORMANT'));
	t.deepEqual(((await (await ask('/api/voices?name=nobody')).json()) as VoicesAnswer).voices, []);
});

test('pages: each voice once, though others come and go meanwhile', async t => {
	const synthesizer = new Choir(seven);
	const {ask} = await httpServer(t, {synthesizer});
	const page = async (query: string) => (await (await ask(`/api/voices?${query}`)).json()) as VoicesAnswer;
	const ids = ({voices}: VoicesAnswer) => voices.map(({id}) => id);
	const first = await page('limit=3');
	t.deepEqual(ids(first), ['a', 'b', 'c']);
	synthesizer.names.unshift('before');
	const second = await page(`limit=3&cursor=${first.cursor}`);
	t.deepEqual(ids(second), ['d', 'e', 'f']);
	const third = await page(`limit=3&cursor=${second.cursor}`);
	t.deepEqual([ids(third), third.cursor], [['g'], null]);
	t.deepEqual(ids(await page('limit=8')), ['before', ...seven]);
	t.is((await page('limit=8')).cursor, null);
});

for (const query of [
	'limit=0',
	'limit=1001',
	'limit=-1',
	'limit=1.5',
	'limit=ten',
	'limit=',
	'limit=1e1',
	'limit=%205',
	'limit=1&limit=2',
	'name=a&name=b',
	'cursor=nowhere',
	'cursor=../../etc/passwd',
]) {
	test(`400 for ?${query}`, async t => {
		const {refusal} = await httpServer(t);
		t.like(await refusal(`/api/voices?${query}`), {status: 400, code: 'invalid_message'});
	});
}

test('RemoteSynthesizer reads the list, page by page', async t => {
	const names = Array.from({length: 250}, (_, index) => `voice-${index}`);
	const {url} = await httpServer(t, {synthesizer: new Choir(names), keys: ['k']});
	const voices = await remote(t, {url, apiKey: 'k'}).voices();
	t.deepEqual(
		voices.map(({id}) => id),
		names,
	);
});

test('over the wire a language finds its voice, and exact word times say so', async t => {
	const {url} = await httpServer(t);
	const synthesizer = remote(t, {url});
	t.deepEqual(await synthesizer.voices(), [toneVoice]);
	const {words} = await speakAll(synthesizer, 'One two.', {voiceId: undefined, language: 'en'});
	t.deepEqual(
		words.map(({word, timing}) => [word, timing]),
		[
			['One', 'exact'],
			['two', 'exact'],
		],
	);
	await t.throwsAsync(speakAll(synthesizer, 'Eins.', {voiceId: undefined, language: 'de'}), {
		code: 'VOICE_UNKNOWN',
	});
});
