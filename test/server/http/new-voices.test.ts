import {rmSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {LocalSynthesizer} from '../../../lib/index.js';
import {httpServer} from '../../helpers/http.js';
import {shared} from '../../helpers/shared.js';
import {temporaryFolder} from '../../helpers/transcoding.js';
import {writeVoice} from '../../helpers/voices.js';
import {WireClient} from '../../helpers/wire-client.js';

async function serving(t: ExecutionContext) {
	const home = await temporaryFolder(t);
	process.env['SPEECHPIPE_HOME'] = home;
	const synthesizer = new LocalSynthesizer({workers: 1});
	t.teardown(() => synthesizer.close());
	return {home, ...(await httpServer(t, {synthesizer, voiceId: 'heart'}))};
}

test.serial(
	'voices that are installed and removed show in GET /api/voices of a server that runs',
	async t => {
		const {home, ask} = await serving(t);
		const ids = async () => {
			const text = await (await ask('/api/voices?limit=100')).text();
			return ['heart', 'emma', 'kokoro:af_heart'].filter(id => text.includes(`"${id}"`));
		};
		t.deepEqual(await ids(), ['heart']);
		writeVoice(home, 'emma');
		writeVoice(home, 'kokoro:af_heart', {family: 'kokoro'});
		t.deepEqual(await ids(), ['heart', 'emma', 'kokoro:af_heart']);
		rmSync(join(home, 'voices/emma.json'));
		t.deepEqual(await ids(), ['heart', 'kokoro:af_heart']);
	},
);

test.serial('a client names voices by ids: no path of the server’s machine is a voice', async t => {
	const {url, refusal} = await serving(t);
	const client = await WireClient.open(t, url);
	for (const [index, voiceId] of [
		shared('voices/piper/en_US-joe-medium') ?? '/srv/voice',
		'../voice',
		'.',
		'./voice#3',
	].entries()) {
		client.send({generationId: String(index), voiceId, text: 'Hi.', finalText: true});
		t.regex((await client.heard(String(index))).end, /^voice_unknown: .* ids, no paths/);
		const {status, code} = await refusal('/api/tts', {text: 'Hi.', voiceId});
		t.deepEqual([status, code], [422, 'voice_unknown']);
	}
});
