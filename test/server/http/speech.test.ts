import test from 'ava';
import {httpServer} from '../../helpers/http.js';
import {spelled} from '../../helpers/tone.js';

test('RAW_PCM16 is what a local run gives; WAV_PCM16 at 24 kHz is the default', async t => {
	const {ask} = await httpServer(t);
	const raw = await ask('/api/tts', {
		text: 'One two.',
		voiceId: 'tone',
		format: {outputType: 'RAW_PCM16', sampleRate: 16_000},
	});
	t.is(raw.status, 200);
	t.is(raw.headers.get('content-type'), 'audio/pcm; rate=16000');
	t.is(spelled(Buffer.from(await raw.arrayBuffer())), 'One two.');
	const wav = await ask('/api/tts', {text: 'One two.'});
	t.is(wav.headers.get('content-type'), 'audio/wav');
	const bytes = Buffer.from(await wav.arrayBuffer());
	t.is(bytes.toString('latin1', 0, 4), 'RIFF');
	t.is(bytes.readUInt32LE(24), 24_000);
});
