import {execFileSync} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {type InstallEvent, type InstallOptions, installVoices} from '../../../lib/voices/install/install.js';
import {removeVoices} from '../../../lib/voices/install/remove.js';
import {verifyVoices} from '../../../lib/voices/install/verify.js';
import {parseManifest} from '../../../lib/voices/manifest.js';
import {VoiceStore} from '../../../lib/voices/store.js';
import {heartModel, send, serveFiles, sha256} from '../../helpers/file-server.js';
import {goOnIf} from '../../helpers/shared.js';
import {temporaryFolder} from '../../helpers/transcoding.js';
import {writeVoice} from '../../helpers/voices.js';

/** An empty data folder, and how to install into it. */
async function scene(t: ExecutionContext) {
	const server = await serveFiles(t);
	const home = join(await temporaryFolder(t), 'data');
	const events: InstallEvent[] = [];
	const install = (names: readonly string[], options: Partial<InstallOptions> = {}) =>
		installVoices(names, {
			home,
			from: server.url,
			accept: () => true,
			onEvent: event => events.push(event),
			...options,
		});
	return {server, home, events, install};
}

/** Everything in a data folder but empty folders: paths, sorted. */
function filesIn(home: string): string[] {
	if (!existsSync(home)) return [];
	return readdirSync(home, {recursive: true, withFileTypes: true})
		.filter(entry => !entry.isDirectory())
		.map(entry => join(entry.parentPath.slice(home.length), entry.name))
		.sort();
}

async function heartFolder(t: ExecutionContext, name = 'mine.onnx', bytes = heartModel): Promise<string> {
	const folder = await temporaryFolder(t);
	writeFileSync(join(folder, name), bytes);
	writeFileSync(join(folder, 'LICENSE'), 'Apache License\n Version 2.0, January 2004');
	return folder;
}

test.serial('a folder: its voice is copied, speaks, and is installed', async t => {
	const {home, events, install} = await scene(t);
	const folder = await heartFolder(t);
	const terms: unknown[] = [];
	const [voice] = await install([folder], {accept: told => terms.push(...told) > 0});
	t.deepEqual(terms, [{id: 'hibari:mine', licence: 'Apache-2.0', size: heartModel.length}]);
	t.deepEqual(
		events.map(({type}) => type),
		['proving', 'installed'],
	);
	const path = `/files/${sha256(heartModel)}/mine.onnx`;
	t.like(voice, {id: 'hibari:mine', family: 'hibari', model: join(home, path), wordTimes: 'exact'});
	t.true(voice !== undefined && (voice.loudness ?? 0) < -15 && (voice.realTimeFactor ?? 0) > 0);
	t.deepEqual(filesIn(home), [path, '/voices/hibari=mine.json']);
	t.deepEqual(await verifyVoices([], {home}), []);

	writeFileSync(join(home, path), 'damaged');
	t.like(await verifyVoices(['hibari:mine'], {home}), [
		{id: 'hibari:mine', problem: 'it is not what was installed'},
	]);
	await install([folder]);
	t.deepEqual(await verifyVoices([], {home}), []);

	await removeVoices(['hibari:mine'], {home});
	t.deepEqual(filesIn(home), []);
});

test.serial('an address; two at once fetch it once', async t => {
	const {server, home, install} = await scene(t);
	server.files.set('/voices/af_mine.int8.onnx', heartModel);
	const url = `${server.url.replace('http://', 'http://me:secret@')}/voices/af_mine.int8.onnx?download=true`;
	await Promise.all([install([url]), install([url])]);
	t.deepEqual(
		new VoiceStore(home).list().map(({id}) => id),
		['hibari:af_mine'],
	);
	const [manifest] = new VoiceStore(home).manifests();
	t.is(manifest?.model.source, `${server.url}/voices/af_mine.int8.onnx`);
	t.is(server.requests.filter(({url}) => url?.includes('.onnx?')).length, 1);
	t.deepEqual(
		filesIn(home).filter(path => !path.startsWith('/files') && !path.startsWith('/voices')),
		[],
	);
});

test.serial('an archive', async t => {
	const {server, home, install} = await scene(t);
	const folder = await temporaryFolder(t);
	mkdirSync(join(folder, 'voice-1.0'));
	writeFileSync(join(folder, 'voice-1.0/bm_other.onnx'), heartModel);
	execFileSync('tar', ['-czf', join(folder, 'voice.tar.gz'), '-C', folder, 'voice-1.0']);
	server.files.set('/voice.tar.gz', readFileSync(join(folder, 'voice.tar.gz')));
	const [voice] = await install([`${server.url}/voice.tar.gz`]);
	t.like(voice, {id: 'hibari:bm_other', language: 'en-GB', gender: 'male'});
	t.deepEqual(filesIn(home), [`/files/${sha256(heartModel)}/bm_other.onnx`, '/voices/hibari=bm_other.json']);
});

const refuses = test.macro({
	title: (what = '') => `${what} is refused, and nothing is left`,
	async exec(t, names: (url: string) => readonly string[], code: string, message: RegExp, files = {}) {
		const {server, home, install} = await scene(t);
		for (const [path, bytes] of Object.entries(files as Record<string, Buffer>))
			server.files.set(path, bytes);
		await t.throwsAsync(install(names(server.url)), {code, message});
		t.deepEqual(filesIn(home), []);
	},
});

test(
	'a file of the right size with the wrong hash',
	refuses,
	() => ['emma'],
	'DOWNLOAD_INVALID',
	/its sha256 is/,
	{
		'/hibari/voices/bf_emma.int8.onnx': heartModel,
	},
);
test(
	'a truncated model of the catalogue',
	refuses,
	() => ['emma'],
	'DOWNLOAD_INVALID',
	/bf_emma\.int8\.onnx is not what was published: it has 1000 bytes instead of 7936868/,
	{'/hibari/voices/bf_emma.int8.onnx': heartModel.subarray(0, 1000)},
);
test.serial(
	'a truncated model from an address',
	refuses,
	url => [`${url}/cut.onnx`],
	'MODEL_INVALID',
	/cut\.onnx/,
	{'/cut.onnx': heartModel.subarray(0, 4_000_000)},
);
test('an empty model', refuses, url => [`${url}/empty.onnx`], 'DOWNLOAD_INVALID', /it is empty/, {
	'/empty.onnx': Buffer.alloc(0),
});
test(
	'a voice that a mirror does not have',
	refuses,
	() => ['kore'],
	'DOWNLOAD_FAILED',
	/af_kore.* is not there: HTTP 404/,
);
test('a name that is none', refuses, () => ['hart'], 'VOICE_UNKNOWN', /"hart".*--available/);
test('a folder that is none', refuses, () => ['./none'], 'VOICE_UNKNOWN', /no such file or folder/);
test('half of a name', refuses, () => ['af_heart'], 'VOICE_UNKNOWN', /do you mean kokoro:af_heart\?/);
test('a voice that comes along', refuses, () => ['heart'], 'VOICE_UNKNOWN', /heart .* comes along/);
test('an id with a path in it', refuses, () => ['kokoro:../../etc/passwd'], 'VOICE_UNKNOWN', /to add/);
test('a key of Piper with a path in it', refuses, () => ['piper:../../x-y-low'], 'VOICE_UNKNOWN', /to add/);
test(
	'an address with a path in its name',
	refuses,
	url => [`${url}/..%2f..%2fevil.onnx`],
	'VOICE_UNKNOWN',
	/names no voice/,
);
test('an address of nothing known', refuses, url => [`${url}/voice.wav`], 'VOICE_UNKNOWN', /names no voice/);
test(
	'a configuration that is none',
	refuses,
	url => [`${url}/x.onnx`],
	'DOWNLOAD_INVALID',
	/x\.onnx\.json is no configuration/,
	{
		'/x.onnx': heartModel,
		'/x.onnx.json': Buffer.from('{"audio": {}}'),
	},
);
test(
	'a list of Piper’s that is none',
	refuses,
	() => ['piper:en_US-joe-medium'],
	'DOWNLOAD_INVALID',
	/no list of Piper/,
	{
		'/piper/voices.json': Buffer.from('[]'),
	},
);

test('a list that names files outside of its folder', async t => {
	const {server, home, install} = await scene(t);
	const entry = (path: string) => ({
		key: 'en_US-x-low',
		name: 'x',
		language: {code: 'en_US'},
		quality: 'low',
		num_speakers: 1,
		files: Object.fromEntries(
			[`${path}.onnx`, `${path}.onnx.json`].map(file => [file, {size_bytes: 5, md5_digest: '0'.repeat(32)}]),
		),
	});
	for (const path of ['../../x', 'en/../../x', '/etc/x', 'en\\..\\x', 'en//x', '..']) {
		server.files.set('/piper/voices.json', Buffer.from(JSON.stringify({'en_US-x-low': entry(path)})));
		await t.throwsAsync(install(['piper:en_US-x-low']), {
			code: 'DOWNLOAD_INVALID',
			message: /it names the file/,
		});
	}
	for (const wrong of [
		{...entry('en/x'), key: '../x'},
		{...entry('en/x'), files: {}},
		{...entry('en/x'), num_speakers: 'two'},
	]) {
		server.files.set('/piper/voices.json', Buffer.from(JSON.stringify({'en_US-x-low': wrong})));
		await t.throwsAsync(install(['piper:en_US-x-low']), {
			code: 'DOWNLOAD_INVALID',
			message: /not to be used/,
		});
	}
	t.deepEqual(filesIn(home), []);
	t.true(server.requests.every(({url}) => url?.endsWith('voices.json')));
});

test('archives with paths and links in them', async t => {
	const {home, install} = await scene(t);
	const folder = await temporaryFolder(t);
	mkdirSync(join(folder, 'in'));
	writeFileSync(join(folder, 'x.onnx'), 'x');
	writeFileSync(join(folder, 'in/.hidden.onnx'), 'x');
	execFileSync('ln', ['-s', '/etc/passwd', join(folder, 'in/y.onnx')]);
	execFileSync('ln', [join(folder, 'x.onnx'), join(folder, 'in/z.onnx')]);
	const archives: Record<string, readonly string[]> = {
		'up.tar.gz': ['-P', '-C', join(folder, 'in'), '../x.onnx'],
		'absolute.tar.gz': ['-P', join(folder, 'x.onnx')],
		'link.tar.gz': ['-C', join(folder, 'in'), 'y.onnx'],
		'hidden.tar.gz': ['-C', join(folder, 'in'), '.hidden.onnx'],
	};
	for (const [name, args] of Object.entries(archives)) {
		execFileSync('tar', ['-czf', join(folder, name), ...args], {stdio: 'ignore'});
		await t.throwsAsync(
			install([join(folder, name)]),
			{code: 'DOWNLOAD_INVALID', message: /it holds ".*", which is no/},
			name,
		);
	}
	writeFileSync(join(folder, 'none.tar.gz'), 'no archive');
	await t.throwsAsync(install([join(folder, 'none.tar.gz')]), {
		code: 'DOWNLOAD_INVALID',
		message: /no archive of a voice/,
	});
	t.deepEqual(filesIn(home), []);
});

test('what is wrong with a voice of this machine is told of its own files', async t => {
	const {home, install} = await scene(t);
	const broken = await heartFolder(t, 'mine.onnx', Buffer.from('broken'));
	await t.throwsAsync(install([join(broken, 'mine.onnx')]), {
		code: 'MODEL_INVALID',
		message: new RegExp(`^The voice's file ${join(broken, 'mine.onnx')} cannot be used`),
	});
	for (const [json, problem] of [
		['{"audio": ', /mine\.onnx\.json is no JSON/],
		['{}', /mine\.onnx\.json tells no audio\.sample_rate/],
	] as const) {
		writeFileSync(join(broken, 'mine.onnx.json'), json);
		for (const path of [broken, join(broken, 'mine.onnx')])
			await t.throwsAsync(install([path]), {code: 'VOICE_UNKNOWN', message: problem});
	}
	t.deepEqual(filesIn(home), []);
});

test('a file where the data folder should be', async t => {
	const file = join(await temporaryFolder(t), 'file');
	writeFileSync(file, '');
	for (const home of [file, join(file, 'data')]) {
		const installing = installVoices([await heartFolder(t)], {home, accept: () => true});
		await t.throwsAsync(installing, {code: 'FILE_FAILED', message: /is no folder: .*SPEECHPIPE_HOME/});
	}
});

test('a folder without a voice, and one with names that no voice has', async t => {
	const {home, install} = await scene(t);
	await t.throwsAsync(install([await temporaryFolder(t)]), {
		code: 'VOICE_UNKNOWN',
		message: /holds no voice/,
	});
	for (const name of ['a\nb.onnx', '.x.onnx', '$(x).onnx'])
		await t.throwsAsync(install([await heartFolder(t, name)]), {
			code: 'VOICE_UNKNOWN',
			message: /no voice has|holds no voice/,
		});
	t.deepEqual(filesIn(home), []);
});

test('a licence that is not accepted: nothing is fetched', async t => {
	const {server, home, install} = await scene(t);
	await t.throwsAsync(install(['emma', 'kokoro:af_heart', 'kokoro:bf_emma'], {accept: () => false}), {
		code: 'LICENCE_REFUSED',
		message: /emma \(Apache-2\.0\), kokoro:af_heart/,
	});
	t.deepEqual([server.requests.length, filesIn(home)], [0, []]);
});

test('what several voices share is counted once', async t => {
	const {install} = await scene(t);
	const sizes: Array<number | undefined> = [];
	const accept: InstallOptions['accept'] = terms => {
		sizes.push(...terms.map(({size}) => size));
		return false;
	};
	await t.throwsAsync(install(['kokoro:af_heart', 'kokoro:bf_emma'], {accept}));
	t.deepEqual(sizes, [92_361_116 + 522_240, 522_240]);
	await t.throwsAsync(install(['kokoro:af_heart'], {accept, model: 'fp32'}));
	t.is(sizes.at(-1), 325_532_232 + 522_240);
});

test('wrong options', async t => {
	const {install} = await scene(t);
	await t.throwsAsync(install(['emma'], {from: 'ftp://host'}), {code: 'OPTION_INVALID', message: /base URL/});
	// What TypeScript does not see.
	await t.throwsAsync(install(['emma'], {model: 'q4' as 'int8'}), {
		code: 'OPTION_INVALID',
		message: /int8, fp16, fp32/,
	});
});

test('Kokoro’s model goes with its last voice; what a later version installed stays', async t => {
	const home = await temporaryFolder(t);
	const {model} = writeVoice(home, 'kokoro:af_heart', {family: 'kokoro'});
	writeVoice(home, 'kokoro:bf_emma', {family: 'kokoro', model});
	const later = writeVoice(home, 'later');
	writeFileSync(join(home, 'voices/later.json'), JSON.stringify({...later, version: 2}));
	await t.throwsAsync(removeVoices(['kokoro:af_heart', 'emma'], {home}), {
		code: 'VOICE_UNKNOWN',
		message: /"emma" is not installed; installed are: kokoro:af_heart, kokoro:bf_emma/,
	});
	await removeVoices(['kokoro:af_heart'], {home});
	t.true(existsSync(join(home, 'files', model.sha256)));
	await removeVoices(['kokoro:bf_emma'], {home});
	t.deepEqual(filesIn(home), [`/files/${later.model.sha256}/someone.onnx`, '/voices/later.json']);
});

test('a manifest that is written is one that is read', async t => {
	const home = await temporaryFolder(t);
	const manifest = writeVoice(home, 'kokoro:af_heart', {
		loudness: -23.4,
		realTimeFactor: 0.5,
		wordTimes: 'exact',
		speakers: 1,
	});
	t.deepEqual(parseManifest(JSON.stringify(manifest)), manifest);
});

test.serial('without permission it is said where', async t => {
	const {home, install} = await scene(t);
	mkdirSync(home, {mode: 0o555});
	chmodSync(join(home, '..'), 0o755);
	const isRoot = process.getuid?.() === 0;
	if (isRoot) process.seteuid?.(65_534);
	try {
		await t.throwsAsync(install(['emma']), {
			code: 'FILE_FAILED',
			message: /data.* could not be written: permission/,
		});
		await t.throwsAsync(install(['emma'], {home: join(home, 'deeper')}), {
			code: 'FILE_FAILED',
			message: /permission/,
		});
	} finally {
		if (isRoot) process.seteuid?.(0);
	}
	t.deepEqual(readdirSync(home), []);
});

test('a full disk: said before anything is fetched where the size is known, and else when it is full', async t => {
	const {server, home, install} = await scene(t);
	mkdirSync(home);
	if (!goOnIf(t, mountSmall(home), 'a small file system can only be mounted by root')) return;
	t.teardown(() => execFileSync('umount', ['--lazy', home]));
	await t.throwsAsync(install(['emma']), {
		code: 'FILE_FAILED',
		message: /no room in .*data: 8 MB are needed, \d MB are free.*SPEECHPIPE_HOME/,
	});
	t.is(server.requests.length, 0);
	server.files.set('/x.onnx', heartModel);
	await t.throwsAsync(install([`${server.url}/x.onnx`]), {code: 'FILE_FAILED', message: /the disk is full/});
	t.deepEqual(filesIn(home), []);
});

function mountSmall(folder: string): boolean {
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}

test.serial('aborted while it is fetched, nothing is installed, and the next one goes on', async t => {
	const {server, home, install} = await scene(t);
	server.files.set('/a.onnx', heartModel);
	const controller = new AbortController();
	const gone = new Error('gone');
	server.intercept = (request, response) => {
		if (!request.url?.endsWith('/a.onnx')) return false;
		response.writeHead(200, {etag: '"1"', 'content-length': heartModel.length});
		response.write(heartModel.subarray(0, 2_000_000));
		return true;
	};
	const onEvent = (event: InstallEvent) => {
		if (event.type === 'progress' && event.received >= 1_000_000) controller.abort(gone);
	};
	const url = `${server.url}/a.onnx`;
	t.is(await t.throwsAsync(install([url], {signal: controller.signal, onEvent})), gone);
	t.deepEqual(new VoiceStore(home).list(), []);
	t.true(filesIn(home).every(path => path.startsWith('/partial/')));
	server.intercept = (request, response) => {
		if (request.headers.range === undefined) return false;
		request.headers['if-range'] = undefined;
		send(request, response, heartModel);
		return true;
	};
	await install([url]);
	t.regex(server.requests.at(-1)?.headers.range ?? '', /^bytes=[1-9]\d{5,}-$/);
	t.is(new VoiceStore(home).find('hibari:a')?.family, 'hibari');
	t.deepEqual(readdirSync(join(home, 'partial')), []);
});
