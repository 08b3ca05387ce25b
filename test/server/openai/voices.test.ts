import test from 'ava';
import {LocalSynthesizer} from '../../../lib/engines/local-synthesizer.js';
import {checkVoiceNames, voiceNamed} from '../../../lib/server/openai/voices.js';
import {createServer} from '../../../lib/server/server.js';
import type {Voice} from '../../../lib/synthesizer.js';
import {httpServer} from '../../helpers/http.js';
import {ToneSynthesizer, toneVoice} from '../../helpers/tone.js';

/** Knows its voices by their list alone, as one over the network does. */
class Listed extends ToneSynthesizer {
	override nativeRate = undefined as never; // The interface lets it be missing.
	readonly #voices: readonly Voice[];

	constructor(...voices: ReadonlyArray<readonly [id: string, name: string]>) {
		super();
		this.#voices = voices.map(([id, name]) => ({...toneVoice, id, name}));
	}

	override async voices(): Promise<readonly Voice[]> {
		return this.#voices;
	}
}

test('a voice is known by id and by name, whatever the case', async t => {
	const synthesizer = new Listed(['af_heart', 'Heart'], ['fable', 'British Fable']);
	const named = (voice: string) => voiceNamed(voice, new Map(), synthesizer);
	t.is(await named('af_heart'), 'af_heart');
	t.is(await named('AF_HEART'), 'af_heart');
	t.is(await named('heart'), 'af_heart');
	t.is(await named('British Fable'), 'fable');
	// One of OpenAI's names, and a voice's own.
	t.is(await named('fable'), 'fable');
	// Whoever speaks tells that there is none.
	t.is(await named('hart'), 'hart');
});

test('OpenAI’s names are the server’s own voice, unless the operator says otherwise', async t => {
	const synthesizer = new Listed(['heart', 'Heart'], ['emma', 'Emma']);
	const names = checkVoiceNames({Nova: 'emma', heart: 'emma', 'my voice': 'heart'});
	for (const name of ['alloy', 'ash', 'ballad', 'coral', 'echo', 'fable', 'onyx', 'sage', 'shimmer'])
		t.is(await voiceNamed(name, names, synthesizer), undefined);
	for (const name of ['verse', 'marin', 'cedar', 'ALLOY'])
		t.is(await voiceNamed(name, names, synthesizer), undefined);
	t.is(await voiceNamed('nova', names, synthesizer), 'emma');
	t.is(await voiceNamed('heart', names, synthesizer), 'emma');
	t.is(await voiceNamed('My Voice', names, synthesizer), 'heart');
});

test('voices of this machine that no list holds are known by id', async t => {
	const synthesizer = new LocalSynthesizer();
	t.teardown(() => synthesizer.close());
	t.is(await voiceNamed('espeak:en-us+f3', new Map(), synthesizer), 'espeak:en-us+f3');
	t.is(await voiceNamed('HEART', new Map(), synthesizer), 'heart');
});

test('the mapped voice speaks', async t => {
	const synthesizer = new LocalSynthesizer();
	t.teardown(() => synthesizer.close());
	const openaiVoices = {nova: 'espeak:en-gb'};
	const {ask} = await httpServer(t, {
		synthesizer,
		voiceId: 'heart',
		openaiVoices,
		limits: {maxLateness: 600_000},
	});
	const speak = async (voice: unknown) => {
		const answer = await ask('/v1/audio/speech', {input: 'One two.', voice, response_format: 'pcm'});
		t.is(answer.status, 200);
		return Buffer.from(await answer.arrayBuffer());
	};
	const heart = await speak('heart');
	t.true((await speak('alloy')).equals(heart));
	t.true((await speak(undefined)).equals(heart));
	t.true((await speak({id: 'heart'})).equals(heart));
	t.false((await speak('nova')).equals(heart));
	t.true((await speak('nova')).equals(await speak('espeak:en-gb')));
});

test('a wrong mapping is refused', t => {
	const synthesizer = new ToneSynthesizer();
	for (const openaiVoices of [{'': 'heart'}, {nova: ''}, {nova: 5}]) {
		t.throws(() => createServer({synthesizer, openaiVoices: openaiVoices as Record<string, string>}), {
			code: 'OPTION_INVALID',
			message: /openaiVoices/,
		});
	}
});
