import test from 'ava';
import {checkVoiceOptions, findVoice, resolveVoice} from '../../lib/engines/choose-voice.js';
import {createLocalEngines} from '../../lib/engines/local.js';

const {engines} = createLocalEngines();
const idOf = (choice: {voiceId?: string; language?: string}) => findVoice(engines, choice)?.voice.id;

const chooses = test.macro((t, choice: {voiceId?: string; language?: string}, id: string | undefined) => {
	t.is(idOf(choice), id);
});

test('heart without a wish', chooses, {}, 'heart');
test('heart for English', chooses, {language: 'en'}, 'heart');
test('heart for British English too', chooses, {language: 'en-GB'}, 'heart');
test('eSpeak for German', chooses, {language: 'de'}, 'espeak:de');
test('a voice wins over a language', chooses, {voiceId: 'espeak:fr', language: 'de'}, 'espeak:fr');
test('a variant', chooses, {voiceId: 'espeak:en-us+f3'}, 'espeak:en-us+f3');
test('none for a language that nobody speaks', chooses, {language: 'xx'}, undefined);
test('none for what is no tag', chooses, {language: 'not a tag'}, undefined);
test('enm is not English', chooses, {language: 'enm'}, undefined);

test('an unknown voice is told with the nearest names', async t => {
	await t.throwsAsync(resolveVoice(engines, {voiceId: 'hart'}), {
		code: 'VOICE_UNKNOWN',
		message: /nearest: heart/,
	});
	await t.throwsAsync(resolveVoice(engines, {voiceId: 'espeak:dee'}), {
		code: 'VOICE_UNKNOWN',
		message: /espeak:de\b/,
	});
	await t.throwsAsync(resolveVoice(engines, {voiceId: 'espeak:en'}), {
		code: 'VOICE_UNKNOWN',
		message: /nearest: espeak:en-\S+, espeak:en-\S+, espeak:en-\S+\.$/,
	});
	await t.throwsAsync(resolveVoice(engines, {voiceId: 'kokoro:af_hart'}), {
		code: 'VOICE_UNKNOWN',
		message: /nearest: kokoro:af_heart, .*voices --available/,
	});
	await t.throwsAsync(resolveVoice(engines, {voiceId: 'espeak:de+nobody'}), {code: 'VOICE_UNKNOWN'});
	await t.throwsAsync(resolveVoice(engines, {language: 'xx'}), {code: 'VOICE_UNKNOWN', message: /"xx"/});
});

test('a voice that can be had is told with the command that installs it', async t => {
	for (const [voiceId, offered] of [
		['kokoro:af_heart', 'kokoro:af_heart'],
		['af_heart', 'kokoro:af_heart'],
		['emma', 'emma'],
		['en_US-joe-medium', 'piper:en_US-joe-medium'],
		['piper:en_US-libritts-high#42', 'piper:en_US-libritts-high'],
	] as const) {
		const message = `The voice "${voiceId}" is not installed: speechpipe voices add ${offered}`;
		await t.throwsAsync(resolveVoice(engines, {voiceId}), {code: 'VOICE_UNKNOWN', message});
	}
	for (const voiceId of ['./none', '/none/here'])
		await t.throwsAsync(resolveVoice(engines, {voiceId}), {message: /is no voice: a voice is/});
	for (const voiceId of ['kokoro:af_nobody', 'piper:joe', 'af_heart:x', '__proto__', 'kokoro:__proto__'])
		await t.throwsAsync(resolveVoice(engines, {voiceId}), {message: /There is no voice/});
});

test('a known voice comes with its engine', async t => {
	const {engine, voice} = await resolveVoice(engines, {language: 'pt-BR'});
	t.is(engine.name, 'espeak');
	t.is(voice.id, 'espeak:pt-br');
});

test('what a voice lacks, and what is out of its range, is told', async t => {
	const {voice: heart} = await resolveVoice(engines, {});
	const {voice: german} = await resolveVoice(engines, {language: 'de'});
	t.throws(() => checkVoiceOptions(heart, {pitch: 1.2}), {
		code: 'VOICE_LACKS',
		message: /heart has no pitch/,
	});
	t.throws(() => checkVoiceOptions(heart, {volume: 0.5}), {code: 'VOICE_LACKS'});
	t.throws(() => checkVoiceOptions(heart, {speed: 5}), {
		code: 'OPTION_INVALID',
		message: /from 0\.5 to 2, not 5/,
	});
	t.throws(() => checkVoiceOptions(german, {pitch: 0.1}), {code: 'OPTION_INVALID'});
	t.throws(() => checkVoiceOptions(german, {speed: Number.NaN}), {code: 'OPTION_INVALID'});
	t.notThrows(() => checkVoiceOptions(heart, {speed: 2, pitch: 1, volume: undefined}));
	t.notThrows(() => checkVoiceOptions(german, {speed: 0.5, pitch: 1.2, volume: 0}));
});
