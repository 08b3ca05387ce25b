import {createHash} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {availableVoices} from '../../../lib/voices/install/available.js';
import {type InstallEvent, installVoices} from '../../../lib/voices/install/install.js';
import {verifyVoices} from '../../../lib/voices/install/verify.js';
import {VoiceStore} from '../../../lib/voices/store.js';
import {serveFiles} from '../../helpers/file-server.js';
import {goOnIf, shared} from '../../helpers/shared.js';
import {temporaryFolder} from '../../helpers/transcoding.js';

test('Piper’s list tells sizes and hashes; a voice that was damaged is fetched again', async t => {
	const folder = shared('voices/piper/en_US-joe-medium');
	if (!goOnIf(t, folder, 'the stock voices are not here')) return;
	const key = 'en_US-joe-medium';
	const id = `piper:${key}`;
	const path = `en/en_US/joe/medium/${key}`;
	// Where Hugging Face has it: a mirror of all of it will do.
	const server = await serveFiles(t, {
		'/rhasspy/piper-voices/resolve/main/en/en_US/joe/medium/': `${folder}`,
	});
	const [model, config] = ['.onnx', '.onnx.json'].map(ending => {
		const bytes = readFileSync(join(`${folder}`, `${key}${ending}`));
		return {size_bytes: bytes.length, md5_digest: createHash('md5').update(bytes).digest('hex')};
	});
	const card = {size_bytes: 280, md5_digest: '7d25cb111aa9699518764a1cb3943af1'};
	const publish = (files: object) => {
		const voice = {key, name: 'joe', language: {code: 'en_US'}, quality: 'medium', num_speakers: 1, files};
		const list = Buffer.from(JSON.stringify({[key]: voice}));
		server.files.set('/rhasspy/piper-voices/resolve/main/voices.json', list);
	};
	const home = await temporaryFolder(t);
	const store = new VoiceStore(home);
	const told: unknown[] = [];
	const events: InstallEvent[] = [];
	const add = () =>
		installVoices([id], {
			home,
			from: server.url,
			accept: terms => told.push(...terms) > 0,
			onEvent: event => events.push(event),
		});

	publish({[`${path}.onnx`]: model, [`${path}.onnx.json`]: {size_bytes: 4794, md5_digest: '0'.repeat(32)}});
	await t.throwsAsync(add(), {
		code: 'DOWNLOAD_INVALID',
		message: /its md5 is 811036b9c1451545f9495fdc1baa0754 instead of 0{32}/,
	});
	t.deepEqual(store.list(), []);

	publish({[`${path}.onnx`]: model, [`${path}.onnx.json`]: config, 'en/en_US/joe/medium/MODEL_CARD': card});
	const offers = await availableVoices({home, from: server.url});
	t.like(offers.at(-1), {id, language: 'en-US', quality: 'medium', size: 63_206_368, installed: false});
	const [voice] = await add();
	t.deepEqual(told.at(-1), {id, licence: 'CC0', size: 63_201_294 + 4794});
	t.like(voice, {id, nativeRate: 22_050, speakers: 1, licence: 'CC0', wordTimes: 'exact'});
	await add();
	t.deepEqual(events.at(-1), {type: 'present', id});

	const file = store.find(id)?.model ?? '';
	const bytes = readFileSync(file);
	bytes[30_000_000] = 255 - (bytes[30_000_000] ?? 0);
	writeFileSync(file, bytes);
	t.deepEqual(await verifyVoices([], {home}), [{id, path: file, problem: 'it is not what was installed'}]);
	await add();
	t.deepEqual(await verifyVoices([], {home}), []);
});
