import test from 'ava';
import {spelled} from '../helpers/tone.js';
import {running, WireClient} from '../helpers/wire-client.js';

const sentence = 'Hello! This is a stream.';

test('text in pieces becomes its audio, then finished', async t => {
	const {url} = await running(t);
	const client = await WireClient.open(t, url);
	for (const text of ['Hello', '!', ' ', '', 'This is ', 'a stream.'])
		client.send({
			generationId: 'g',
			voiceId: 'tone',
			text,
			finalText: false,
			cancel: false,
			sampleRate: 16_000,
		});
	client.send({generationId: 'g', finalText: true});
	const {pcm, end, words, positions} = await client.heard('g');
	t.is(end, 'finished');
	t.is(spelled(pcm), sentence);
	t.deepEqual({words, positions}, {words: [], positions: []});
});
