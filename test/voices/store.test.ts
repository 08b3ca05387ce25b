import {mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {dataFolder} from '../../lib/voices/home.js';
import {VoiceStore} from '../../lib/voices/store.js';
import {temporaryFolder} from '../helpers/transcoding.js';
import {writeVoice} from '../helpers/voices.js';

test('the data folder is the platform’s, unless SPEECHPIPE_HOME says otherwise', t => {
	const home = homedir();
	t.is(dataFolder({SPEECHPIPE_HOME: '/srv/voices', XDG_DATA_HOME: '/x'}, 'linux'), '/srv/voices');
	t.is(dataFolder({XDG_DATA_HOME: '/x'}, 'linux'), '/x/speechpipe');
	t.is(dataFolder({XDG_DATA_HOME: 'relative'}, 'linux'), join(home, '.local/share/speechpipe'));
	t.is(dataFolder({}, 'linux'), join(home, '.local/share/speechpipe'));
	t.is(dataFolder({}, 'darwin'), join(home, 'Library/Application Support/speechpipe'));
	t.is(dataFolder({LOCALAPPDATA: '/local'}, 'win32'), join('/local', 'speechpipe'));
});

test('a store without a folder is empty', async t => {
	const store = new VoiceStore(join(await temporaryFolder(t), 'none'));
	t.deepEqual(store.list(), []);
	t.is(store.find('emma'), undefined);
});

test('voices that come and go are seen at once, by the store that is open', async t => {
	const home = await temporaryFolder(t);
	const store = new VoiceStore(home);
	t.deepEqual(store.list(), []);
	const {model} = writeVoice(home, 'piper:pt_PT-tugão-medium', {
		family: 'piper',
		speakers: 3,
		loudness: -23.5,
	});
	const path = join(home, 'files', model.sha256, model.name);
	t.like(store.find('piper:pt_PT-tugão-medium'), {
		family: 'piper',
		model: path,
		speakers: 3,
		loudness: -23.5,
	});
	for (let turn = 0; turn < 20; turn++) {
		writeVoice(home, `kokoro:turn_${turn}`, {family: 'kokoro'});
		t.is(store.find(`kokoro:turn_${turn}`)?.id, `kokoro:turn_${turn}`);
		rmSync(join(home, 'voices', `kokoro=turn_${turn}.json`));
		t.is(store.find(`kokoro:turn_${turn}`), undefined);
	}
	t.deepEqual(
		store.list().map(({id}) => id),
		['piper:pt_PT-tugão-medium'],
	);
	renameSync(home, `${home}-moved`);
	t.deepEqual(store.list(), []);
	rmSync(`${home}-moved`, {recursive: true});
});

test('the number of a speaker is no part of the id', async t => {
	const home = await temporaryFolder(t);
	writeVoice(home, 'piper:en_US-libritts-high', {family: 'piper', speakers: 904});
	const store = new VoiceStore(home);
	t.is(store.find('piper:en_US-libritts-high#42')?.id, 'piper:en_US-libritts-high');
	t.is(store.find('piper:en_US-libritts-high#x'), undefined);
});

test('manifests that are none are no voices, and harm none', async t => {
	const home = await temporaryFolder(t);
	const good = writeVoice(home, 'good');
	const sha256 = good.model.sha256;
	const wrong: Record<string, unknown> = {
		'empty.json': '',
		'list.json': [],
		'null.json': null,
		'family.json': {...good, id: 'family', family: 'flite'},
		'path.json': {...good, id: 'path', model: {...good.model, name: '../../../etc/passwd'}},
		'dots.json': {...good, id: 'dots', model: {...good.model, name: '..'}},
		'hash.json': {...good, id: 'hash', model: {...good.model, sha256: `../${sha256.slice(3)}`}},
		'size.json': {...good, id: 'size', model: {...good.model, size: -1}},
		'other.json': {...good, id: 'good'},
		'newer.json': {...good, id: 'newer', version: 2},
		'id.json': {...good, id: '../id'},
		'language.json': {...good, id: 'language', language: 7},
	};
	for (const [name, value] of Object.entries(wrong))
		writeFileSync(join(home, 'voices', name), typeof value === 'string' ? value : JSON.stringify(value));
	writeFileSync(
		join(home, 'voices/huge.json'),
		JSON.stringify({...good, id: 'huge', more: 'x'.repeat(100_000)}),
	);
	mkdirSync(join(home, 'voices/folder.json'));
	t.deepEqual(
		new VoiceStore(home).list().map(({id}) => id),
		['good'],
	);
});
