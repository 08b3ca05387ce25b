import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {isVoicePath, voiceAt, voicesAt} from '../../lib/voices/folder.js';
import {goOnIf, shared} from '../helpers/shared.js';
import {temporaryFolder} from '../helpers/transcoding.js';

test('a path is absolute or begins with a dot; no id of a voice is one', t => {
	for (const path of ['/srv/voice', './voice', '../voice', '.', '..']) t.true(isVoicePath(path), path);
	for (const id of [
		'heart',
		'kokoro:af_heart',
		'piper:en_US-joe-medium#3',
		'espeak:en-us+f3',
		'.x',
		'a/b',
		'',
	])
		t.false(isVoicePath(id), id);
});

test('the families are told by their files', async t => {
	const folder = await temporaryFolder(t);
	const write = (path: string, content = 'x') => {
		mkdirSync(join(folder, path, '..'), {recursive: true});
		writeFileSync(join(folder, path), content);
	};
	write('joe/xx_YY-joe-low.onnx');
	write(
		'joe/xx_YY-joe-low.onnx.json',
		'{"audio": {"sample_rate": 16000}, "language": {"code": "pt_BR"}, "num_speakers": 2}',
	);
	write('joe/MODEL_CARD', '# Card\n\n* License: CC BY 4.0\n');
	t.deepEqual(voiceAt(`${folder}/joe`), {
		id: `${folder}/joe`,
		family: 'piper',
		name: 'joe',
		language: 'pt-BR',
		gender: 'unknown',
		licence: 'CC BY 4.0',
		nativeRate: 16_000,
		model: join(folder, 'joe/xx_YY-joe-low.onnx'),
		companion: join(folder, 'joe/xx_YY-joe-low.onnx.json'),
		speakers: 2,
	});
	t.is(voiceAt(`${folder}/joe#1`)?.id, `${folder}/joe`);

	write('kokoro/onnx/model.onnx');
	write('kokoro/onnx/model_quantized.onnx');
	for (const name of ['af_alloy', 'af_heart', 'zm_yunxi', 'mine']) write(`kokoro/voices/${name}.bin`);
	t.like(voiceAt(`${folder}/kokoro`), {
		family: 'kokoro',
		name: 'Heart',
		language: 'en-US',
		model: join(folder, 'kokoro/onnx/model_quantized.onnx'),
		companion: join(folder, 'kokoro/voices/af_heart.bin'),
	});
	t.like(voiceAt(`${folder}/kokoro/voices/zm_yunxi.bin`), {name: 'Yunxi', language: 'zh', gender: 'male'});
	t.deepEqual(
		voicesAt(`${folder}/kokoro`).map(({id}) => id),
		['kokoro:af_alloy', 'kokoro:af_heart', 'kokoro:mine', 'kokoro:zm_yunxi'],
	);

	write('hibari/bf_emma.int8.onnx');
	write('hibari/mine.onnx');
	t.like(voiceAt(`${folder}/hibari/bf_emma.int8.onnx`), {family: 'hibari', name: 'Emma', language: 'en-GB'});
	t.like(voicesAt(`${folder}/hibari/mine.onnx`), [{id: 'hibari:mine', language: 'en-US', gender: 'unknown'}]);
});

test('what is no voice, or not readable, is none', async t => {
	const folder = await temporaryFolder(t);
	t.is(voiceAt(folder), undefined);
	t.is(voiceAt(`${folder}/none`), undefined);
	writeFileSync(join(folder, 'a.txt'), 'x');
	t.is(voiceAt(folder), undefined);
	t.is(voiceAt(`${folder}/a.txt`), undefined);
	writeFileSync(join(folder, 'x.onnx'), 'x');
	writeFileSync(join(folder, 'x.onnx.json'), '[1, 2');
	t.is(voiceAt(folder), undefined);
	writeFileSync(join(folder, 'x.onnx.json'), '{"audio": {"sample_rate": 22050}}');
	t.like(voiceAt(folder), {family: 'piper', language: 'und', nativeRate: 22_050, speakers: 1});
});

test('the stock voices', t => {
	const kokoro = shared('voices/kokoro');
	const piper = shared('voices/piper/en_US-joe-medium');
	if (!goOnIf(t, kokoro && piper, 'the stock voices are not here')) return;
	t.like(voiceAt(`${kokoro}`), {family: 'kokoro', name: 'Heart', licence: 'Apache-2.0'});
	t.is(voicesAt(`${kokoro}`).length, 6);
	t.like(voiceAt(`${piper}`), {family: 'piper', name: 'joe', language: 'en-US', licence: 'CC0', speakers: 1});
	t.like(voiceAt(`${shared('voices/heart')}`), {family: 'hibari', name: 'Heart', language: 'en-US'});
});
