import load from '@echogarden/espeak-ng-emscripten';
import test from 'ava';
import {espeakById, espeakByLanguage, espeakRecord} from '../../lib/voices/espeak.js';
import {espeakLanguages, espeakVariants} from '../../lib/voices/espeak-table.js';

const speaks = test.macro((t, tag: string, id: string | undefined) => {
	t.is(espeakByLanguage(tag)?.id, id);
});

test('de', speaks, 'de', 'de');
test('a region that it does not know', speaks, 'de-AT', 'de');
test('a region that it knows', speaks, 'pt-BR', 'pt-br');
test('British English', speaks, 'en-GB', 'en-gb');
test('American English', speaks, 'en-us', 'en-us');
test('Mandarin', speaks, 'zh', 'cmn');
test('Chinese of Taiwan', speaks, 'zh-Hant-TW', 'cmn');
test('Mandarin by its own code', speaks, 'cmn', 'cmn');
test('Cantonese', speaks, 'yue', 'yue');
test('Mexican Spanish', speaks, 'es-MX', 'es-419');
test('Norwegian', speaks, 'no', 'nb');
test('an old code', speaks, 'iw', 'he');
test('a language that it does not speak', speaks, 'zu', undefined);
test('no tag at all', speaks, '!', undefined);
test('an empty tag', speaks, '', undefined);

test('ids are taken in any case', t => {
	t.is(espeakById('eSpeak:DE')?.language.id, 'de');
	t.is(espeakById('espeak:en-us+F3')?.variant, 'f3');
	for (const id of ['heart', 'espeak:', 'espeak:xx', 'espeak:de+nobody', 'de'])
		t.is(espeakById(id), undefined);
});

test('every language and variant of the table is one of eSpeak NG, with a record', async t => {
	const espeak = await load();
	const worker = new espeak.eSpeakNGWorker();
	for (const language of espeakLanguages) {
		t.is(worker.set_voice(language.file), 0, language.id);
		const {id, language: tag, name} = espeakRecord({language, variant: undefined}, 'espeak-ng');
		t.is(espeakById(id)?.language, language);
		t.deepEqual(Intl.getCanonicalLocales(tag), [tag]);
		t.true(name.length > 1);
	}
	t.true(espeakLanguages.length >= 100);
	for (const variant of espeakVariants.keys())
		t.is(espeak.FS.readdir('/usr/share/espeak-ng-data/voices/!v').includes(variant), true);
});

test('genders', t => {
	const genderOf = (id: string) => {
		const voice = espeakById(id);
		return voice && espeakRecord(voice, 'espeak-ng').gender;
	};
	t.is(genderOf('espeak:de'), 'male');
	t.is(genderOf('espeak:de+f3'), 'female');
	t.is(genderOf('espeak:de+klatt'), 'unknown');
});
